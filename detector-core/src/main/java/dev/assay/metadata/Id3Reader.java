package dev.assay.metadata;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** ID3v2.2 to 2.4: text, comments, web addresses, XMP and C2PA objects (id3.org). */
final class Id3Reader {

  private static final int MAX_TAG = 16 << 20;

  private Id3Reader() {}

  /**
   * Reads the tag that starts there.
   *
   * @return the offset behind the tag
   */
  static long read(MediaBytes bytes, long start, Findings findings)
      throws IOException, DamagedException {
    int version = bytes.u8(start + 3);
    int flags = bytes.u8(start + 5);
    int length = synchsafe(bytes.read(start + 6, 4), 0);
    if (length > MAX_TAG) {
      throw new DamagedException("The ID3 tag has " + length + " bytes; it was not read.");
    }
    byte[] tag = bytes.read(start + 10, length);
    if ((flags & 0x80) != 0 && version < 4) {
      tag = resynchronise(tag);
    }
    byte[] frames = tag;
    int from = (flags & 0x40) != 0 && tag.length >= 4 ? extendedHeader(tag, version) : 0;
    findings.attempt(() -> frames(frames, from, version, findings));
    return start + 10 + length;
  }

  private static int extendedHeader(byte[] tag, int version) {
    return version == 4 ? synchsafe(tag, 0) : 4 + (int) Math.min(tag.length, number(tag, 0, 4));
  }

  private static void frames(byte[] tag, int from, int version, Findings findings)
      throws DamagedException, IOException {
    int idLength = version == 2 ? 3 : 4;
    int head = version == 2 ? 6 : 10;
    int offset = from;
    while (offset >= 0 && offset + head <= tag.length && tag[offset] != 0) {
      findings.step();
      String id = new String(tag, offset, idLength, StandardCharsets.ISO_8859_1);
      long size =
          version == 4 ? synchsafe(tag, offset + 4) : number(tag, offset + idLength, idLength);
      if (size > tag.length - offset - head) {
        throw new DamagedException("The ID3 frame " + id + " is longer than its tag.");
      }
      byte[] frame = Arrays.copyOfRange(tag, offset + head, offset + head + (int) size);
      findings.attempt(() -> frame(id, frame, findings));
      offset += head + (int) size;
    }
  }

  private static void frame(String id, byte[] frame, Findings findings) throws DamagedException {
    if (frame.length < 2) {
      return;
    }
    if (id.equals("TXXX") || id.equals("TXX") || id.equals("WXXX")) {
      byte[] rest = Arrays.copyOfRange(frame, 1, frame.length);
      int end = terminator(rest, frame[0]);
      String description = decode(Arrays.copyOf(rest, end), frame[0]);
      int value = Math.min(rest.length, end + (wide(frame[0]) ? 2 : 1));
      byte encoding = id.equals("WXXX") ? 0 : frame[0];
      findings.add(
          Carrier.ID3_FRAME,
          description.isEmpty() ? id : description,
          decode(Arrays.copyOfRange(rest, value, rest.length), encoding));
    } else if ((id.equals("COMM") || id.equals("COM")) && frame.length > 4) {
      byte[] rest = Arrays.copyOfRange(frame, 4, frame.length);
      int value = Math.min(rest.length, terminator(rest, frame[0]) + (wide(frame[0]) ? 2 : 1));
      findings.add(
          Carrier.ID3_FRAME,
          "COMM",
          decode(Arrays.copyOfRange(rest, value, rest.length), frame[0]));
    } else if (id.startsWith("T")) {
      findings.add(
          Carrier.ID3_FRAME, id, decode(Arrays.copyOfRange(frame, 1, frame.length), frame[0]));
    } else if (id.startsWith("W")) {
      findings.add(Carrier.ID3_FRAME, id, Text.lenient(frame));
    } else if (id.equals("PRIV") && Text.lenient(frame).equals("XMP")) {
      XmpReader.read(Arrays.copyOfRange(frame, 4, frame.length), findings);
    } else if (id.equals("GEOB")) {
      String type = Text.lenient(Arrays.copyOfRange(frame, 1, frame.length));
      if (type.equals("application/c2pa") || type.equals("application/x-c2pa-manifest-store")) {
        findings.c2paPresence(C2paPresence.of("ID3 frame GEOB", frame.length, frame));
      }
    }
  }

  private static boolean wide(byte encoding) {
    return encoding == 1 || encoding == 2;
  }

  private static int terminator(byte[] text, byte encoding) {
    int step = wide(encoding) ? 2 : 1;
    for (int i = 0; i + step <= text.length; i += step) {
      if (text[i] == 0 && text[i + step - 1] == 0) {
        return i;
      }
    }
    return text.length;
  }

  private static String decode(byte[] text, byte encoding) {
    byte[] content = Arrays.copyOf(text, terminator(text, encoding));
    Charset charset =
        switch (encoding) {
          case 1 -> StandardCharsets.UTF_16;
          case 2 -> StandardCharsets.UTF_16BE;
          case 3 -> StandardCharsets.UTF_8;
          default -> StandardCharsets.ISO_8859_1;
        };
    return new String(content, charset).strip();
  }

  private static byte[] resynchronise(byte[] tag) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(tag.length);
    for (int i = 0; i < tag.length; i++) {
      out.write(tag[i]);
      if ((tag[i] & 0xFF) == 0xFF && i + 1 < tag.length && tag[i + 1] == 0) {
        i++;
      }
    }
    return out.toByteArray();
  }

  private static int synchsafe(byte[] bytes, int offset) {
    return (bytes[offset] & 0x7F) << 21
        | (bytes[offset + 1] & 0x7F) << 14
        | (bytes[offset + 2] & 0x7F) << 7
        | (bytes[offset + 3] & 0x7F);
  }

  private static long number(byte[] bytes, int offset, int length) {
    long value = 0;
    for (int i = 0; i < length; i++) {
      value = value << 8 | (bytes[offset + i] & 0xFF);
    }
    return value;
  }
}
