package dev.assay.internal.still;

import dev.assay.FailureCode;
import dev.assay.MediaException;
import dev.assay.Sentence;
import dev.assay.internal.container.BlockWalker;
import dev.assay.internal.container.ByteReader;
import dev.assay.internal.container.RiffChunks;
import dev.assay.spi.Block;
import dev.assay.spi.DamagedException;
import java.io.IOException;
import java.util.OptionalLong;

/** WebP (RFC 9649), still or animated. */
public final class WebpStill implements StillFormat {

  @Override
  public ImageHeader header(ByteReader bytes) throws MediaException, IOException, DamagedException {
    long end = bytes.u32LittleEndian(4) + 8 <= bytes.size() ? 0 : -1;
    Block chunk = RiffChunks.of(bytes).next();
    String type = chunk == null ? "" : chunk.type();
    long at = RiffChunks.HEAD + 8;
    return switch (type) {
      case "VP8X" ->
          new ImageHeader(
              LittleEndian.u24(bytes, at + 4) + 1,
              LittleEndian.u24(bytes, at + 7) + 1,
              1,
              end,
              (bytes.u8(at) & 0x10) != 0,
              false,
              4,
              "");
      case "VP8L" -> {
        long bits = bytes.u32LittleEndian(at + 1);
        boolean alpha = (bits >> 28 & 1) != 0;
        yield new ImageHeader(
            (bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1, 1, end, alpha, false, 4, "");
      }
      case "VP8 " ->
          new ImageHeader(
              LittleEndian.u16(bytes, at + 6) & 0x3fff,
              LittleEndian.u16(bytes, at + 8) & 0x3fff,
              1,
              end,
              false,
              false,
              0,
              "");
      default -> throw new MediaException(FailureCode.CORRUPT, "It is a WebP without a picture.");
    };
  }

  @Override
  public OptionalLong exif(ByteReader bytes) throws IOException, DamagedException {
    return ExifBlock.in(bytes, RiffChunks.of(bytes), "EXIF", "");
  }

  @Override
  public boolean lossless(ByteReader bytes) throws IOException, DamagedException {
    RiffChunks chunks = RiffChunks.of(bytes);
    for (Block chunk = chunks.next(); chunk != null; chunk = chunks.next()) {
      if (chunk.is("VP8L")) {
        return true;
      }
      if (chunk.is("VP8 ")) {
        return false;
      }
    }
    return false;
  }

  @Override
  public DeclaredColour colour(ByteReader bytes) throws IOException, DamagedException {
    BlockWalker chunks = RiffChunks.of(bytes);
    for (Block chunk = chunks.next(); chunk != null; chunk = chunks.next()) {
      if (chunk.is("ICCP")) {
        return new DeclaredColour.Profile(bytes.piece(Sentence.of("A colour profile"), chunk));
      }
    }
    return DeclaredColour.NONE;
  }
}
