package dev.assay.internal.media;

import org.opencv.core.Mat;

/**
 * Whether a frame that was coded in two fields shows two moments: then its rows belong to them in
 * turn, and edges of what moved look like a comb. Much of what is coded in fields shows one moment.
 */
final class InterlacedRows {

  /** Share of looked-at pixels that stand out from the rows above and below, in a mixed frame. */
  private static final double MIXED = 0.01;

  /** By how many of 256 levels such a pixel stands out from both. */
  private static final int STANDS_OUT = 16;

  /** Of so many rows one is looked at. */
  private static final int STEP = 4;

  private InterlacedRows() {}

  /** Whether a picture of 8 bits and three channels mixes two moments. */
  static boolean mixed(Mat bgr) {
    int columns = bgr.cols();
    byte[][] rows = new byte[3][3 * columns];
    long comb = 0;
    long looked = 0;
    for (int y = 0; y + 2 < bgr.rows(); y += STEP) {
      for (int i = 0; i < 3; i++) {
        bgr.get(y + i, 0, rows[i]);
      }
      for (int x = 1; x < 3 * columns; x += 3) {
        int above = (rows[1][x] & 0xff) - (rows[0][x] & 0xff);
        int below = (rows[1][x] & 0xff) - (rows[2][x] & 0xff);
        if (Math.min(above, below) > STANDS_OUT || Math.max(above, below) < -STANDS_OUT) {
          comb++;
        }
        looked++;
      }
    }
    return comb > MIXED * looked;
  }
}
