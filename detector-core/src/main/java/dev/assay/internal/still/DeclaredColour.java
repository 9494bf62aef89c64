package dev.assay.internal.still;

import org.jspecify.annotations.Nullable;

/** The colours that a still picture says its samples are in. */
public sealed interface DeclaredColour {

  /** Nothing is said. */
  DeclaredColour NONE = new None();

  /** See {@link #NONE}. */
  record None() implements DeclaredColour {}

  /** An ICC profile. */
  @SuppressWarnings("ArrayRecordComponent")
  record Profile(byte[] content) implements DeclaredColour {}

  /** A profile that cannot be read. */
  record Damaged() implements DeclaredColour {}

  /** Primaries and transfer function, by ITU-T H.273. */
  record Codes(int primaries, int transfer) implements DeclaredColour {}

  /**
   * Light as a power of the samples.
   *
   * @param chromaticities x and y of white, red, green and blue; null for those of screens
   * @param exponent of the samples
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Power(double @Nullable [] chromaticities, double exponent) implements DeclaredColour {}
}
