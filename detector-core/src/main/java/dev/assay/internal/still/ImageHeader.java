package dev.assay.internal.still;

/**
 * What an image claims before anything is decoded, so that a claim of 100,000 x 100,000 pixels is
 * refused while it costs nothing.
 *
 * @param width in pixels, as coded
 * @param height in pixels, as coded
 * @param pictures how many the file says it holds, at least 1
 * @param end where the picture's end mark ends; 0 where the format has none, -1 if it is missing
 * @param alpha whether the pixels may be transparent
 * @param floats whether the samples are floating-point numbers
 * @param rawBytes bytes that each pixel takes while it is decoded with all that is coded of it; 0
 *     where it is decoded to three bytes at once
 * @param coding what is unusual in how the pixels are coded, for a message; empty if nothing is
 */
public record ImageHeader(
    long width,
    long height,
    int pictures,
    long end,
    boolean alpha,
    boolean floats,
    long rawBytes,
    String coding) {

  static ImageHeader of(long width, long height) {
    return new ImageHeader(width, height, 1, 0, false, false, 0, "");
  }

  /** Whether the end of the picture is in the file, as far as the format tells. */
  public boolean complete() {
    return end >= 0;
  }
}
