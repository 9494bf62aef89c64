package dev.assay.internal.provenance.read;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Parts of a file: put in order once, then asked for any part of the file in the time of a binary
 * search and of what is found. Immutable.
 */
public final class ByteRanges {

  /** In order; no two of them touch. */
  private final List<ByteRange> parts;

  private ByteRanges(List<ByteRange> parts) {
    this.parts = parts;
  }

  /** The bytes that these ranges hold; empty ranges hold none. */
  public static ByteRanges of(Collection<ByteRange> ranges) {
    List<ByteRange> sorted = new ArrayList<>(ranges);
    sorted.removeIf(range -> range.length() <= 0);
    sorted.sort(Comparator.comparingLong(ByteRange::start));
    List<ByteRange> parts = new ArrayList<>();
    for (ByteRange range : sorted) {
      ByteRange last = parts.isEmpty() ? null : parts.get(parts.size() - 1);
      if (last != null && range.start() <= last.end()) {
        parts.set(parts.size() - 1, new ByteRange(last.start(), Math.max(last.end(), range.end())));
      } else {
        parts.add(range);
      }
    }
    return new ByteRanges(List.copyOf(parts));
  }

  /** The same bytes in order, with no two ranges that touch. */
  public List<ByteRange> parts() {
    return parts;
  }

  /** Whether there is none. */
  public boolean isEmpty() {
    return parts.isEmpty();
  }

  /** Whether they hold all bytes of a range. */
  public boolean cover(ByteRange range) {
    return without(range).isEmpty();
  }

  /** What of a range they do not hold, in order. */
  public List<ByteRange> without(ByteRange whole) {
    List<ByteRange> left = new ArrayList<>();
    long at = whole.start();
    for (int i = firstBeyond(at); i < parts.size() && parts.get(i).start() < whole.end(); i++) {
      if (parts.get(i).start() > at) {
        left.add(new ByteRange(at, parts.get(i).start()));
      }
      at = parts.get(i).end();
    }
    if (at < whole.end()) {
      left.add(new ByteRange(at, whole.end()));
    }
    return left;
  }

  /** The first part that ends beyond an offset. */
  private int firstBeyond(long offset) {
    int low = 0;
    int high = parts.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (parts.get(middle).end() > offset) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
