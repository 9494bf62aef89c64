package dev.assay.model;

import java.util.Locale;

/** How figures are put into sentences. */
final class Wording {

  private static final int EXACT_BELOW = 10;

  private Wording() {}

  /** A log-likelihood ratio as a phrase: so many times more likely. */
  static String times(double ratio) {
    double times = Math.exp(Math.abs(ratio));
    return String.format(
        Locale.ROOT,
        "%s times more likely under \"%s\" than under \"%s\"",
        times < EXACT_BELOW
            ? String.format(Locale.ROOT, "%.1f", times)
            : Long.toString(Math.round(times)),
        ratio >= 0 ? "synthetic" : "real",
        ratio >= 0 ? "real" : "synthetic");
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
