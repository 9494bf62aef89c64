package dev.assay.evaluation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Two scores of the same files, side by side.
 *
 * @param other what the second scores are called
 * @param files how many have both
 * @param auroc of the first
 * @param otherAuroc of the second
 * @param difference first less second, with the interval of a bootstrap that draws the same groups
 *     for both
 * @param deLong two-sided probability of such a difference if there is none, by DeLong's test
 * @param recallAt5 difference of recall where 5 % of real files are called synthetic, by its own
 *     threshold each
 */
public record Comparison(
    String other,
    int files,
    double auroc,
    double otherAuroc,
    Measure difference,
    double deLong,
    Measure recallAt5) {

  /** Compares; empty where no class has files with both scores. */
  static Optional<Comparison> of(List<Scored> files, String condition, ScoreFile other) {
    List<Scored> both = new ArrayList<>();
    Map<Scored, Double> scores = new HashMap<>();
    for (Scored file : files) {
      OptionalDouble score = other.of(file, condition);
      if (!file.failed() && score.isPresent()) {
        both.add(file);
        scores.put(file, score.getAsDouble());
      }
    }
    if (both.stream().map(Scored::synthetic).distinct().count() < 2) {
      return Optional.empty();
    }
    ToDoubleFunction<Scored> theirs = file -> scores.getOrDefault(file, 0.0);
    Labelled ours = Labelled.files(both, Scored::ratio);
    Labelled others = Labelled.files(both, theirs);
    return Optional.of(
        new Comparison(
            other.name(),
            both.size(),
            Ranking.auroc(ours),
            Ranking.auroc(others),
            difference(ours, others, Ranking::auroc),
            DeLong.probability(both, Scored::ratio, theirs),
            difference(ours, others, files1 -> Ranking.recallAt(files1, 0.05))));
  }

  private static Measure difference(
      Labelled ours, Labelled others, ToDoubleFunction<Labelled> figure) {
    ToDoubleBiFunction<Labelled, Labelled> difference =
        (one, two) -> figure.applyAsDouble(one) - figure.applyAsDouble(two);
    boolean[] groups = ours.syntheticGroups();
    double[] drawn =
        IntStream.range(0, Bootstrap.ofWhole().draws())
            .parallel()
            .mapToDouble(
                draw -> {
                  int[] times = Bootstrap.times(groups, draw);
                  return difference.applyAsDouble(ours.drawn(times), others.drawn(times));
                })
            .filter(Double::isFinite)
            .toArray();
    return Bootstrap.interval(difference.applyAsDouble(ours, others), drawn);
  }
}
