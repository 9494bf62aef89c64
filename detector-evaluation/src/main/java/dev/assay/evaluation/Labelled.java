package dev.assay.evaluation;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** Scores of labelled files in ascending order, with the weight and the group of each. */
final class Labelled {

  private final double[] scores;
  private final boolean[] synthetic;
  private final double[] weights;
  private final int[] groups;
  private final int groupCount;

  private Labelled(
      double[] scores, boolean[] synthetic, double[] weights, int[] groups, int groupCount) {
    this.scores = scores;
    this.synthetic = synthetic;
    this.weights = weights;
    this.groups = groups;
    this.groupCount = groupCount;
  }

  /** Each file alike. */
  static Labelled files(List<Scored> files, ToDoubleFunction<Scored> score) {
    return weighted(files, score, file -> "");
  }

  /** Systems alike among synthetic files, sources alike among real ones. */
  static Labelled units(List<Scored> files, ToDoubleFunction<Scored> score) {
    return weighted(files, score, file -> file.sample().unit());
  }

  private static Labelled weighted(
      List<Scored> files, ToDoubleFunction<Scored> score, Function<Scored, String> unit) {
    Map<String, Integer> sizes = new HashMap<>();
    files.forEach(file -> sizes.merge(file.synthetic() + unit.apply(file), 1, Integer::sum));
    boolean alike = files.stream().map(unit).anyMatch(name -> !name.isEmpty());
    Scored[] sorted = files.toArray(Scored[]::new);
    Arrays.sort(sorted, Comparator.comparingDouble(score));
    int n = sorted.length;
    Labelled labelled =
        new Labelled(new double[n], new boolean[n], new double[n], new int[n], groupCount(files));
    // By the order of the files, so that two scores of the same files have the same groups.
    Map<String, Integer> numbers = new HashMap<>();
    files.forEach(file -> numbers.putIfAbsent(group(file), numbers.size()));
    for (int i = 0; i < n; i++) {
      Scored file = sorted[i];
      labelled.scores[i] = score.applyAsDouble(file);
      labelled.synthetic[i] = file.synthetic();
      Integer size = sizes.get(file.synthetic() + unit.apply(file));
      labelled.weights[i] = alike && size != null ? 1.0 / size : 1;
      labelled.groups[i] = numbers.getOrDefault(group(file), 0);
    }
    return labelled;
  }

  private static int groupCount(List<Scored> files) {
    return (int) files.stream().map(Labelled::group).distinct().count();
  }

  /** Groups of the two classes are never one. */
  private static String group(Scored file) {
    return file.synthetic() + file.sample().group();
  }

  int size() {
    return scores.length;
  }

  double score(int i) {
    return scores[i];
  }

  boolean synthetic(int i) {
    return synthetic[i];
  }

  double weight(int i) {
    return weights[i];
  }

  int group(int i) {
    return groups[i];
  }

  int groups() {
    return groupCount;
  }

  /** Which groups hold synthetic files. */
  boolean[] syntheticGroups() {
    boolean[] of = new boolean[groupCount];
    for (int i = 0; i < scores.length; i++) {
      of[groups[i]] = synthetic[i];
    }
    return of;
  }

  /** The same with each file counted as often as its group was drawn. */
  Labelled drawn(int[] times) {
    double[] other = weights.clone();
    for (int i = 0; i < other.length; i++) {
      other[i] *= times[groups[i]];
    }
    return new Labelled(scores, synthetic, other, groups, groupCount);
  }

  /** The first place behind those of the same score as a place. */
  int endOfTie(int start) {
    int end = start + 1;
    while (end < scores.length && scores[end] == scores[start]) {
      end++;
    }
    return end;
  }

  /** The weight of a class between two places. */
  double weight(boolean ofSynthetic, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += synthetic[i] == ofSynthetic ? weights[i] : 0;
    }
    return sum;
  }

  double weight(boolean ofSynthetic) {
    return weight(ofSynthetic, 0, scores.length);
  }
}
