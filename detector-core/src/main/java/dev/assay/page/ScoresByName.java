package dev.assay.page;

import java.util.Collections;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Probabilities of many files by the name of what they belong to, a folder for example. Only the
 * names that come first in the alphabet are kept, and of their scores how often each step of the
 * scale was met, so that memory does not grow with the files.
 */
final class ScoresByName {

  /** As fine as a plot can show. */
  private static final int STEPS = 400;

  private final int most;
  private final NavigableMap<String, Scores> byName = new TreeMap<>();

  /**
   * No scores yet.
   *
   * @param most names that are kept
   */
  ScoresByName(int most) {
    this.most = most;
  }

  /** Probabilities of files that belong together. */
  static final class Scores {

    private final int[] met = new int[STEPS + 1];
    private int count;

    private void add(double probability) {
      met[(int) Math.round(probability * STEPS)]++;
      count++;
    }

    /** How many there are. */
    int count() {
      return count;
    }

    /** The one that half of them do not reach. */
    double middle() {
      int before = 0;
      int step = 0;
      while (before + met[step] <= count / 2) {
        before += met[step];
        step++;
      }
      return (double) step / STEPS;
    }

    /** The steps of the scale that were met, rising. */
    DoubleStream met() {
      return IntStream.rangeClosed(0, STEPS)
          .filter(step -> met[step] > 0)
          .mapToDouble(step -> (double) step / STEPS);
    }
  }

  /**
   * Adds a score.
   *
   * @param probability from 0 to 1
   */
  void add(String name, double probability) {
    byName.computeIfAbsent(name, key -> new Scores()).add(probability);
    if (byName.size() > most) {
      byName.pollLastEntry();
    }
  }

  /** The scores of the first names. */
  NavigableMap<String, Scores> byName() {
    return Collections.unmodifiableNavigableMap(byName);
  }
}
