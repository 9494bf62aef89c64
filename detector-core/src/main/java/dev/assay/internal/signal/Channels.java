package dev.assay.internal.signal;

/** Channels of sound, one array each. */
public final class Channels {

  private Channels() {}

  /** The channel that holds the most energy; an empty array where there is none. */
  public static float[] loudest(float[][] channels) {
    float[] loudest = {};
    double most = -1;
    for (float[] channel : channels) {
      double energy = energy(channel);
      if (energy > most) {
        most = energy;
        loudest = channel;
      }
    }
    return loudest;
  }

  /** The sum of the squares of its samples. */
  public static double energy(float[] channel) {
    double sum = 0;
    for (float sample : channel) {
      sum += sample * sample;
    }
    return sum;
  }
}
