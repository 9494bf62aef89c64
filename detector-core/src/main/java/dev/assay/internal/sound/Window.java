package dev.assay.internal.sound;

import dev.assay.spi.Sound;
import java.nio.FloatBuffer;

/** A stretch of sound that models look at. Equal to nothing but itself. */
public final class Window {

  private final double from;
  private final float[] samples;
  private final double voiced;
  private final double level;

  /**
   * A window.
   *
   * @param from where it begins, in seconds from the start of the sound
   * @param samples at {@link Sound#RATE}; scaled here, so that the largest of them is 1
   * @param voiced share of it that is voice, 0 to 1
   */
  Window(double from, float[] samples, double voiced) {
    this.from = from;
    this.samples = samples;
    this.voiced = voiced;
    double energy = 0;
    float most = 0;
    for (float sample : samples) {
      energy += sample * sample;
      most = Math.max(most, Math.abs(sample));
    }
    this.level = Math.sqrt(energy / Math.max(1, samples.length));
    if (most > 0) {
      for (int i = 0; i < samples.length; i++) {
        samples[i] /= most;
      }
    }
  }

  /** Where it begins, in seconds from the start of the sound. */
  public double from() {
    return from;
  }

  /** Where it ends, in seconds from the start of the sound. */
  public double to() {
    return from + samples.length / (double) Sound.RATE;
  }

  /** The samples at {@link Sound#RATE}, the largest of them 1. */
  public FloatBuffer samples() {
    return FloatBuffer.wrap(samples).asReadOnlyBuffer();
  }

  /** Share of it that is voice, 0 to 1. */
  public double voiced() {
    return voiced;
  }

  /** Its root mean square before it was scaled, of full scale. */
  public double level() {
    return level;
  }
}
