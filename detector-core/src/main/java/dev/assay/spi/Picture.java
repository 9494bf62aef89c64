package dev.assay.spi;

/**
 * A decoded picture in 8-bit RGB, upright (the orientation that the file declares is applied).
 *
 * <p>The pixels belong to the {@link Media} that gave the picture and are gone once that is closed.
 * Not thread-safe.
 */
public interface Picture {

  /** Width in pixels, at least 1. */
  int width();

  /** Height in pixels, at least 1. */
  int height();

  /**
   * Copies a rectangle of pixels.
   *
   * @param x left edge, in pixels
   * @param y top edge, in pixels
   * @param width width of the rectangle, in pixels
   * @param height height of the rectangle, in pixels
   * @return {@code width * height * 3} bytes, row by row, red first, each 0 to 255 unsigned
   * @throws IndexOutOfBoundsException if the rectangle does not lie within the picture
   * @throws IllegalStateException if the media is closed
   */
  byte[] rgb(int x, int y, int width, int height);

  /**
   * Copies a rectangle of pixels at another size: the mean over the area of each new pixel where
   * the copy is smaller, interpolated linearly where it is larger.
   *
   * @param x left edge, in pixels
   * @param y top edge, in pixels
   * @param width width of the rectangle, in pixels
   * @param height height of the rectangle, in pixels
   * @param toWidth width of the copy, in pixels, at least 1
   * @param toHeight height of the copy, in pixels, at least 1
   * @return {@code toWidth * toHeight * 3} bytes in the order of the other method
   * @throws IndexOutOfBoundsException if the rectangle does not lie within the picture
   * @throws IllegalStateException if the media is closed
   */
  byte[] rgb(int x, int y, int width, int height, int toWidth, int toHeight);
}
