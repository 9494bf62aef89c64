package dev.assay.forensics;

import dev.assay.Sentence;
import dev.assay.internal.signal.Fourier;
import dev.assay.spi.Picture;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The spectrum of the middle 512 by 512 pixels (Durall, Keuper and Keuper, CVPR 2020; Frank et al.,
 * ICML 2020): what up-sampling networks leave shows as a lattice of points, or as too much or too
 * little at the highest frequencies.
 *
 * <p>The middle of the map is the coarsest detail, its rim the finest. Photographs fall about as
 * the square of the frequency, unless sharpened. JPEG, scaling and fabrics leave lattices too.
 */
public final class Spectrum {

  private static final int SIDE = 512;

  /** Values of a curve that is compared with those of cameras. */
  private static final int BANDS = 32;

  private static final int FIRST_USUAL = 8;
  private static final int LAST_USUAL = 24;

  /**
   * How the power falls in photographs of cameras: the 10th, 50th and 90th percentile over 24
   * pictures of as many cameras and phones (github.com/ianare/exif-samples), as {@link #fall} gives
   * it. Few, so read the band as rough.
   */
  public static final List<List<Double>> OF_CAMERAS =
      List.of(
          List.of(
              2.3, 0.3, -0.8, -2.0, -2.7, -3.5, -4.3, -4.9, -5.6, -6.1, -6.5, -7.0, -7.4, -7.9,
              -8.3, -8.6, -9.0, -9.3, -9.5, -9.8, -10.1, -10.3, -10.4, -10.7, -10.9, -10.9, -10.9,
              -10.9, -11.0, -11.0, -11.2, -11.3),
          List.of(
              3.5, 0.6, -0.6, -1.6, -2.1, -2.7, -3.2, -3.6, -4.0, -4.3, -4.6, -5.0, -5.3, -5.6,
              -5.8, -6.1, -6.3, -6.7, -6.7, -6.8, -7.2, -7.5, -7.8, -8.0, -8.1, -8.3, -8.5, -8.5,
              -8.7, -8.8, -9.0, -9.0),
          List.of(
              3.8, 0.8, -0.4, -0.9, -1.3, -1.7, -1.9, -2.1, -2.3, -2.6, -3.0, -3.2, -3.4, -3.7,
              -3.9, -4.0, -4.0, -4.1, -4.2, -4.3, -4.7, -5.0, -5.4, -5.5, -5.7, -6.0, -6.1, -6.1,
              -6.3, -6.4, -6.5, -6.6));

  private Spectrum() {}

  /** The map of a picture: the logarithm of the power from 0 to 1 over its own range. */
  public static ForensicMap of(Picture picture) {
    int side = side(picture);
    double[] power = power(picture, side);
    float[] values = new float[side * side];
    double most = 1e-9;
    for (double value : power) {
      most = Math.max(most, value);
    }
    double floor = most - 12;
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) ((power[i] - floor) / (most - floor));
    }
    return ForensicMap.heat(side, side, values, slope(azimuthal(power, side)));
  }

  /**
   * The mean power over all directions, natural logarithm, by frequency: the first value is that of
   * one cycle over the part looked at, the last of one in two pixels.
   */
  public static List<Double> azimuthal(Picture picture) {
    int side = side(picture);
    return azimuthal(power(picture, side), side);
  }

  /**
   * How the power falls from coarse to fine: 32 values from one cycle over the 512 pixels looked at
   * to one in two pixels, natural logarithm, 0 at 8 to 24 cycles.
   *
   * @return empty for pictures with a side below 512 pixels
   */
  public static Optional<List<Double>> fall(Picture picture) {
    if (side(picture) < SIDE) {
      return Optional.empty();
    }
    List<Double> curve = azimuthal(picture);
    double usual = 0;
    for (int i = FIRST_USUAL; i < LAST_USUAL; i++) {
      usual += curve.get(i) / (LAST_USUAL - FIRST_USUAL);
    }
    List<Double> fall = new ArrayList<>();
    int each = curve.size() / BANDS;
    for (int band = 0; band < BANDS; band++) {
      double sum = 0;
      for (int i = 0; i < each; i++) {
        sum += curve.get(band * each + i) / each;
      }
      fall.add(sum - usual);
    }
    return Optional.of(fall);
  }

  /** A power of two, at least 8. */
  private static int side(Picture picture) {
    int shorter = Math.min(SIDE, Math.min(picture.width(), picture.height()));
    return Math.max(8, Integer.highestOneBit(shorter));
  }

  private static Optional<Sentence> slope(List<Double> curve) {
    int from = curve.size() / 16;
    int to = curve.size() / 2;
    if (to - from < 4) {
      return Optional.empty();
    }
    double slope = (curve.get(to) - curve.get(from)) / (Math.log(to + 1.0) - Math.log(from + 1.0));
    return Optional.of(
        Sentence.of(
            "In the middle frequencies the power falls with the exponent {0}; about -2 is usual"
                + " for photographs.",
            String.format(Locale.ROOT, "%.1f", slope)));
  }

  private static List<Double> azimuthal(double[] power, int side) {
    int half = side / 2;
    double[] sums = new double[half + 1];
    int[] counts = new int[half + 1];
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        int radius = (int) Math.round(Math.hypot(x - half, y - half));
        if (radius >= 1 && radius <= half) {
          sums[radius] += Math.exp(power[y * side + x]);
          counts[radius]++;
        }
      }
    }
    List<Double> curve = new ArrayList<>();
    for (int i = 1; i <= half; i++) {
      curve.add(Math.log(sums[i] / Math.max(1, counts[i]) + 1e-9));
    }
    return curve;
  }

  /** The logarithm of the power, the coarsest detail in the middle. */
  private static double[] power(Picture picture, int side) {
    int width = Math.min(side, picture.width());
    int height = Math.min(side, picture.height());
    byte[] rgb =
        picture.rgb((picture.width() - width) / 2, (picture.height() - height) / 2, width, height);
    double[] real = new double[side * side];
    double[] imaginary = new double[side * side];
    double mean = 0;
    for (int i = 0; i < width * height; i++) {
      mean += (rgb[3 * i + 1] & 0xFF) / (double) (width * height);
    }
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double window =
            Math.sin(Math.PI * (x + 0.5) / width) * Math.sin(Math.PI * (y + 0.5) / height);
        real[y * side + x] = window * ((rgb[3 * (y * width + x) + 1] & 0xFF) - mean);
      }
    }
    transform(real, imaginary, side);
    double[] power = new double[side * side];
    int half = side / 2;
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        int at = y * side + x;
        int to = (y + half) % side * side + (x + half) % side;
        power[to] = Math.log(real[at] * real[at] + imaginary[at] * imaginary[at] + 1);
      }
    }
    return power;
  }

  private static void transform(double[] real, double[] imaginary, int side) {
    double[] re = new double[side];
    double[] im = new double[side];
    for (int y = 0; y < side; y++) {
      System.arraycopy(real, y * side, re, 0, side);
      System.arraycopy(imaginary, y * side, im, 0, side);
      Fourier.transform(re, im);
      System.arraycopy(re, 0, real, y * side, side);
      System.arraycopy(im, 0, imaginary, y * side, side);
    }
    for (int x = 0; x < side; x++) {
      for (int y = 0; y < side; y++) {
        re[y] = real[y * side + x];
        im[y] = imaginary[y * side + x];
      }
      Fourier.transform(re, im);
      for (int y = 0; y < side; y++) {
        real[y * side + x] = re[y];
        imaginary[y * side + x] = im[y];
      }
    }
  }
}
