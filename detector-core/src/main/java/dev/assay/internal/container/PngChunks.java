package dev.assay.internal.container;

import dev.assay.spi.Block;
import dev.assay.spi.DamagedException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The chunks of a PNG (ISO/IEC 15948) up to {@code IEND}; each content is followed by a checksum of
 * four bytes.
 */
public final class PngChunks implements BlockWalker {

  /** Bytes of the signature before the first chunk. */
  public static final int SIGNATURE = 8;

  private final ByteReader bytes;
  private long next = SIGNATURE;
  private boolean ended;

  /** Walks a PNG. */
  public PngChunks(ByteReader bytes) {
    this.bytes = bytes;
  }

  @Override
  public @Nullable Block next() throws IOException, DamagedException {
    if (ended || next + 8 > bytes.size()) {
      return null;
    }
    bytes.budget().step();
    Block block = new Block(bytes.fourCc(next + 4), next + 8, bytes.u32(next));
    next = block.end() + 4;
    ended = block.is("IEND");
    return block;
  }
}
