package dev.assay.evaluation;

import dev.assay.Verdict.Label;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The answers that files of one class got.
 *
 * @param synthetic called synthetic
 * @param notSynthetic called not synthetic
 * @param altered called altered
 * @param inconclusive without an answer
 * @param failed not examined
 * @param files how many there are
 */
public record Answers(
    Share synthetic,
    Share notSynthetic,
    Share altered,
    Share inconclusive,
    Share failed,
    int files) {

  static Answers of(List<Scored> files) {
    return new Answers(
        label(files, Label.SYNTHETIC),
        label(files, Label.NOT_SYNTHETIC),
        label(files, Label.ALTERED),
        label(files, Label.INCONCLUSIVE),
        share(files, null),
        files.size());
  }

  /** Share of files with a label. */
  static Share label(List<Scored> files, Label label) {
    return share(files, label.code());
  }

  private static Share share(List<Scored> files, @Nullable String label) {
    long count = files.stream().filter(f -> Objects.equals(f.outcome().label(), label)).count();
    long groups = files.stream().map(file -> file.sample().group()).distinct().count();
    return Share.of(count, files.size(), groups);
  }
}
