package dev.assay.evaluation;

import java.util.Arrays;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Intervals by drawing groups with replacement, each class for itself: files of one group are no
 * independent witnesses. The same draws at every call.
 *
 * @param draws how often, at least 1
 */
record Bootstrap(int draws) {

  private static final long SEED = 20261129;
  private static final double TAIL = 0.025;

  /** Figures of the whole. */
  static Bootstrap ofWhole() {
    return new Bootstrap(1000);
  }

  /** Figures of one part of many. */
  static Bootstrap ofPart() {
    return new Bootstrap(200);
  }

  /** A figure with its 95 % interval. */
  Measure measure(Labelled files, ToDoubleFunction<Labelled> figure) {
    double value = figure.applyAsDouble(files);
    double[] drawn =
        IntStream.range(0, draws)
            .parallel()
            .mapToDouble(
                draw -> figure.applyAsDouble(files.drawn(times(files.syntheticGroups(), draw))))
            .filter(Double::isFinite)
            .toArray();
    return interval(value, drawn);
  }

  /** A value with the interval in which the middle 95 % of drawn values lie. */
  static Measure interval(double value, double... drawn) {
    if (drawn.length == 0) {
      return new Measure(value, value, value);
    }
    double[] sorted = drawn.clone();
    Arrays.sort(sorted);
    return new Measure(value, at(sorted, TAIL), at(sorted, 1 - TAIL));
  }

  private static double at(double[] sorted, double share) {
    return sorted[(int) Math.round(share * (sorted.length - 1))];
  }

  /** How often each group is drawn. */
  static int[] times(boolean[] synthetic, int draw) {
    Random random = new Random(SEED + draw);
    int[] times = new int[synthetic.length];
    for (boolean side : new boolean[] {false, true}) {
      int[] members =
          IntStream.range(0, synthetic.length).filter(i -> synthetic[i] == side).toArray();
      for (int i = 0; i < members.length; i++) {
        times[members[random.nextInt(members.length)]]++;
      }
    }
    return times;
  }
}
