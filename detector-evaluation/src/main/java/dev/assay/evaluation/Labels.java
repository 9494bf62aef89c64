package dev.assay.evaluation;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The words that data sets use for the two classes and for their parts. */
final class Labels {

  private static final Set<String> REAL =
      Set.of(
          "real",
          "0_real",
          "0",
          "nature",
          "natural",
          "authentic",
          "genuine",
          "human",
          "bonafide",
          "bona-fide",
          "pristine",
          "original",
          "false",
          "not-synthetic");
  private static final Set<String> SYNTHETIC =
      Set.of(
          "synthetic",
          "fake",
          "1_fake",
          "1",
          "ai",
          "generated",
          "ai-generated",
          "aigenerated",
          "deepfake",
          "spoof",
          "manipulated",
          "true");
  private static final Set<String> SPLITS =
      Set.of("train", "training", "val", "valid", "validation", "test", "testing");

  private Labels() {}

  /** Whether a word names synthetic media; empty where it names neither class. */
  static Optional<Boolean> synthetic(String word) {
    String plain = word.trim().toLowerCase(Locale.ROOT);
    if (SYNTHETIC.contains(plain)) {
      return Optional.of(true);
    }
    return REAL.contains(plain) ? Optional.of(false) : Optional.empty();
  }

  /** The same of a folder, where a bare digit or a truth value is no label. */
  static Optional<Boolean> ofFolder(String name) {
    boolean bare = Set.of("0", "1", "true", "false").contains(name);
    return bare ? Optional.empty() : synthetic(name);
  }

  static boolean isSplit(String word) {
    return SPLITS.contains(word.toLowerCase(Locale.ROOT));
  }
}
