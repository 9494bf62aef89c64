package dev.assay;

/**
 * What a piece of evidence says at one moment of a video.
 *
 * @param timeSeconds seconds from the start, not negative
 * @param logLikelihoodRatio what this moment says by itself, natural logarithm; positive speaks for
 *     synthetic
 */
public record TimelinePoint(double timeSeconds, double logLikelihoodRatio) {

  public TimelinePoint {
    if (!(timeSeconds >= 0) || !Double.isFinite(logLikelihoodRatio)) {
      throw new IllegalArgumentException(
          "no point of a timeline: " + timeSeconds + " s, " + logLikelihoodRatio);
    }
  }
}
