package dev.assay.page;

import java.util.Locale;

/** Numbers as people read them. */
final class Numbers {

  private static final double MOST = 1_000_000;

  private Numbers() {}

  /** How many times more probable something is, by a natural log-likelihood ratio of any sign. */
  static String times(double ratio) {
    double times = Math.exp(Math.abs(ratio));
    if (times >= MOST) {
      return "> 1,000,000";
    }
    if (times >= 100) {
      double round = Math.pow(10, Math.floor(Math.log10(times)) - 1);
      return String.format(Locale.ROOT, "%,.0f", Math.round(times / round) * round);
    }
    return String.format(Locale.ROOT, times < 10 ? "%.1f" : "%.0f", times);
  }

  /** A share in percent. */
  static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f", 100 * share);
  }

  /** Seconds with one decimal. */
  static String seconds(double seconds) {
    return String.format(Locale.ROOT, "%.1f", seconds);
  }

  /**
   * ENFSI's verbal scale (Guideline for Evaluative Reporting, 2015) in five steps: up to 10, 100,
   * 1,000, 10,000 times, and more.
   */
  static int support(double ratio) {
    double decades = Math.abs(ratio) / Math.log(10);
    return (int) Math.max(1, Math.min(5, Math.ceil(decades)));
  }
}
