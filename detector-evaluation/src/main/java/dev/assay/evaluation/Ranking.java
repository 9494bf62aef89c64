package dev.assay.evaluation;

import java.util.ArrayList;
import java.util.List;

/** How well scores put synthetic files above real ones, whatever their scale. */
final class Ranking {

  private Ranking() {}

  /**
   * A point of the receiver operating characteristic.
   *
   * @param falsePositives share of real files at or above the threshold
   * @param recall share of synthetic files there
   */
  record Point(double falsePositives, double recall) {}

  /** Area under the receiver operating characteristic: ties count half. */
  static double auroc(Labelled files) {
    double below = 0;
    double sum = 0;
    for (int i = 0; i < files.size(); ) {
      int end = files.endOfTie(i);
      double real = files.weight(false, i, end);
      sum += files.weight(true, i, end) * (below + real / 2);
      below += real;
      i = end;
    }
    return sum / (below * files.weight(true));
  }

  /** Mean precision over recall, by steps; at the shares of the classes as they are. */
  static double averagePrecision(Labelled files) {
    double all = files.weight(true);
    double found = 0;
    double wrong = 0;
    double sum = 0;
    for (int end = files.size(); end > 0; ) {
      int start = startOfTie(files, end);
      double synthetic = files.weight(true, start, end);
      found += synthetic;
      wrong += files.weight(false, start, end);
      sum += found + wrong > 0 ? synthetic / all * found / (found + wrong) : 0;
      end = start;
    }
    return sum;
  }

  /** The largest recall at which at most this share of real files is called synthetic. */
  static double recallAt(Labelled files, double falsePositives) {
    double real = files.weight(false);
    double synthetic = files.weight(true);
    double wrong = 0;
    double found = 0;
    for (int end = files.size(); end > 0; ) {
      int start = startOfTie(files, end);
      wrong += files.weight(false, start, end);
      if (wrong > falsePositives * real * (1 + 1e-12)) {
        break;
      }
      found += files.weight(true, start, end);
      end = start;
    }
    return found / synthetic;
  }

  /** All points, from the strictest threshold on. */
  static List<Point> curve(Labelled files) {
    double real = files.weight(false);
    double synthetic = files.weight(true);
    double wrong = 0;
    double found = 0;
    List<Point> points = new ArrayList<>();
    points.add(new Point(0, 0));
    for (int end = files.size(); end > 0; ) {
      int start = startOfTie(files, end);
      wrong += files.weight(false, start, end);
      found += files.weight(true, start, end);
      points.add(new Point(wrong / real, found / synthetic));
      end = start;
    }
    return points;
  }

  private static int startOfTie(Labelled files, int end) {
    int start = end - 1;
    while (start > 0 && files.score(start - 1) == files.score(end - 1)) {
      start--;
    }
    return start;
  }
}
