package dev.assay.forensics;

import dev.assay.MediaException;
import dev.assay.Sentence;
import dev.assay.internal.signal.Channels;
import dev.assay.internal.signal.PowerSpectrum;
import dev.assay.spi.Sound;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How strong each frequency of a sound is over time, and how loud it is: a picture on which cuts,
 * limits of codecs and the stripes of some vocoders can be seen. Time runs to the right, frequency
 * upwards from 0 to half the rate of the sound; light is strong, dark is 90 dB below the strongest.
 *
 * <p>However long the sound is, no more than {@link #MOST_COLUMNS} columns are held: where they do
 * not suffice, each two become one.
 */
public final class Spectrogram {

  /** The most columns of a picture. */
  public static final int MOST_COLUMNS = 1600;

  private static final int WINDOW = 1024;
  private static final int ROWS = 256;

  /** Samples between the windows of a short sound; those of long ones lie side by side. */
  private static final int LEAST_HOP = WINDOW / 4;

  private static final double RANGE_DECIBELS = 90;

  private final PowerSpectrum spectrum = new PowerSpectrum(WINDOW);
  private final double[] power = new double[spectrum.bins()];
  private final List<double[]> columns = new ArrayList<>();
  private final List<Float> peaks = new ArrayList<>();
  private float[] rest = {};
  private int hop = LEAST_HOP;
  private int windowsInColumn = 1;
  private int windows;
  private double[] column = new double[ROWS];
  private float peak;

  private Spectrogram() {}

  /**
   * What was drawn.
   *
   * @param map the picture
   * @param peaks the largest sample of each column, of full scale
   * @param seconds how long the sound is
   * @param topHertz the frequency at the top of the picture
   */
  public record Drawn(ForensicMap map, List<Float> peaks, double seconds, int topHertz) {
    public Drawn {
      peaks = List.copyOf(peaks);
    }
  }

  /**
   * Draws a sound, from where it is to its end.
   *
   * @throws MediaException if it cannot be decoded
   */
  public static Drawn of(Sound sound) throws MediaException {
    Spectrogram drawn = new Spectrogram();
    double seconds = 0;
    int rate = sound.track().rate();
    while (sound.next()) {
      float[] loudest = Channels.loudest(sound.channels());
      drawn.add(loudest);
      seconds = sound.seconds() + loudest.length / (double) rate;
    }
    drawn.finish();
    return new Drawn(drawn.map(rate), drawn.peaks, seconds, rate / 2);
  }

  private void add(float[] samples) {
    float[] all = Arrays.copyOf(rest, rest.length + samples.length);
    System.arraycopy(samples, 0, all, rest.length, samples.length);
    int at = 0;
    for (; at + WINDOW <= all.length; at += hop) {
      window(all, at);
    }
    rest = Arrays.copyOfRange(all, at, all.length);
  }

  private void window(float[] samples, int from) {
    Arrays.fill(power, 0);
    spectrum.add(samples, from, power);
    for (int i = 0; i < ROWS; i++) {
      column[i] += power[2 * i] + power[2 * i + 1];
    }
    for (int i = from; i < from + WINDOW; i++) {
      peak = Math.max(peak, Math.abs(samples[i]));
    }
    if (++windows == windowsInColumn) {
      close();
    }
  }

  private void close() {
    columns.add(column);
    peaks.add(Math.min(1, peak));
    column = new double[ROWS];
    peak = 0;
    windows = 0;
    if (columns.size() == MOST_COLUMNS) {
      halve();
    }
  }

  private void halve() {
    for (int i = 0; i < MOST_COLUMNS / 2; i++) {
      double[] first = columns.get(2 * i);
      double[] second = columns.get(2 * i + 1);
      for (int row = 0; row < ROWS; row++) {
        first[row] += second[row];
      }
      columns.set(i, first);
      peaks.set(i, Math.max(peaks.get(2 * i), peaks.get(2 * i + 1)));
    }
    columns.subList(MOST_COLUMNS / 2, MOST_COLUMNS).clear();
    peaks.subList(MOST_COLUMNS / 2, MOST_COLUMNS).clear();
    if (hop < WINDOW) {
      hop *= 2;
    } else {
      windowsInColumn *= 2;
    }
  }

  /** What is left at the end, shorter than a window, counts as one. */
  private void finish() {
    if (rest.length > 0) {
      window(Arrays.copyOf(rest, WINDOW), 0);
    }
    if (windows > 0) {
      close();
    }
    if (columns.isEmpty()) {
      close();
    }
  }

  private ForensicMap map(int rate) {
    double most = 1e-12;
    for (double[] values : columns) {
      for (double value : values) {
        most = Math.max(most, value);
      }
    }
    int width = columns.size();
    float[] values = new float[width * ROWS];
    for (int x = 0; x < width; x++) {
      double[] own = columns.get(x);
      for (int row = 0; row < ROWS; row++) {
        double decibels = 10 * Math.log10(own[row] / most + 1e-12);
        values[(ROWS - 1 - row) * width + x] = (float) (1 + decibels / RANGE_DECIBELS);
      }
    }
    return ForensicMap.heat(
        width,
        ROWS,
        values,
        Optional.of(
            Sentence.of(
                "The picture reaches from 0 to {0} kHz; each column is {1} seconds.",
                String.format(Locale.ROOT, "%.1f", rate / 2000.0),
                String.format(Locale.ROOT, "%.3f", windowsInColumn * hop / (double) rate))));
  }
}
