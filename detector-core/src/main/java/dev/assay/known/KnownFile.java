package dev.assay.known;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What an index keeps of a picture, or of a frame of a clip, beside its hash.
 *
 * @param name the path or address by which its owner knows it
 * @param sha256 of the file, lower-case hexadecimal; empty where a list does not name it
 * @param seconds of the frame from the start; 0 of a still picture
 * @param label the answer that it got, as reports spell it; empty where it was not judged
 * @param probability that it is synthetic, as judged; empty where it was not
 * @param judged when, as ISO 8601; empty where it was not
 * @param declared what the file said of its origin, a sentence; empty where it said nothing
 * @param declaredRatio log-likelihood ratio of what it said; empty where it weighs nothing
 * @param origin where the entry comes from: {@code report}, {@code folder}, or the name of a list
 */
public record KnownFile(
    String name,
    Optional<String> sha256,
    double seconds,
    Optional<String> label,
    OptionalDouble probability,
    Optional<String> judged,
    Optional<String> declared,
    OptionalDouble declaredRatio,
    String origin) {

  public KnownFile {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(origin, "origin");
    if (!(seconds >= 0)) {
      throw new IllegalArgumentException("seconds must not be negative: " + seconds);
    }
  }
}
