package dev.assay.internal.container;

import dev.assay.spi.Block;
import dev.assay.spi.DamagedException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The chunks of a RIFF file (WebP, WAV, AVI; RFC 9649, Microsoft's RIFF), of its 64-bit form RF64
 * (EBU Tech 3306), of an IFF file (AIFF), or of a list within one.
 */
public final class RiffChunks implements BlockWalker {

  /** Bytes before the first chunk of a file. */
  public static final int HEAD = 12;

  private final ByteReader bytes;
  private final boolean bigEndian;
  private final long end;
  private long next;
  private long dataSize = -1;

  private RiffChunks(ByteReader bytes, boolean bigEndian, long start, long end) {
    this.bytes = bytes;
    this.bigEndian = bigEndian;
    this.next = start;
    this.end = end;
  }

  /** Walks a RIFF, RF64 or IFF file. */
  public static RiffChunks of(ByteReader bytes) throws IOException, DamagedException {
    boolean big = bytes.has(0, "FORM");
    long size = big ? bytes.u32(4) : bytes.u32LittleEndian(4);
    boolean bounded = bytes.has(0, "RIFF") || big;
    // Some writers leave the size unset, or off by the padding.
    long end = bounded && size > 4 ? Math.min(bytes.size(), 8 + size + 1) : bytes.size();
    return new RiffChunks(bytes, big, HEAD, end);
  }

  /** Walks the chunks within a block: a list, or a frame of an animation. */
  public static RiffChunks within(ByteReader bytes, long start, long end) {
    return new RiffChunks(bytes, false, start, Math.min(end, bytes.size()));
  }

  @Override
  public @Nullable Block next() throws IOException, DamagedException {
    if (next + 8 > end) {
      return null;
    }
    bytes.budget().step();
    String type = bytes.fourCc(next);
    long length = bigEndian ? bytes.u32(next + 4) : bytes.u32LittleEndian(next + 4);
    if (type.equals("ds64") && length >= 16) {
      dataSize = bytes.u64LittleEndian(next + 16);
    }
    if (type.equals("data") && length == 0xFFFFFFFFL && dataSize >= 0) {
      length = dataSize;
    }
    Block block = new Block(type, next + 8, length);
    next = block.end() + (length & 1);
    return block;
  }
}
