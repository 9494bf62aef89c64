package dev.assay.internal.model;

import java.util.function.IntUnaryOperator;

/**
 * Flat margins around a picture, as letterboxes, canvases and frames have them, in pixels.
 *
 * <p>Rows from an edge inwards belong to the margin as long as they are flat and like the outermost
 * row; then columns of what is left. Along an axis where too little would be left there is none.
 * Rows of lettering on the colour of the margin, as around a picture in a screenshot, belong to it
 * if they end at a straight edge.
 *
 * @param top rows
 * @param bottom rows
 * @param left columns
 * @param right columns
 */
record Margins(int top, int bottom, int left, int right) {

  /** Mean absolute deviation from the median, in grey levels, up to which a row is flat. */
  private static final double FLAT = 2.5;

  /** Grey levels by which a row's median may differ from that of the outermost row. */
  private static final int COLOUR = 12;

  /** Share of a row of the margin's colour from which it may be lettering on the margin. */
  private static final double SPARSE = 0.6;

  /** Share of the next row up to which lettering ends at a straight edge. */
  private static final double EDGE = 0.2;

  /** No margin is taken off where less than this would be left, in pixels. */
  private static final int SMALLEST = 64;

  /** Grey levels along a row or a column. */
  private record Line(int length, IntUnaryOperator level) {}

  private interface Lines {
    Line at(int index);
  }

  /** Rows or columns before and after what is left. */
  private record Pair(int before, int after) {

    static final Pair NONE = new Pair(0, 0);

    Pair ifEnoughIsLeft(int count) {
      return count - before - after >= SMALLEST ? this : NONE;
    }
  }

  /** How many lines belong to a margin, from one of them on, stepping inwards. */
  private interface Measure {
    int lines(Lines lines, int count, int begin, int step);
  }

  /** The margins of a picture. */
  static Margins of(GreyLevels grey) {
    Lines rows = y -> new Line(grey.width(), x -> grey.level(x, y));
    Pair flat = both(rows, grey.height(), Margins::run);
    Pair lettered = both(rows, grey.height(), Margins::lettered);
    Pair larger =
        new Pair(
            Math.max(flat.before(), lettered.before()), Math.max(flat.after(), lettered.after()));
    Pair vertical = larger.ifEnoughIsLeft(grey.height()).equals(larger) ? larger : flat;
    int length = grey.height() - vertical.before() - vertical.after();
    Lines columns = x -> new Line(length, y -> grey.level(x, vertical.before() + y));
    Pair horizontal = both(columns, grey.width(), Margins::run);
    return new Margins(
        vertical.before(), vertical.after(), horizontal.before(), horizontal.after());
  }

  private static Pair both(Lines lines, int count, Measure measure) {
    int before = measure.lines(lines, count, 0, 1);
    int after = before < count ? measure.lines(lines, count, count - 1, -1) : 0;
    return new Pair(before, after).ifEnoughIsLeft(count);
  }

  private static int lettered(Lines lines, int count, int begin, int step) {
    Line outermost = lines.at(begin);
    int ground = median(histogram(outermost), outermost.length());
    for (int n = 0; n < count; n++) {
      Line line = lines.at(begin + n * step);
      double share = near(histogram(line), ground) / (double) line.length();
      if (share < SPARSE) {
        return share <= EDGE ? n : 0;
      }
    }
    return 0;
  }

  private static int near(int[] histogram, int ground) {
    int sum = 0;
    for (int level = Math.max(0, ground - COLOUR);
        level <= Math.min(histogram.length - 1, ground + COLOUR);
        level++) {
      sum += histogram[level];
    }
    return sum;
  }

  private static int run(Lines lines, int count, int begin, int step) {
    int outermost = -1;
    int n = 0;
    for (; n < count; n++) {
      Line line = lines.at(begin + n * step);
      int[] histogram = histogram(line);
      int median = median(histogram, line.length());
      outermost = outermost < 0 ? median : outermost;
      if (deviation(histogram, median) > FLAT * line.length()
          || Math.abs(median - outermost) > COLOUR) {
        break;
      }
    }
    return n;
  }

  private static int[] histogram(Line line) {
    int[] histogram = new int[256];
    for (int i = 0; i < line.length(); i++) {
      histogram[line.level().applyAsInt(i)]++;
    }
    return histogram;
  }

  private static int median(int[] histogram, int count) {
    int level = 0;
    int seen = histogram[0];
    while (seen <= count / 2) {
      seen += histogram[++level];
    }
    return level;
  }

  private static long deviation(int[] histogram, int median) {
    long sum = 0;
    for (int level = 0; level < histogram.length; level++) {
      sum += (long) histogram[level] * Math.abs(level - median);
    }
    return sum;
  }
}
