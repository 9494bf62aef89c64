package dev.assay.internal.metadata;

import dev.assay.internal.container.ByteReader;
import dev.assay.internal.container.Id3Frames;
import dev.assay.spi.DamagedException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** ID3v2.2 to 2.4: text, comments, web addresses, XMP and C2PA objects (id3.org). */
final class Id3Reader {

  private Id3Reader() {}

  /** Reads the tag that begins there, if one does, and ends before the other place. */
  static void read(ByteReader bytes, long start, long end, Findings findings)
      throws IOException, DamagedException {
    if (!bytes.has(start, "ID3")) {
      return;
    }
    Id3Frames frames = Id3Frames.at(bytes, start, end);
    for (Id3Frames.Frame next = frames.next(); next != null; next = frames.next()) {
      Id3Frames.Frame frame = next;
      findings.attempt(() -> frame(frame.id(), frame.content(), findings));
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
}
