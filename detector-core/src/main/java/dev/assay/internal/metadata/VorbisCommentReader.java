package dev.assay.internal.metadata;

import dev.assay.Sentence;
import dev.assay.internal.container.ByteReader;
import dev.assay.internal.container.FlacBlocks;
import dev.assay.internal.container.Id3Frames;
import dev.assay.internal.container.OggPackets;
import dev.assay.spi.Block;
import dev.assay.spi.DamagedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** Vorbis comments of FLAC, Ogg Vorbis and Opus (Vorbis I, 5.2; RFC 9639, 8.6; RFC 7845, 5.2). */
final class VorbisCommentReader {

  private VorbisCommentReader() {}

  static void readFlac(ByteReader bytes, Findings findings) throws IOException, DamagedException {
    findings.attempt(() -> Id3Reader.read(bytes, 0, bytes.size(), findings));
    FlacBlocks blocks = new FlacBlocks(bytes, Id3Frames.end(bytes, 0));
    for (Block next = blocks.next(); next != null; next = blocks.next()) {
      Block block = next;
      if (block.is(FlacBlocks.COMMENTS)) {
        findings.attempt(
            () -> comments(bytes.piece(Sentence.of("The FLAC comment block"), block), findings));
      }
    }
  }

  /** Reads the second packet of the first stream: it holds the comments. */
  static void readOgg(ByteReader bytes, Findings findings) throws IOException, DamagedException {
    OggPackets packets = new OggPackets(bytes);
    byte[] first = packets.next();
    byte[] second = first == null ? null : packets.next();
    if (second != null) {
      packet(second, findings);
    }
  }

  private static void packet(byte[] packet, Findings findings) throws DamagedException {
    String head = new String(packet, 0, Math.min(8, packet.length), StandardCharsets.ISO_8859_1);
    if (head.equals("OpusTags")) {
      comments(Arrays.copyOfRange(packet, 8, packet.length), findings);
    } else if (head.startsWith("\u0003vorbis")) {
      comments(Arrays.copyOfRange(packet, 7, packet.length), findings);
    } else if ((packet.length > 4)
        && FlacBlocks.COMMENTS.equals(Integer.toString(packet[0] & 0x7F))) {
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
