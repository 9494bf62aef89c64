package dev.assay.spi;

/**
 * One sampled picture of a video.
 *
 * @param timeSeconds when it is shown, in seconds from the start, not negative
 * @param key whether it was coded without reference to other pictures
 * @param picture its pixels
 */
public record Frame(double timeSeconds, boolean key, Picture picture) {

  public Frame {
    if (!(timeSeconds >= 0)) {
      throw new IllegalArgumentException("timeSeconds must not be negative: " + timeSeconds);
    }
  }
}
