package dev.assay.internal.model;

import java.util.List;
import java.util.Optional;

/**
 * A stretch of speech that sounds generated where the rest does not: a cloned sentence in a real
 * recording. Shown with its times, and not weighed.
 *
 * <p>Of 58 recordings of two minutes, put together from real clips of pages that the models had not
 * seen, two show one; of synthetic stretches by systems not seen either, put into them, 37 % do,
 * after MP3 at 48 kbit/s 32 % (models/training/EXPERIMENTS.md, 30).
 *
 * @param from where it begins, in seconds
 * @param to where it ends, in seconds
 * @param logLikelihoodRatio mean over its windows
 */
record SuspectStretch(double from, double to, double logLikelihoodRatio) {

  /** The mean log-likelihood ratio of two windows in a row that makes a stretch. */
  static final double SUSPECT = 1;

  /** By how much it has to exceed the mean of the whole. */
  private static final double NOTABLE = 2;

  /** Windows farther apart, in seconds from middle to middle, are not in a row. */
  private static final double LARGEST_GAP = 13;

  /**
   * A window and what all models together say of it.
   *
   * @param from where it begins, in seconds
   * @param to where it ends, in seconds
   * @param ratio log-likelihood ratio
   */
  record Heard(double from, double to, double ratio) {}

  /** The strongest stretch of windows in order of time, if there is any. */
  static Optional<SuspectStretch> strongest(List<Heard> windows) {
    double whole = windows.stream().mapToDouble(Heard::ratio).average().orElse(0);
    int best = -1;
    double most = Math.max(SUSPECT, whole + NOTABLE);
    for (int i = 0; i + 1 < windows.size(); i++) {
      double mean = (windows.get(i).ratio() + windows.get(i + 1).ratio()) / 2;
      if (mean >= most && inRow(windows.get(i), windows.get(i + 1))) {
        most = mean;
        best = i;
      }
    }
    return best < 0 ? Optional.empty() : Optional.of(around(windows, best));
  }

  private static boolean inRow(Heard first, Heard next) {
    return next.from() - first.from() <= LARGEST_GAP;
  }

  /** With the neighbours that are at least half as strong. */
  private static SuspectStretch around(List<Heard> windows, int pair) {
    int first = pair;
    int last = pair + 1;
    while (first > 0
        && windows.get(first - 1).ratio() >= SUSPECT / 2
        && inRow(windows.get(first - 1), windows.get(first))) {
      first--;
    }
    while (last + 1 < windows.size()
        && windows.get(last + 1).ratio() >= SUSPECT / 2
        && inRow(windows.get(last), windows.get(last + 1))) {
      last++;
    }
    List<Heard> stretch = windows.subList(first, last + 1);
    return new SuspectStretch(
        stretch.get(0).from(),
        stretch.get(stretch.size() - 1).to(),
        stretch.stream().mapToDouble(Heard::ratio).average().orElseThrow());
  }
}
