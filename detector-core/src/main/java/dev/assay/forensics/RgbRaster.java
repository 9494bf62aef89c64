package dev.assay.forensics;

import dev.assay.spi.Picture;

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
record RgbRaster(int x, int y, int width, int height, byte[] rgb) {

  /**
   * The middle of a picture.
   *
   * @param most how many pixels it may have
   */
  static RgbRaster of(Picture picture, int most) {
    MiddlePart part = MiddlePart.of(picture, most);
    return new RgbRaster(
        part.left(),
        part.top(),
        part.width(),
        part.height(),
        part.rgb(0, 0, part.width(), part.height()));
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
