package dev.assay.evaluation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Scored files that were never on a disk. */
final class ScoredFiles {

  private ScoredFiles() {}

  static Scored file(boolean synthetic, double ratio, String unit, String group) {
    Sample sample =
        new Sample(
            Path.of(group), group, synthetic, synthetic ? unit : "", unit, "", group, "", "");
    Outcome outcome =
        new Outcome(
            "",
            "image/png",
            "image",
            64,
            64,
            100,
            "",
            0,
            ratio,
            ratio,
            ratio,
            Map.of(),
            "inconclusive",
            null);
    return new Scored(sample, outcome);
  }

  /** Sixty files, a third of them synthetic, and two scores of each in steps of a tenth. */
  static List<Scored> sixty() {
    return scored(0.8, 0);
  }

  /** The same files in the same order with the second score. */
  static List<Scored> sixtyOthers() {
    return scored(0.4, 60);
  }

  private static List<Scored> scored(double shift, int skipped) {
    long state = 12345;
    for (int i = 0; i < skipped; i++) {
      state = next(state);
    }
    List<Scored> files = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      state = next(state);
      boolean synthetic = i % 3 == 0;
      double score = 3.0 * state / (1L << 31) - 1.5 + (synthetic ? shift : 0);
      files.add(file(synthetic, Math.rint(score * 10) / 10, "unit", "file " + i));
    }
    return files;
  }

  private static long next(long state) {
    return (state * 1103515245 + 12345) % (1L << 31);
  }
}
