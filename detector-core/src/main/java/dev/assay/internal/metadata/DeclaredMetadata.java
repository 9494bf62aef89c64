package dev.assay.internal.metadata;

import dev.assay.Sentence;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** All that a file says of itself, as far as it could be read within the bounds. Thread-safe. */
public final class DeclaredMetadata {

  private final List<MetadataField> fields;
  private final List<Sentence> damage;
  private final Map<Class<?>, Object> derived = new ConcurrentHashMap<>();

  /**
   * What was read.
   *
   * @param fields what was found, in the order of the file
   * @param damage what could not be read and why, a sentence each
   */
  public DeclaredMetadata(List<MetadataField> fields, List<Sentence> damage) {
    this.fields = List.copyOf(fields);
    this.damage = List.copyOf(damage);
  }

  /** What was found, in the order of the file. */
  public List<MetadataField> fields() {
    return fields;
  }

  /** What could not be read and why, a sentence each. */
  public List<Sentence> damage() {
    return damage;
  }

  /** What several rules need of the fields, derived when the first of them asks. */
  public <T> T once(Class<T> type, Function<DeclaredMetadata, T> derivation) {
    return type.cast(derived.computeIfAbsent(type, key -> derivation.apply(this)));
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
