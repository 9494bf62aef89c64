package dev.assay;

import java.util.Optional;

/**
 * What a piece of evidence says at one moment of a video.
 *
 * @param timeSeconds seconds from the start, not negative
 * @param logLikelihoodRatio what this moment says by itself, natural logarithm; positive speaks for
 *     synthetic
 * @param region the part of the frame that it is about; empty for all of it
 */
public record TimelinePoint(
    double timeSeconds, double logLikelihoodRatio, Optional<Region> region) {

  public TimelinePoint {
    if (!(timeSeconds >= 0) || !Double.isFinite(logLikelihoodRatio)) {
      throw new IllegalArgumentException(
          "no point of a timeline: " + timeSeconds + " s, " + logLikelihoodRatio);
    }
  }

  /** A moment of the whole frame. */
  public TimelinePoint(double timeSeconds, double logLikelihoodRatio) {
    this(timeSeconds, logLikelihoodRatio, Optional.empty());
  }
}
