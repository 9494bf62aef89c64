package dev.assay.forensics;

import dev.assay.Picture;

/**
 * The pixels of a picture, or of the middle of a large one, at its own resolution: what the maps
 * are computed on.
 *
 * @param x left edge in the picture
 * @param y top edge in the picture
 * @param width in pixels
 * @param height in pixels
 * @param rgb {@code width * height * 3} bytes, row by row, red first
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares sheets.
record Sheet(int x, int y, int width, int height, byte[] rgb) {

  /**
   * The middle of a picture, its edges on multiples of eight, so that the grid of a JPEG stays.
   *
   * @param most how many pixels it may have
   */
  static Sheet of(Picture picture, int most) {
    int width = picture.width();
    int height = picture.height();
    double share = Math.sqrt(Math.min(1, most / ((double) width * height)));
    if (share < 1) {
      width = Math.max(8, (int) (width * share) / 8 * 8);
      height = Math.max(8, (int) (height * share) / 8 * 8);
    }
    int x = (picture.width() - width) / 16 * 8;
    int y = (picture.height() - height) / 16 * 8;
    return new Sheet(x, y, width, height, picture.rgb(x, y, width, height));
  }

  /** Brightness by ITU-R BT.601, 0 to 255. */
  float[] luma() {
    float[] luma = new float[width * height];
    for (int i = 0; i < luma.length; i++) {
      luma[i] =
          0.299f * (rgb[3 * i] & 0xFF)
              + 0.587f * (rgb[3 * i + 1] & 0xFF)
              + 0.114f * (rgb[3 * i + 2] & 0xFF);
    }
    return luma;
  }
}
