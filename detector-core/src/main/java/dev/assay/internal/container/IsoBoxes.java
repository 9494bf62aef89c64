package dev.assay.internal.container;

import dev.assay.spi.Block;
import dev.assay.spi.DamagedException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The boxes of an ISO base media file (ISO/IEC 14496-12) or QuickTime movie, or of a box. */
public final class IsoBoxes implements BlockWalker {

  private final ByteReader bytes;
  private final long end;
  private long next;
  private boolean cutOff;

  /** Walks the boxes between two offsets. */
  public IsoBoxes(ByteReader bytes, long start, long end) {
    this.bytes = bytes;
    this.next = start;
    this.end = Math.min(end, bytes.size());
  }

  /** Walks the boxes at the top of a file. */
  public static IsoBoxes of(ByteReader bytes) {
    return new IsoBoxes(bytes, 0, bytes.size());
  }

  /** Walks the boxes within a box. */
  public static IsoBoxes within(ByteReader bytes, Block box) {
    return new IsoBoxes(bytes, box.offset(), box.end());
  }

  /** Whether a box is one of those that a fragment of a movie begins with. */
  public static boolean beginsFragment(Block box) {
    return box.is("styp") || box.is("sidx") || box.is("moof");
  }

  /**
   * The next box; one that is longer than what holds it is given cut off there, and the call after
   * it tells of the damage.
   */
  @Override
  public @Nullable Block next() throws IOException, DamagedException {
    if (cutOff) {
      throw new DamagedException(
          "A box of the container is longer than what holds it; the rest was not read.");
    }
    if (next + 8 > end) {
      return null;
    }
    bytes.budget().step();
    long size = bytes.u32(next);
    long head = 8;
    if (size == 1 && next + 16 <= end) {
      size = bytes.u64(next + 8);
      head = 16;
    } else if (size == 0) {
      size = end - next;
    }
    if (size < head) {
      throw new DamagedException("The boxes of the container are broken; the rest was not read.");
    }
    String type = bytes.fourCc(next + 4);
    long length = Math.min(size, end - next) - head;
    Block box = new Block(type, next + head, length);
    cutOff = size > end - next;
    next = cutOff ? end : next + size;
    return box;
  }
}
