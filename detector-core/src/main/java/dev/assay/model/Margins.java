package dev.assay.model;

import java.util.function.IntUnaryOperator;

/**
 * Flat margins around a picture, as letterboxes, canvases and frames have them, in pixels.
 *
 * <p>Rows from an edge inwards belong to the margin as long as they are flat and like the outermost
 * row; then columns of what is left. Along an axis where too little would be left there is none.
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

  /** No margin is taken off where less than this would be left, in pixels. */
  private static final int SMALLEST = 64;

  /** Grey levels along a row or a column. */
  private record Line(int length, IntUnaryOperator level) {}

  private interface Lines {
    Line at(int index);
  }

  /** The margins of a picture. */
  static Margins of(GreyLevels grey) {
    Lines rows = y -> new Line(grey.width(), x -> grey.level(x, y));
    int top = run(rows, grey.height(), 0, 1);
    int bottom = top < grey.height() ? run(rows, grey.height(), grey.height() - 1, -1) : 0;
    if (grey.height() - top - bottom < SMALLEST) {
      top = 0;
      bottom = 0;
    }
    int from = top;
    int length = grey.height() - top - bottom;
    Lines columns = x -> new Line(length, y -> grey.level(x, from + y));
    int left = run(columns, grey.width(), 0, 1);
    int right = left < grey.width() ? run(columns, grey.width(), grey.width() - 1, -1) : 0;
    if (grey.width() - left - right < SMALLEST) {
      left = 0;
      right = 0;
    }
    return new Margins(top, bottom, left, right);
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
