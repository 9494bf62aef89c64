package dev.assay.internal.container;

import dev.assay.spi.Block;
import dev.assay.spi.DamagedException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The tags of an FLV file (Adobe Flash Video File Format 10.1, annex E): {@code 8} audio, {@code 9}
 * video, {@code 18} script.
 */
public final class FlvTags implements BlockWalker {

  /** Type of the tag that holds metadata. */
  public static final String SCRIPT = "18";

  private final ByteReader bytes;
  private long next;

  /** Walks a file. */
  public FlvTags(ByteReader bytes) throws IOException, DamagedException {
    this.bytes = bytes;
    this.next = bytes.u32(5) + 4;
  }

  @Override
  public @Nullable Block next() throws IOException, DamagedException {
    if (next + 11 > bytes.size()) {
      return null;
    }
    bytes.budget().step();
    long length = bytes.u32(next) & 0xFFFFFF;
    Block tag = new Block(Integer.toString(bytes.u8(next) & 0x1F), next + 11, length);
    next = tag.end() + 4;
    return tag;
  }
}
