package dev.assay.internal.container;

import dev.assay.spi.Block;
import dev.assay.spi.Budget;
import dev.assay.spi.DamagedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The blocks of a GIF (GIF89a): {@code image}, {@code comment}, {@code control}, {@code text}, and
 * applications by their eleven characters. Content begins after the head, at the sub-blocks.
 */
public final class GifBlocks implements BlockWalker {

  private final ByteReader bytes;
  private long next = -1;

  /** Walks a GIF. */
  public GifBlocks(ByteReader bytes) {
    this.bytes = bytes;
  }

  @Override
  public @Nullable Block next() throws IOException, DamagedException {
    if (next < 0) {
      next = 13 + colourTable(bytes.u8(10));
    }
    if (next >= bytes.size()) {
      return null;
    }
    bytes.budget().step();
    int kind = bytes.u8(next);
    if (kind == 0x3B) {
      return null;
    }
    String type;
    long data;
    if (kind == 0x2C) {
      // Ten bytes of descriptor, the local colour table, one byte of code size, then the data.
      type = "image";
      data = next + 11 + colourTable(bytes.u8(next + 9));
    } else if (kind == 0x21) {
      int label = bytes.u8(next + 1);
      boolean application = label == 0xFF && bytes.u8(next + 2) == 11;
      type =
          application
              ? new String(bytes.read(next + 3, 11), StandardCharsets.ISO_8859_1)
              : label == 0xFE ? "comment" : label == 0xF9 ? "control" : "text";
      data = application ? next + 14 : next + 2;
    } else {
      throw new DamagedException("The GIF blocks are broken; the rest was not read.");
    }
    next = skip(data);
    return new Block(type, data, next - data);
  }

  /** The content of sub-blocks, joined; at most {@link Budget#MAX_PIECE_BYTES} and a sub-block. */
  public static byte[] join(ByteReader bytes, Block block) throws IOException, DamagedException {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    long offset = block.offset();
    int size = bytes.u8(offset);
    while (size > 0 && data.size() < Budget.MAX_PIECE_BYTES) {
      bytes.budget().step();
      data.writeBytes(bytes.read(offset + 1, size));
      offset += 1L + size;
      size = bytes.u8(offset);
    }
    return data.toByteArray();
  }

  private long skip(long start) throws IOException, DamagedException {
    long offset = start;
    int size = bytes.u8(offset);
    while (size > 0) {
      bytes.budget().step();
      offset += 1L + size;
      size = bytes.u8(offset);
    }
    return offset + 1;
  }

  private static long colourTable(int packed) {
    return (packed & 0x80) == 0 ? 0 : 3L << ((packed & 7) + 1);
  }
}
