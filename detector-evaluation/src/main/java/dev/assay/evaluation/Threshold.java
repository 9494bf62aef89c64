package dev.assay.evaluation;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Where answers begin, and how often they err, units alike. */
final class Threshold {

  private Threshold() {}

  /**
   * A value and where it comes from.
   *
   * @param value a log-likelihood ratio
   * @param unit a system, or a source of real media
   */
  record Of(double value, String unit) {}

  /** The smallest value that at most this share of the weight exceeds; units count alike. */
  static double above(List<Of> values, double share) {
    double[] weights = weights(values);
    List<Integer> order =
        IntStream.range(0, values.size())
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> values.get(i).value()).reversed())
            .toList();
    double above = 0;
    double threshold = Double.POSITIVE_INFINITY;
    for (int i : order) {
      threshold = values.get(i).value();
      above += weights[i];
      if (above > share) {
        break;
      }
    }
    return threshold;
  }

  /** The share of the weight that exceeds a value; units count alike. */
  static double share(List<Of> values, double threshold) {
    double[] weights = weights(values);
    double share = 0;
    for (int i = 0; i < weights.length; i++) {
      share += values.get(i).value() > threshold ? weights[i] : 0;
    }
    return share;
  }

  private static double[] weights(List<Of> values) {
    Map<String, Integer> sizes = new HashMap<>();
    values.forEach(each -> sizes.merge(each.unit(), 1, Integer::sum));
    return values.stream()
        .mapToDouble(each -> 1.0 / sizes.size() / sizes.getOrDefault(each.unit(), 1))
        .toArray();
  }
}
