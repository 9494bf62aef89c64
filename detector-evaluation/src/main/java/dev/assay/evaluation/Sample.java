package dev.assay.evaluation;

import java.nio.file.Path;
import java.util.Objects;

/**
 * A file whose origin is known.
 *
 * @param file where it lies
 * @param name what results call it: its path in the data set
 * @param synthetic whether a generative model made it
 * @param system what made it, of synthetic media; empty of real media
 * @param source where it was published or collected: a page, a photographer, a device
 * @param kind what sort of media it is, {@code screenshot} for example; empty where not known
 * @param group what belongs together and must not be parted: files of one scene, prompt or series
 * @param split the part of the data set that it belongs to, {@code train} for example; empty where
 *     there is one part only
 * @param sha256 of its content as the list names it, lower-case hexadecimal; empty where it does
 *     not
 */
public record Sample(
    Path file,
    String name,
    boolean synthetic,
    String system,
    String source,
    String kind,
    String group,
    String split,
    String sha256) {

  public Sample {
    Objects.requireNonNull(file, "file");
    if (synthetic == system.isEmpty()) {
      throw new IllegalArgumentException(
          "synthetic media has a system, real media has none: " + name);
    }
    if (source.isEmpty() || group.isEmpty()) {
      throw new IllegalArgumentException("a sample has a source and a group: " + name);
    }
  }

  /** Its system, or the source of real media: what figures are given for. */
  String unit() {
    return synthetic ? system : source;
  }
}
