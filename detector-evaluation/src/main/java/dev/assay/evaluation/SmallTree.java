package dev.assay.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A decision tree of few levels (Breiman and others 1984, Gini impurity), for one question only:
 * whether some plain numbers tell the classes apart. It is too small for a library of its own.
 */
final class SmallTree {

  private static final int DEPTH = 3;
  private static final int MIN_LEAF = 5;

  private final double share;
  private final int column;
  private final double threshold;
  private final @Nullable SmallTree low;
  private final @Nullable SmallTree high;

  private SmallTree(
      double share,
      int column,
      double threshold,
      @Nullable SmallTree low,
      @Nullable SmallTree high) {
    this.share = share;
    this.column = column;
    this.threshold = threshold;
    this.low = low;
    this.high = high;
  }

  /** Where a column parts the rows best. */
  private record Split(int column, double threshold, double impurity) {}

  /**
   * Fits a tree.
   *
   * @param rows of as many numbers each
   * @param positive the class of each row
   */
  static SmallTree fit(List<double[]> rows, List<Boolean> positive) {
    return fit(rows, positive, IntStream.range(0, rows.size()).toArray(), DEPTH);
  }

  /** The share of the positive class where a row ends up. */
  double predict(double... row) {
    if (low == null || high == null) {
      return share;
    }
    return (row[column] <= threshold ? low : high).predict(row);
  }

  private static SmallTree fit(
      List<double[]> rows, List<Boolean> positive, int[] members, int depth) {
    double share = Arrays.stream(members).filter(positive::get).count() / (double) members.length;
    Split best = new Split(-1, 0, impurity(share) * members.length - 1e-9);
    if (depth > 0 && members.length >= 2 * MIN_LEAF) {
      for (int column = 0; column < rows.get(0).length; column++) {
        best = better(rows, positive, members, column, best);
      }
    }
    if (best.column() < 0) {
      return new SmallTree(share, 0, 0, null, null);
    }
    Split split = best;
    int[] below =
        Arrays.stream(members)
            .filter(i -> rows.get(i)[split.column()] <= split.threshold())
            .toArray();
    int[] above =
        Arrays.stream(members)
            .filter(i -> rows.get(i)[split.column()] > split.threshold())
            .toArray();
    return new SmallTree(
        share,
        split.column(),
        split.threshold(),
        fit(rows, positive, below, depth - 1),
        fit(rows, positive, above, depth - 1));
  }

  private static Split better(
      List<double[]> rows, List<Boolean> positive, int[] members, int column, Split known) {
    Integer[] order = Arrays.stream(members).boxed().toArray(Integer[]::new);
    Arrays.sort(order, (a, b) -> Double.compare(rows.get(a)[column], rows.get(b)[column]));
    int n = order.length;
    double all = Arrays.stream(members).filter(positive::get).count();
    double below = 0;
    Split best = known;
    for (int i = 1; i < n; i++) {
      below += positive.get(order[i - 1]) ? 1 : 0;
      double last = rows.get(order[i - 1])[column];
      double next = rows.get(order[i])[column];
      if (i >= MIN_LEAF && n - i >= MIN_LEAF && last < next) {
        double impurity = i * impurity(below / i) + (n - i) * impurity((all - below) / (n - i));
        if (impurity < best.impurity()) {
          best = new Split(column, last, impurity);
        }
      }
    }
    return best;
  }

  private static double impurity(double share) {
    return 2 * share * (1 - share);
  }
}
