package dev.assay.internal.model;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A stretch of speech that sounds generated where the rest does not: a cloned sentence in a real
 * recording. Shown with its times, and not weighed.
 *
 * <p>Two windows in a row are compared with all that lie apart from them, by the sum before its
 * bound: a bounded sum says of a real recording only that it is real, not by how much.
 *
 * <p>Of 57 recordings of two minutes, put together from real clips of pages that the models had not
 * seen, two show one; of 342 synthetic stretches of five seconds by systems not seen either, put
 * into them, 47 % are named, 42 % with at least half of their time in common with what is named
 * (models/training/EXPERIMENTS.md, 30).
 *
 * @param from where it begins, in seconds
 * @param to where it ends, in seconds
 * @param logLikelihoodRatio mean over its windows
 */
record SuspectStretch(double from, double to, double logLikelihoodRatio) {

  /** The mean log-likelihood ratio of two windows in a row that makes a stretch. */
  static final double SUSPECT = 0.5;

  /** By how much the unbounded sum has to exceed its mean over the windows that lie apart. */
  private static final double NOTABLE = 2.5;

  /** Windows farther apart, in seconds from middle to middle, are not in a row. */
  private static final double LARGEST_GAP = 13;

  /**
   * A window and what all models together say of it.
   *
   * @param from where it begins, in seconds
   * @param to where it ends, in seconds
   * @param ratio log-likelihood ratio
   * @param unbounded the same before any bound was laid on it, by which windows are compared
   */
  record Heard(double from, double to, double ratio, double unbounded) {}

  /** The stretch of windows, in order of time, that stands out most, if there is any. */
  static Optional<SuspectStretch> strongest(List<Heard> windows) {
    int best = -1;
    double most = NOTABLE;
    for (int pair = 0; pair + 1 < windows.size(); pair++) {
      double notable = notable(windows, pair);
      if (notable >= most) {
        most = notable;
        best = pair;
      }
    }
    return best < 0 ? Optional.empty() : Optional.of(around(windows, best));
  }

  /** By how much a pair exceeds the rest; nothing of one that does not sound generated. */
  private static double notable(List<Heard> windows, int pair) {
    Heard first = windows.get(pair);
    Heard second = windows.get(pair + 1);
    if ((first.ratio() + second.ratio()) / 2 < SUSPECT || !inRow(first, second)) {
      return 0;
    }
    OptionalDouble rest =
        windows.stream()
            .filter(window -> window.to() <= first.from() || window.from() >= second.to())
            .mapToDouble(Heard::unbounded)
            .average();
    return rest.isEmpty() ? 0 : (first.unbounded() + second.unbounded()) / 2 - rest.getAsDouble();
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
