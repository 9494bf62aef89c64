package dev.assay.provenance;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Bytes of a file.
 *
 * @param start offset of the first
 * @param end offset after the last
 */
record Range(long start, long end) {

  /** Whether these ranges hold all bytes of another. */
  static boolean cover(List<Range> ranges, Range other) {
    long at = other.start();
    for (Range range : merged(ranges)) {
      if (range.start() <= at && range.end() > at) {
        at = range.end();
      }
    }
    return at >= other.end();
  }

  /** The same bytes in order, with no two ranges that touch. */
  static List<Range> merged(List<Range> ranges) {
    List<Range> sorted = new ArrayList<>(ranges);
    sorted.sort(Comparator.comparingLong(Range::start));
    List<Range> merged = new ArrayList<>();
    for (Range range : sorted) {
      Range last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
      if (last != null && range.start() <= last.end()) {
        merged.set(merged.size() - 1, new Range(last.start(), Math.max(last.end(), range.end())));
      } else {
        merged.add(range);
      }
    }
    return merged;
  }

  /** What of a range none of these others take. */
  static List<Range> without(Range whole, List<Range> taken) {
    List<Range> left = new ArrayList<>();
    long at = whole.start();
    for (Range range : merged(taken)) {
      if (range.end() <= at || range.start() >= whole.end()) {
        continue;
      }
      if (range.start() > at) {
        left.add(new Range(at, range.start()));
      }
      at = Math.max(at, range.end());
    }
    if (at < whole.end()) {
      left.add(new Range(at, whole.end()));
    }
    return left;
  }
}
