package dev.assay.known;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * A known picture that a picture may be a copy of.
 *
 * @param entry the known picture
 * @param distance in how many bits the hashes differ, 0 to {@link PdqHash#BITS}; empty where it was
 *     found by its key points
 * @param alignment how the known picture lies in the other; empty where it was found by its hash
 * @param mirrored whether left and right are exchanged
 */
public record KnownMatch(
    KnownEntry entry, OptionalInt distance, Optional<Alignment> alignment, boolean mirrored) {

  /** What is known of it. */
  public KnownFile file() {
    return entry.file();
  }
}
