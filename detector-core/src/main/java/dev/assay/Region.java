package dev.assay;

/**
 * A part of the picture that a piece of evidence points to.
 *
 * @param x left edge in pixels of the upright picture
 * @param y top edge in pixels
 * @param width width in pixels, at least 1
 * @param height height in pixels, at least 1
 * @param logLikelihoodRatio what this part says by itself, natural logarithm; positive speaks for
 *     synthetic, or for changed where the evidence is {@link Evidence#LOCAL_EDIT}
 */
public record Region(int x, int y, int width, int height, double logLikelihoodRatio) {

  public Region {
    if (x < 0 || y < 0 || width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "no region of a picture: " + x + "," + y + " " + width + "x" + height);
    }
    if (!Double.isFinite(logLikelihoodRatio)) {
      throw new IllegalArgumentException("logLikelihoodRatio must be finite");
    }
  }
}
