package dev.assay.model;

import java.util.Locale;

/** How figures are put into sentences. */
final class Wording {

  private static final int EXACT_BELOW = 10;

  /** Below 1.05 times a figure would say nothing. */
  private static final double NEITHER = Math.log(1.05);

  private Wording() {}

  /**
   * What a model says, as a phrase after its subject, in the singular.
   *
   * @param what is compared: {@code pictures}, {@code videos}, {@code faces}
   * @param ratio natural log-likelihood ratio, as weighed with the other models
   */
  static String looks(String what, double ratio) {
    if (Math.abs(ratio) < NEITHER) {
      return "looks as much like generated " + what + " as like real ones";
    }
    return String.format(
        Locale.ROOT,
        "looks like %s %s, %s times more than like %s ones",
        ratio > 0 ? "generated" : "real",
        what,
        factor(ratio),
        ratio > 0 ? "real" : "generated");
  }

  /** How many times more likely, either way. */
  static String factor(double ratio) {
    double times = Math.exp(Math.abs(ratio));
    return times < EXACT_BELOW
        ? String.format(Locale.ROOT, "%.1f", times)
        : Long.toString(Math.round(times));
  }

  /** A time, or from when to when. */
  static String span(double fromSeconds, double toSeconds) {
    String from = clock(fromSeconds);
    String to = clock(toSeconds);
    return from.equals(to) ? "at " + from : from + " to " + to;
  }

  /** Seconds as 0:41 or 1:02:03. */
  private static String clock(double seconds) {
    long whole = Math.round(seconds);
    long hours = whole / 3600;
    String rest =
        String.format(
            Locale.ROOT, hours > 0 ? "%02d:%02d" : "%d:%02d", whole / 60 % 60, whole % 60);
    return hours > 0 ? hours + ":" + rest : rest;
  }
}
