package dev.assay.forensics;

import java.util.Optional;

/**
 * The window of a grid of blocks in which most differ from what nearly all others are.
 *
 * @param column its left edge, in blocks
 * @param row its top edge, in blocks
 * @param columns its width, in blocks
 * @param rows its height, in blocks
 * @param score how far the share of odd blocks inside exceeds that outside, times the root of how
 *     many blocks inside are known: 0 says nothing
 */
record OddWindow(int column, int row, int columns, int rows, double score) {

  private static final int[] SIDES = {5, 8, 12, 18, 26};

  /** Known blocks that a window needs at least, as a share of its blocks. */
  private static final double KNOWN = 0.4;

  /**
   * Finds it.
   *
   * @param odd by block, row by row: 1 for odd, 0 for like the others, -1 for not known
   * @return empty where there is too little to compare
   */
  static Optional<OddWindow> of(byte[] odd, int wide, int high) {
    int[] known = new int[(wide + 1) * (high + 1)];
    int[] odds = new int[(wide + 1) * (high + 1)];
    for (int y = 0; y < high; y++) {
      for (int x = 0; x < wide; x++) {
        int at = (y + 1) * (wide + 1) + x + 1;
        int value = odd[y * wide + x];
        known[at] =
            (value >= 0 ? 1 : 0) + known[at - 1] + known[at - wide - 1] - known[at - wide - 2];
        odds[at] = (value > 0 ? 1 : 0) + odds[at - 1] + odds[at - wide - 1] - odds[at - wide - 2];
      }
    }
    int allKnown = known[known.length - 1];
    int allOdd = odds[odds.length - 1];
    OddWindow best = null;
    for (int columns : SIDES) {
      for (int rows : SIDES) {
        // Of what fills more than half of the picture, the other part is the odd one.
        if (columns > wide || rows > high || 2L * columns * rows > (long) wide * high) {
          continue;
        }
        for (int y = 0; y + rows <= high; y++) {
          for (int x = 0; x + columns <= wide; x++) {
            int in = sum(known, wide, x, y, columns, rows);
            if (in < KNOWN * columns * rows || allKnown - in < in) {
              continue;
            }
            int inOdd = sum(odds, wide, x, y, columns, rows);
            double inside = inOdd / (double) in;
            double outside = (allOdd - inOdd) / (double) (allKnown - in);
            double score = (inside - outside) * Math.sqrt(in);
            if (best == null || score > best.score()) {
              best = new OddWindow(x, y, columns, rows, score);
            }
          }
        }
      }
    }
    return Optional.ofNullable(best);
  }

  private static int sum(int[] table, int wide, int x, int y, int columns, int rows) {
    int top = y * (wide + 1);
    int bottom = (y + rows) * (wide + 1);
    return table[bottom + x + columns]
        - table[bottom + x]
        - table[top + x + columns]
        + table[top + x];
  }
}
