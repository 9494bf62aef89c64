package dev.assay.evaluation;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The largest log-likelihood ratio that data carries: the share of one class beyond a value against
 * the upper 95 % confidence limit of the other's share there. The number of observations is that of
 * the files, shrunk by how much units differ, as the recipe of the shipped models has it ({@code
 * models/training/assay_training/ensemble.py}).
 */
final class StrongestClaim {

  private static final double NORMAL_95 = 1.6448536269514722;
  private static final int VALUES = 60;

  private StrongestClaim() {}

  /**
   * The bound.
   *
   * @param own ratios of the class that the claim is for, larger means more so
   * @param other ratios of the other class, by the unit that they are of
   * @param most what is never exceeded
   */
  static double of(List<Threshold.Of> own, List<Threshold.Of> other, double most) {
    List<Double> sorted = own.stream().map(Threshold.Of::value).sorted().toList();
    double best = 0;
    for (int i = 0; i < VALUES; i++) {
      double value = sorted.get((int) ((0.02 + 0.96 * i / (VALUES - 1)) * (sorted.size() - 1)));
      double hit = mean(shares(own, value).values());
      double limit = limit(shares(other, value).values(), other.size());
      best = Math.max(best, Math.log(Math.max(hit, 1e-9) / limit));
    }
    return Math.min(most, best);
  }

  /** Of each unit, the share that reaches a value. */
  private static Map<String, Double> shares(List<Threshold.Of> values, double from) {
    Map<String, Integer> sizes = new HashMap<>();
    Map<String, Double> shares = new HashMap<>();
    values.forEach(each -> sizes.merge(each.unit(), 1, Integer::sum));
    values.forEach(
        each ->
            shares.merge(
                each.unit(),
                each.value() >= from ? 1.0 / sizes.getOrDefault(each.unit(), 1) : 0,
                Double::sum));
    return shares;
  }

  private static double limit(Collection<Double> shares, int files) {
    double miss = mean(shares);
    double spread = 0;
    for (double share : shares) {
      spread += (share - miss) * (share - miss) / Math.max(1, shares.size() - 1) / shares.size();
    }
    double effective =
        spread > 0
            ? Math.min(files, Math.max(shares.size(), miss * (1 - miss) / spread))
            : shares.size();
    return upper(miss, effective);
  }

  private static double mean(Collection<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
  }

  /** One-sided upper limit of a share of n (Wilson's score interval). */
  private static double upper(double p, double n) {
    double z2 = NORMAL_95 * NORMAL_95;
    return (p + z2 / (2 * n) + NORMAL_95 * Math.sqrt(p * (1 - p) / n + z2 / (4 * n * n)))
        / (1 + z2 / n);
  }
}
