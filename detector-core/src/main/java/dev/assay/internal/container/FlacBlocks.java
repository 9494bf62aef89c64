package dev.assay.internal.container;

import dev.assay.spi.Block;
import dev.assay.spi.DamagedException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The metadata blocks of a FLAC file (RFC 9639, 8); types are their numbers. */
public final class FlacBlocks implements BlockWalker {

  /** Type of the block of Vorbis comments. */
  public static final String COMMENTS = "4";

  private final ByteReader bytes;
  private long next;
  private boolean ended;

  /** Walks a stream whose signature begins at an offset. */
  public FlacBlocks(ByteReader bytes, long start) {
    this.bytes = bytes;
    this.next = start + 4;
  }

  @Override
  public @Nullable Block next() throws IOException, DamagedException {
    if (ended) {
      return null;
    }
    bytes.budget().step();
    int head = bytes.u8(next);
    Block block = new Block(Integer.toString(head & 0x7F), next + 4, bytes.u32(next) & 0xFFFFFF);
    ended = (head & 0x80) != 0;
    next = block.end();
    return block;
  }
}
