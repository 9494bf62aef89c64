package dev.assay.internal.metadata;

import dev.assay.internal.container.ByteReader;
import dev.assay.internal.container.GifBlocks;
import dev.assay.spi.Block;
import dev.assay.spi.Budget;
import dev.assay.spi.DamagedException;
import java.io.IOException;

/** GIF: comment extensions, XMP and C2PA application extensions (GIF89a; XMP part 3, 1.1.2). */
final class GifReader {

  private GifReader() {}

  static void read(ByteReader bytes, Findings findings) throws IOException, DamagedException {
    GifBlocks blocks = new GifBlocks(bytes);
    for (Block next = blocks.next(); next != null; next = blocks.next()) {
      Block block = next;
      findings.attempt(() -> block(bytes, block, findings));
    }
  }

  private static void block(ByteReader bytes, Block block, Findings findings)
      throws IOException, DamagedException {
    if (block.is("comment")) {
      findings.add(Carrier.GIF_COMMENT, "", Text.lenient(GifBlocks.join(bytes, block)));
    } else if (block.is("XMP DataXMP")) {
      // The packet lies there as it is; the magic trailer after it lets readers skip it.
      XmpReader.read(bytes.head(block.offset(), packetLength(bytes, block)), findings);
    }
  }

  private static int packetLength(ByteReader bytes, Block block)
      throws IOException, DamagedException {
    long end = bytes.indexOf(1, block.offset(), Math.min(bytes.size(), block.end()));
    long length = (end < 0 ? block.end() : end) - block.offset();
    return (int) Math.min(length, Budget.MAX_PIECE_BYTES);
  }
}
