package dev.assay.model;

/**
 * A square of pixels that a model looks at.
 *
 * @param region the part of the picture that it shows
 * @param pixels what the model sees
 */
record View(Rectangle region, RgbPixels pixels) {

  /** Mean gradient, in grey levels a pixel, below which there is nothing to judge by. */
  private static final double TEXTURE = 0.5;

  /** Whether there is anything to judge by; a plain wall and a blown-out sky have none. */
  boolean textured() {
    return pixels.grey().meanGradient() >= TEXTURE;
  }
}
