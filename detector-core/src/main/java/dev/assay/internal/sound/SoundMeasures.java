package dev.assay.internal.sound;

import dev.assay.internal.signal.Channels;
import dev.assay.internal.signal.PowerSpectrum;
import dev.assay.spi.Sound;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures a sound while it is decoded: how much of the spectrum it fills, how loud it is, whether
 * it was recorded too loud, and where it is dead silent. Not thread-safe.
 */
public final class SoundMeasures {

  private static final int SPECTRUM_SAMPLES = 4096;

  /** Blocks that are more quiet do not count: root mean square, of full scale. */
  private static final double QUIET = 0.001;

  /** Samples from here on are at the end of the scale. */
  private static final float FULL_SCALE = 0.9985f;

  /** Frequencies count as there down to so many decibels below the strongest. */
  private static final double DROP_DECIBELS = 60;

  /** Hertz over which the spectrum is smoothed. */
  private static final double SMOOTHED = 150;

  /** Seconds of zeros from which on they are worth a word: no microphone gives any. */
  private static final double DEAD_SECONDS = 0.05;

  private static final int MAX_STRETCHES = 20;

  private final int rate;
  private final PowerSpectrum spectrum;
  private final double[] power;
  private final List<Stretch> dead = new ArrayList<>();
  private double loudEnergy;
  private long loudSamples;
  private long samples;
  private long clipped;
  private long zeros;
  private long zeroRun;

  /** For a sound of this many samples a second. */
  public SoundMeasures(int rate) {
    this.rate = rate;
    this.spectrum = new PowerSpectrum(SPECTRUM_SAMPLES);
    this.power = new double[spectrum.bins()];
  }

  /**
   * A part of a sound.
   *
   * @param from where it begins, in seconds
   * @param to where it ends, in seconds
   */
  public record Stretch(double from, double to) {}

  /**
   * What was measured.
   *
   * @param seconds how much was measured
   * @param levelDecibels root mean square of what is not quiet, in decibels of full scale; -100
   *     where all is
   * @param clippedShare share of samples that are cut off at the end of the scale, 0 to 1
   * @param zeroShare share of samples that are zero on all channels, 0 to 1
   * @param dead where all samples are zero within the sound: not at its start, nor at its end
   * @param bandwidthHertz up to which frequency there is sound: the highest that lies at most 60 dB
   *     below the strongest, in the mean spectrum of what is not quiet. A telephone's 4 kHz,
   *     resampled, gives up to 4,700, since filters are not infinitely steep; 0 where all is quiet
   */
  public record Result(
      double seconds,
      double levelDecibels,
      double clippedShare,
      double zeroShare,
      List<Stretch> dead,
      double bandwidthHertz) {
    public Result {
      dead = List.copyOf(dead);
    }
  }

  /** Takes the sound's block. */
  public void add(Sound sound) {
    float[][] channels = sound.channels();
    int length = channels.length == 0 ? 0 : channels[0].length;
    if (length == 0) {
      return;
    }
    float[] loudest = Channels.loudest(channels);
    double energy = Channels.energy(loudest);
    if (Math.sqrt(energy / length) > QUIET) {
      loudEnergy += energy;
      loudSamples += length;
      if (length >= SPECTRUM_SAMPLES) {
        spectrum.add(loudest, (length - SPECTRUM_SAMPLES) / 2, power);
      }
    }
    for (float[] channel : channels) {
      clipped += clippedOf(channel);
    }
    for (int i = 0; i < length; i++) {
      silence(channels, i);
    }
    samples += length;
  }

  /** Samples at the end of the scale with another beside them: a single one may be music's peak. */
  private long clippedOf(float[] channel) {
    long count = 0;
    for (int i = 1; i < channel.length; i++) {
      float size = Math.abs(channel[i]);
      if (size >= FULL_SCALE && Math.abs(channel[i - 1]) >= FULL_SCALE) {
        count++;
      }
    }
    return count;
  }

  private void silence(float[][] channels, int i) {
    for (float[] channel : channels) {
      if (channel[i] != 0) {
        endSilence(samples + i);
        return;
      }
    }
    zeros++;
    zeroRun++;
  }

  private void endSilence(long at) {
    if (zeroRun >= DEAD_SECONDS * rate && zeroRun < at && dead.size() < MAX_STRETCHES) {
      dead.add(new Stretch((at - zeroRun) / (double) rate, at / (double) rate));
    }
    zeroRun = 0;
  }

  /** What was measured so far. */
  public Result result() {
    double all = Math.max(1, samples);
    return new Result(
        samples / (double) rate,
        loudSamples == 0 ? -100 : 10 * Math.log10(loudEnergy / loudSamples),
        Math.min(1, clipped / all),
        zeros / all,
        dead,
        loudSamples == 0 ? 0 : bandwidthHertz());
  }

  private double bandwidthHertz() {
    double hertz = rate / (double) SPECTRUM_SAMPLES;
    int width = Math.max(1, (int) (SMOOTHED / hertz));
    double[] smooth = smoothed(power, width);
    double most = 0;
    for (double value : smooth) {
      most = Math.max(most, value);
    }
    double least = most * Math.pow(10, -DROP_DECIBELS / 10);
    for (int i = smooth.length - 1; i >= 0; i--) {
      if (smooth[i] > least) {
        return Math.min(rate / 2.0, (i + 1) * hertz);
      }
    }
    return 0;
  }

  /** Means of the logarithm over as many values around each. */
  private static double[] smoothed(double[] values, int width) {
    double[] sums = new double[values.length + 1];
    for (int i = 0; i < values.length; i++) {
      sums[i + 1] = sums[i] + Math.log(values[i] + 1e-20);
    }
    double[] result = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      int from = Math.max(0, i - width / 2);
      int to = Math.min(values.length, i + width / 2 + 1);
      result[i] = Math.exp((sums[to] - sums[from]) / (to - from));
    }
    return result;
  }
}
