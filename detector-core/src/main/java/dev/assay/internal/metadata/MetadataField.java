package dev.assay.internal.metadata;

import dev.assay.Sentence;

/**
 * One thing that a file says of itself.
 *
 * @param carrier where in the file it sits
 * @param name its name as the carrier's standard spells it: {@code parameters}, {@code
 *     UserComment}, {@code Iptc4xmpExt:DigitalSourceType}
 * @param value its text
 */
public record MetadataField(Carrier carrier, String name, String value) {

  /** Where it sits, for a sentence: {@code PNG text chunk 'parameters'}. */
  public Sentence where() {
    Sentence label = Sentence.of(carrier.label());
    return name.isEmpty() ? label : Sentence.of("{0} '{1}'", label, name);
  }
}
