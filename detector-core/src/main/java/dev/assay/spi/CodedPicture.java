package dev.assay.spi;

/**
 * The samples of a still picture just as its file codes them, for marks that lie in their last
 * bits: nothing is composited, turned or converted. Closed by whoever asked for it; not
 * thread-safe.
 */
public interface CodedPicture extends AutoCloseable {

  /** Width in pixels, at least 1. */
  int width();

  /** Height in pixels, at least 1. */
  int height();

  /** 3 (red, green, blue) or 4 (with transparency; colours are not multiplied by it). */
  int channels();

  /**
   * Copies a row.
   *
   * @param y which one, from the top
   * @param into takes {@code width * channels} bytes, red first, unsigned
   */
  void row(int y, byte[] into);

  /**
   * One pixel.
   *
   * @param into takes a byte for each channel, red first, unsigned
   */
  void pixel(int x, int y, byte[] into);

  @Override
  void close();
}
