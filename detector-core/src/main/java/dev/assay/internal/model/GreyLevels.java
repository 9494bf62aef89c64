package dev.assay.internal.model;

/**
 * The grey levels of RGB pixels, 0 to 255, and how busy they are. The weights are those of ITU-R
 * BT.601 in 256ths; the training recipe has the same.
 */
final class GreyLevels {

  /** Gradients count up to this, so that lettering does not outweigh everything. */
  private static final int STEEPEST = 48;

  private final int width;
  private final int height;
  private final byte[] levels;

  /**
   * Computes the levels.
   *
   * @param rgb {@code width * height * 3} bytes, row by row, red first
   */
  GreyLevels(byte[] rgb, int width, int height) {
    this.width = width;
    this.height = height;
    this.levels = new byte[width * height];
    for (int i = 0, at = 0; i < levels.length; i++, at += 3) {
      int weighted = 77 * (rgb[at] & 0xFF) + 150 * (rgb[at + 1] & 0xFF) + 29 * (rgb[at + 2] & 0xFF);
      levels[i] = (byte) (weighted >> 8);
    }
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  int level(int x, int y) {
    return levels[y * width + x] & 0xFF;
  }

  /** Absolute differences to the right and lower neighbours, together, up to a bound. */
  private int gradient(int x, int y) {
    int here = level(x, y);
    int right = x + 1 < width ? Math.abs(level(x + 1, y) - here) : 0;
    int below = y + 1 < height ? Math.abs(level(x, y + 1) - here) : 0;
    return Math.min(right + below, STEEPEST);
  }

  /** The mean gradient, in grey levels a pixel. */
  double meanGradient() {
    long sum = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        sum += gradient(x, y);
      }
    }
    return sum / ((double) width * height);
  }

  /** Sums of gradients over rectangles, in constant time each. */
  GradientSums gradientSums() {
    int[] sums = new int[(width + 1) * (height + 1)];
    for (int y = 0; y < height; y++) {
      int row = 0;
      for (int x = 0; x < width; x++) {
        row += gradient(x, y);
        sums[(y + 1) * (width + 1) + x + 1] = sums[y * (width + 1) + x + 1] + row;
      }
    }
    return new GradientSums(sums, width + 1);
  }

  /** An integral image: {@code sums} holds the sum of what lies above and to the left. */
  static final class GradientSums {

    private final int[] sums;
    private final int stride;

    private GradientSums(int[] sums, int stride) {
      this.sums = sums;
      this.stride = stride;
    }

    /** The sum over a square. */
    int over(int x, int y, int side) {
      int above = y * stride + x;
      int below = (y + side) * stride + x;
      return sums[below + side] - sums[above + side] - sums[below] + sums[above];
    }
  }
}
