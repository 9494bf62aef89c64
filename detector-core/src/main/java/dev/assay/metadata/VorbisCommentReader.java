package dev.assay.metadata;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** Vorbis comments of FLAC, Ogg Vorbis and Opus (Vorbis I, 5.2; RFC 9639, 8.6; RFC 7845, 5.2). */
final class VorbisCommentReader {

  private static final int FLAC_COMMENT_BLOCK = 4;
  private static final int MAX_PAGES = 1_024;

  private VorbisCommentReader() {}

  static void readFlac(MediaBytes bytes, long start, Findings findings)
      throws IOException, DamagedException {
    long offset = start + 4;
    while (true) {
      findings.step();
      int head = bytes.u8(offset);
      int length = (int) (bytes.u32(offset) & 0xFFFFFF);
      long data = offset + 4;
      if ((head & 0x7F) == FLAC_COMMENT_BLOCK) {
        findings.attempt(
            () -> comments(bytes.piece("The FLAC comment block", data, length), findings));
      }
      if ((head & 0x80) != 0) {
        return;
      }
      offset = data + length;
    }
  }

  /** Reads the second packet of the first stream: it holds the comments. */
  static void readOgg(MediaBytes bytes, Findings findings) throws IOException, DamagedException {
    long stream = bytes.u32(14);
    long offset = 0;
    int packet = 0;
    ByteArrayOutputStream comment = new ByteArrayOutputStream();
    for (int page = 0; page < MAX_PAGES && bytes.has(offset, "OggS"); page++) {
      findings.step();
      int segments = bytes.u8(offset + 26);
      byte[] lacing = bytes.read(offset + 27, segments);
      long data = offset + 27 + segments;
      boolean wanted = bytes.u32(offset + 14) == stream;
      for (byte lace : lacing) {
        int length = lace & 0xFF;
        if (wanted && packet == 1) {
          comment.writeBytes(bytes.read(data, length));
        }
        data += length;
        if (wanted && length < 255 && ++packet == 2) {
          packet(comment.toByteArray(), findings);
          return;
        }
      }
      if (comment.size() > Findings.VALUE_BYTES) {
        throw new DamagedException("The Ogg comments are larger than the bound; not read.");
      }
      offset = data;
    }
  }

  private static void packet(byte[] packet, Findings findings) throws DamagedException {
    String head = new String(packet, 0, Math.min(8, packet.length), StandardCharsets.ISO_8859_1);
    if (head.equals("OpusTags")) {
      comments(Arrays.copyOfRange(packet, 8, packet.length), findings);
    } else if (head.startsWith("\u0003vorbis")) {
      comments(Arrays.copyOfRange(packet, 7, packet.length), findings);
    } else if ((packet.length > 4) && (packet[0] & 0x7F) == FLAC_COMMENT_BLOCK) {
      comments(Arrays.copyOfRange(packet, 4, packet.length), findings);
    }
  }

  private static void comments(byte[] block, Findings findings) throws DamagedException {
    ByteBuffer in = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
    findings.add(Carrier.VORBIS_COMMENT, "vendor", string(in));
    long count = in.remaining() < 4 ? 0 : Integer.toUnsignedLong(in.getInt());
    for (long i = 0; i < count; i++) {
      findings.step();
      String comment = string(in);
      int equals = comment.indexOf('=');
      if (equals > 0) {
        findings.add(
            Carrier.VORBIS_COMMENT,
            comment.substring(0, equals).toUpperCase(Locale.ROOT),
            comment.substring(equals + 1));
      }
    }
  }

  private static String string(ByteBuffer in) throws DamagedException {
    int length = in.remaining() < 4 ? -1 : in.getInt();
    if (length < 0 || length > in.remaining()) {
      throw new DamagedException("The Vorbis comments end within a comment.");
    }
    byte[] text = new byte[length];
    in.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }
}
