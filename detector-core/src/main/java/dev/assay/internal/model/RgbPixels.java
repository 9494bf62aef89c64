package dev.assay.internal.model;

import dev.assay.spi.Picture;
import java.nio.FloatBuffer;

/** Pixels in the heap, 8-bit RGB. */
final class RgbPixels {

  private final byte[] rgb;
  private final int width;
  private final int height;

  private RgbPixels(byte[] rgb, int width, int height) {
    this.rgb = rgb;
    this.width = width;
    this.height = height;
  }

  /** A part of a picture, at another size. */
  static RgbPixels of(Picture picture, Rectangle part, int width, int height) {
    return new RgbPixels(
        picture.rgb(part.x(), part.y(), part.width(), part.height(), width, height), width, height);
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  GreyLevels grey() {
    return new GreyLevels(rgb, width, height);
  }

  /**
   * A rectangle of these pixels; what lies outside of them is mirrored without repeating the edge
   * (OpenCV's {@code BORDER_REFLECT_101}).
   *
   * @param x where it begins; may be negative
   * @param y where it begins; may be negative
   */
  RgbPixels cut(int x, int y, int columns, int rows) {
    if (x == 0 && y == 0 && columns == width && rows == height) {
      return this;
    }
    byte[] part = new byte[columns * rows * 3];
    int to = 0;
    for (int row = y; row < y + rows; row++) {
      int line = mirrored(row, height) * width;
      for (int column = x; column < x + columns; column++) {
        int from = (line + mirrored(column, width)) * 3;
        part[to++] = rgb[from];
        part[to++] = rgb[from + 1];
        part[to++] = rgb[from + 2];
      }
    }
    return new RgbPixels(part, columns, rows);
  }

  private static int mirrored(int place, int length) {
    if (place >= 0 && place < length) {
      return place;
    }
    int period = Math.max(1, 2 * length - 2);
    int folded = Math.floorMod(place, period);
    return folded < length ? folded : period - folded;
  }

  /** Writes the pixels as three planes, normalised as a network's card says. */
  void writeTo(FloatBuffer tensor, ModelCard.Pixels input) {
    for (int channel = 0; channel < 3; channel++) {
      float[] values = input.normalisedValues(channel);
      for (int from = channel; from < rgb.length; from += 3) {
        tensor.put(values[rgb[from] & 0xFF]);
      }
    }
  }
}
