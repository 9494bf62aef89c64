package dev.assay.internal.media;

import org.opencv.core.CvType;
import org.opencv.core.Mat;

/**
 * Shows transparent pixels as a viewer does, on white: what cannot be seen must not be judged.
 *
 * <p>Works row by row through arrays: OpenCV's splitting and merging of channels leaves native
 * memory to the garbage collector.
 */
final class Transparency {

  private static final int CHANNELS = 4;
  private static final int OPAQUE = 255;

  private Transparency() {}

  /**
   * Composites on white.
   *
   * @param bgra 8 bits, four channels, colours not multiplied by alpha; released
   * @return 8 bits, three channels
   */
  static Mat onWhite(Mat bgra) {
    int width = bgra.cols();
    Mat colours = new Mat(bgra.rows(), width, CvType.CV_8UC3);
    byte[] from = new byte[width * CHANNELS];
    byte[] to = new byte[width * 3];
    try {
      for (int y = 0; y < bgra.rows(); y++) {
        bgra.get(y, 0, from);
        for (int x = 0; x < width; x++) {
          int alpha = from[CHANNELS * x + 3] & 0xFF;
          for (int c = 0; c < 3; c++) {
            to[3 * x + c] = (byte) mixed(from[CHANNELS * x + c] & 0xFF, OPAQUE, alpha);
          }
        }
        colours.put(y, 0, to);
      }
      return colours;
    } finally {
      bgra.release();
    }
  }

  /**
   * Draws a picture onto a canvas, as far as it lies on it.
   *
   * @param bgra 8 bits, four channels; not released
   * @param canvas 8 bits, four channels
   * @param blend whether what is below shows through; else it is replaced
   */
  static void draw(Mat bgra, Mat canvas, int x, int y, boolean blend) {
    int width = Math.min(bgra.cols(), canvas.cols() - x);
    int height = Math.min(bgra.rows(), canvas.rows() - y);
    if (x < 0 || y < 0 || width <= 0 || height <= 0) {
      return;
    }
    byte[] above = new byte[bgra.cols() * CHANNELS];
    byte[] below = new byte[width * CHANNELS];
    for (int row = 0; row < height; row++) {
      bgra.get(row, 0, above);
      if (blend) {
        canvas.get(y + row, x, below);
        over(above, below);
        canvas.put(y + row, x, below);
      } else {
        canvas.put(y + row, x, above, 0, width * CHANNELS);
      }
    }
  }

  /** Makes a rectangle of a canvas transparent, as far as it lies on it. */
  static void clear(Mat canvas, int x, int y, int columns, int rows) {
    int width = Math.min(columns, canvas.cols() - x);
    int height = Math.min(rows, canvas.rows() - y);
    if (x >= 0 && y >= 0 && width > 0) {
      byte[] nothing = new byte[width * CHANNELS];
      for (int row = 0; row < height; row++) {
        canvas.put(y + row, x, nothing);
      }
    }
  }

  /** Porter and Duff's "over", for colours that are not multiplied by alpha; into the lower row. */
  private static void over(byte[] above, byte[] below) {
    for (int i = 0; i < below.length; i += CHANNELS) {
      int alpha = above[i + 3] & 0xFF;
      int under = (below[i + 3] & 0xFF) * (OPAQUE - alpha) / OPAQUE;
      int sum = alpha + under;
      for (int c = 0; c < 3 && sum > 0; c++) {
        int mixed = ((above[i + c] & 0xFF) * alpha + (below[i + c] & 0xFF) * under) / sum;
        below[i + c] = (byte) mixed;
      }
      below[i + 3] = (byte) sum;
    }
  }

  private static int mixed(int value, int ground, int alpha) {
    return (value * alpha + ground * (OPAQUE - alpha) + OPAQUE / 2) / OPAQUE;
  }
}
