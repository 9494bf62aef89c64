package dev.assay.forensics;

import dev.assay.spi.Picture;

/**
 * The middle of a picture, its edges on multiples of eight, so that the grid of a JPEG stays, as a
 * picture of its own.
 *
 * @param whole the picture that it is a part of
 * @param left its left edge in that picture
 * @param top its top edge in that picture
 * @param width in pixels
 * @param height in pixels
 */
public record MiddlePart(Picture whole, int left, int top, int width, int height)
    implements Picture {

  /**
   * The middle of a picture; all of it where it is small enough.
   *
   * @param most how many pixels the part may have
   */
  public static MiddlePart of(Picture picture, int most) {
    int width = picture.width();
    int height = picture.height();
    double share = Math.sqrt(Math.min(1, most / ((double) width * height)));
    if (share < 1) {
      width = Math.max(8, (int) (width * share) / 8 * 8);
      height = Math.max(8, (int) (height * share) / 8 * 8);
    }
    int left = (picture.width() - width) / 16 * 8;
    int top = (picture.height() - height) / 16 * 8;
    return new MiddlePart(
        picture, left, top, Math.min(width, picture.width()), Math.min(height, picture.height()));
  }

  @Override
  public byte[] rgb(int x, int y, int columns, int rows) {
    return whole.rgb(left + x, top + y, columns, rows);
  }

  @Override
  public byte[] rgb(int x, int y, int columns, int rows, int toWidth, int toHeight) {
    return whole.rgb(left + x, top + y, columns, rows, toWidth, toHeight);
  }
}
