package dev.assay.evaluation;

import java.util.ArrayList;
import java.util.List;

/** Whether log-likelihood ratios mean what they say; both classes count alike, at even odds. */
final class Calibration {

  /** Bins of probability, as in the figures of the shipped models. */
  private static final int BINS = 15;

  private static final double LOG_2 = Math.log(2);

  private Calibration() {}

  /**
   * A bin of the reliability curve.
   *
   * @param said mean probability in it
   * @param synthetic share of synthetic files in it
   * @param share of all files that lie in it
   */
  record Bin(double said, double synthetic, double share) {}

  static double probability(double ratio) {
    return 1 / (1 + Math.exp(-ratio));
  }

  /** The bins that hold files. */
  static List<Bin> reliability(Labelled files) {
    double[] said = new double[BINS];
    double[] synthetic = new double[BINS];
    double[] weight = new double[BINS];
    double[] each = balanced(files);
    for (int i = 0; i < files.size(); i++) {
      double p = probability(files.score(i));
      int bin = Math.min((int) (p * BINS), BINS - 1);
      said[bin] += each[i] * p;
      synthetic[bin] += files.synthetic(i) ? each[i] : 0;
      weight[bin] += each[i];
    }
    List<Bin> bins = new ArrayList<>();
    for (int b = 0; b < BINS; b++) {
      if (weight[b] > 0) {
        bins.add(new Bin(said[b] / weight[b], synthetic[b] / weight[b], weight[b]));
      }
    }
    return bins;
  }

  /** Expected calibration error: what is said against what is, over the bins. */
  static double expectedError(Labelled files) {
    return reliability(files).stream()
        .mapToDouble(bin -> bin.share() * Math.abs(bin.said() - bin.synthetic()))
        .sum();
  }

  /** Mean squared error of the probability (Brier 1950). */
  static double brier(Labelled files) {
    double[] each = balanced(files);
    double sum = 0;
    for (int i = 0; i < files.size(); i++) {
      double error = probability(files.score(i)) - (files.synthetic(i) ? 1 : 0);
      sum += each[i] * error * error;
    }
    return sum;
  }

  /**
   * Cost of log-likelihood ratios, in bits (Brummer and du Preez 2006): 0 of perfect ones, 1 of
   * those that say nothing, more of those that mislead.
   */
  static double cllr(Labelled files) {
    double[] each = balanced(files);
    double sum = 0;
    for (int i = 0; i < files.size(); i++) {
      double against = files.synthetic(i) ? -files.score(i) : files.score(i);
      sum += each[i] * softplus(against) / LOG_2;
    }
    return sum;
  }

  /**
   * The least cost that these scores could have, if they were calibrated as well as can be: by the
   * monotone map that fits best (pool adjacent violators).
   */
  static double leastCllr(Labelled files) {
    double[] each = balanced(files);
    double[] weight = new double[files.size()];
    double[] synthetic = new double[files.size()];
    int blocks = 0;
    for (int i = 0; i < files.size(); ) {
      int end = files.endOfTie(i);
      weight[blocks] = 0;
      synthetic[blocks] = 0;
      for (; i < end; i++) {
        weight[blocks] += each[i];
        synthetic[blocks] += files.synthetic(i) ? each[i] : 0;
      }
      blocks++;
      while (blocks > 1
          && synthetic[blocks - 2] * weight[blocks - 1]
              >= synthetic[blocks - 1] * weight[blocks - 2]) {
        weight[blocks - 2] += weight[blocks - 1];
        synthetic[blocks - 2] += synthetic[blocks - 1];
        blocks--;
      }
    }
    double sum = 0;
    for (int b = 0; b < blocks; b++) {
      double p = weight[b] > 0 ? synthetic[b] / weight[b] : 0;
      sum -= p > 0 ? synthetic[b] * Math.log(p) / LOG_2 : 0;
      sum -= p < 1 ? (weight[b] - synthetic[b]) * Math.log(1 - p) / LOG_2 : 0;
    }
    return sum;
  }

  /** Weights of which each class has a half. */
  private static double[] balanced(Labelled files) {
    double real = files.weight(false);
    double synthetic = files.weight(true);
    double[] each = new double[files.size()];
    for (int i = 0; i < each.length; i++) {
      each[i] = files.weight(i) / 2 / (files.synthetic(i) ? synthetic : real);
    }
    return each;
  }

  private static double softplus(double x) {
    return x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));
  }
}
