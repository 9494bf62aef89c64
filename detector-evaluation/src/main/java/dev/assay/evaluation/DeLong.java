package dev.assay.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Whether two areas under the receiver operating characteristic differ that were measured on the
 * same files (DeLong, DeLong and Clarke-Pearson 1988, by midranks after Sun and Xu 2014). Each file
 * counts as an independent witness; where groups are larger, the bootstrap is the one to go by.
 */
final class DeLong {

  private DeLong() {}

  /** How far one score's area is from its mean, file by file. */
  private record Components(double auroc, List<Double> ofSynthetic, List<Double> ofReal) {}

  /** The two-sided probability of a difference at least so large if there is none. */
  static double probability(
      List<Scored> files, ToDoubleFunction<Scored> one, ToDoubleFunction<Scored> other) {
    Components first = components(files, one);
    Components second = components(files, other);
    double variance =
        variance(first.ofSynthetic(), second.ofSynthetic())
            + variance(first.ofReal(), second.ofReal());
    double difference = Math.abs(first.auroc() - second.auroc());
    if (!(variance > 0)) {
      return difference > 0 ? 0 : 1;
    }
    return 2 * upperTail(difference / Math.sqrt(variance));
  }

  /** Variance of the mean of differences. */
  private static double variance(List<Double> one, List<Double> other) {
    int n = one.size();
    if (n < 2) {
      return 0;
    }
    double mean = 0;
    for (int i = 0; i < n; i++) {
      mean += (one.get(i) - other.get(i)) / n;
    }
    double sum = 0;
    for (int i = 0; i < n; i++) {
      double off = one.get(i) - other.get(i) - mean;
      sum += off * off;
    }
    return sum / (n - 1) / n;
  }

  private static Components components(List<Scored> files, ToDoubleFunction<Scored> score) {
    List<Scored> synthetic = files.stream().filter(Scored::synthetic).toList();
    List<Scored> real = files.stream().filter(file -> !file.synthetic()).toList();
    double[] positives = synthetic.stream().mapToDouble(score).toArray();
    double[] negatives = real.stream().mapToDouble(score).toArray();
    double[] all = files.stream().mapToDouble(score).toArray();
    Arrays.sort(positives);
    Arrays.sort(negatives);
    Arrays.sort(all);
    int m = positives.length;
    int n = negatives.length;
    List<Double> ofSynthetic =
        synthetic.stream()
            .map(score::applyAsDouble)
            .map(value -> (midrank(all, value) - midrank(positives, value)) / n)
            .toList();
    List<Double> ofReal =
        real.stream()
            .map(score::applyAsDouble)
            .map(value -> 1 - (midrank(all, value) - midrank(negatives, value)) / m)
            .toList();
    double auroc = ofSynthetic.stream().mapToDouble(Double::doubleValue).average().orElse(0.5);
    return new Components(auroc, ofSynthetic, ofReal);
  }

  /** Mean rank, from 1, of the values that equal this one. */
  private static double midrank(double[] sorted, double value) {
    return (first(sorted, value, false) + first(sorted, value, true) + 1) / 2.0;
  }

  /** How many values lie below one, or do not lie above it. */
  private static int first(double[] sorted, double value, boolean above) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < value || (above && sorted[middle] == value)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Upper tail of the normal distribution (Abramowitz and Stegun 26.2.17, to 7.5e-8). */
  private static double upperTail(double z) {
    double t = 1 / (1 + 0.2316419 * z);
    double polynomial =
        t
            * (0.319381530
                + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
    return Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI) * polynomial;
  }
}
