package dev.assay.metadata;

import dev.assay.Sentence;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All that a file says of itself, as far as it could be read within the bounds.
 *
 * @param fields what was found, in the order of the file
 * @param damage what could not be read and why, a sentence each
 */
public record DeclaredMetadata(List<MetadataField> fields, List<Sentence> damage) {

  public DeclaredMetadata {
    fields = List.copyOf(fields);
    damage = List.copyOf(damage);
  }

  /** The fields of that name under that carrier. */
  public Stream<MetadataField> all(Carrier carrier, String name) {
    return fields.stream().filter(f -> f.carrier() == carrier && f.name().equals(name));
  }

  /** The first field of that name under that carrier. */
  public Optional<MetadataField> first(Carrier carrier, String name) {
    return all(carrier, name).findFirst();
  }

  /** The text of the first field of that name under that carrier, or nothing. */
  public String text(Carrier carrier, String name) {
    return first(carrier, name).map(MetadataField::value).orElse("");
  }
}
