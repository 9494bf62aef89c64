package dev.assay.internal.still;

import dev.assay.internal.container.BlockWalker;
import dev.assay.internal.container.ByteReader;
import dev.assay.spi.Block;
import dev.assay.spi.DamagedException;
import java.io.IOException;
import java.util.OptionalLong;

/** The block of a file that holds its EXIF metadata. */
final class ExifBlock {

  private static final String PREFIX = "Exif\0\0";

  private ExifBlock() {}

  /**
   * Where its TIFF structure begins. JPEG puts a prefix before it, and some writers of WebP keep
   * that.
   *
   * @param blocks of the file
   * @param type of the block
   * @param last the block after which there is none
   */
  static OptionalLong in(ByteReader bytes, BlockWalker blocks, String type, String last)
      throws IOException, DamagedException {
    for (Block block = blocks.next(); block != null && !block.is(last); block = blocks.next()) {
      boolean prefixed = bytes.has(block.offset(), PREFIX);
      if (block.is(type) && (prefixed || !type.equals("APP1"))) {
        return OptionalLong.of(block.offset() + (prefixed ? PREFIX.length() : 0));
      }
    }
    return OptionalLong.empty();
  }
}
