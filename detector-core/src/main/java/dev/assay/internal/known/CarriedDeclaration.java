package dev.assay.internal.known;

import dev.assay.known.KnownMatch;
import java.util.OptionalDouble;

/**
 * What a known file's declaration weighs for a copy of it. Either the declaration can be wrong, or
 * the match: the more pictures an index holds, the sooner one of them is near by chance.
 */
final class CarriedDeclaration {

  /** Share of copies whose hashes are near, of those that are only encoded anew or resized. */
  private static final double FOUND = 0.98;

  /**
   * Share of pairs of unlike pictures whose hashes are near, at most: none of 12 million pairs of
   * different origin was (95 % confidence).
   */
  private static final double FALSE_MATCHES = 2.5e-7;

  /** However small the index: nobody measured more. */
  private static final double FEWEST_FALSE = 1e-3;

  private CarriedDeclaration() {}

  /**
   * The log-likelihood ratio.
   *
   * @param pictures that the index holds
   * @return empty where the file was found by its key points alone, says nothing, or the match is
   *     as likely by chance
   */
  static OptionalDouble ratio(KnownMatch match, long pictures) {
    OptionalDouble declared = match.file().declaredRatio();
    if (match.distance().isEmpty() || declared.isEmpty() || !(declared.getAsDouble() > 0)) {
      return OptionalDouble.empty();
    }
    double chance = Math.min(1, Math.max(FEWEST_FALSE, pictures * FALSE_MATCHES));
    // The declaration and the match can each be wrong; their error rates add up.
    double wrong = Math.exp(-declared.getAsDouble()) + chance / FOUND;
    double ratio = -Math.log(wrong);
    return ratio > 0 ? OptionalDouble.of(ratio) : OptionalDouble.empty();
  }
}
