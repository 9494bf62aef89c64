package dev.assay.metadata;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All that a file says of itself, as far as it could be read within the bounds.
 *
 * @param fields what was found, in the order of the file
 * @param manifestStore the C2PA manifest store, if there is one
 * @param damage what could not be read and why, a sentence each
 */
record DeclaredMetadata(
    List<Field> fields, Optional<ManifestStore> manifestStore, List<String> damage) {

  DeclaredMetadata {
    fields = List.copyOf(fields);
    damage = List.copyOf(damage);
  }

  /** The fields of that name under that carrier. */
  Stream<Field> all(Carrier carrier, String name) {
    return fields.stream().filter(f -> f.carrier() == carrier && f.name().equals(name));
  }

  /** The first field of that name under that carrier. */
  Optional<Field> first(Carrier carrier, String name) {
    return all(carrier, name).findFirst();
  }

  /** The text of the first field of that name under that carrier, or nothing. */
  String text(Carrier carrier, String name) {
    return first(carrier, name).map(Field::value).orElse("");
  }
}
