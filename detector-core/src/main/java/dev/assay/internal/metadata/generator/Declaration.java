package dev.assay.internal.metadata.generator;

import dev.assay.Sentence;
import dev.assay.internal.metadata.MetadataField;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A trace that was found, with what it says.
 *
 * @param where the place, {@code PNG text chunk 'parameters'} for example
 * @param generator the generator that it names, if it names one
 * @param model the model that it names
 * @param prompt the prompt
 * @param parameters settings by name
 * @param remark on what it does not say
 */
record Declaration(
    Sentence where,
    Optional<String> generator,
    Optional<String> model,
    Optional<String> prompt,
    Map<String, String> parameters,
    Optional<Sentence> remark) {

  Declaration {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  /** A claim that says no more than that it is there. */
  static Declaration at(MetadataField field) {
    return at(field.where());
  }

  /** A claim that says no more than that it is there. */
  static Declaration at(Sentence where) {
    return new Declaration(
        where, Optional.empty(), Optional.empty(), Optional.empty(), Map.of(), Optional.empty());
  }

  Declaration by(String name) {
    return new Declaration(where, nonBlank(name), model, prompt, parameters, remark);
  }

  Declaration withModel(String name) {
    return new Declaration(where, generator, nonBlank(name), prompt, parameters, remark);
  }

  Declaration withPrompt(String text) {
    return new Declaration(where, generator, model, nonBlank(text), parameters, remark);
  }

  Declaration with(Map<String, String> settings) {
    return new Declaration(where, generator, model, prompt, settings, remark);
  }

  Declaration remarking(Sentence sentence) {
    return new Declaration(where, generator, model, prompt, parameters, Optional.of(sentence));
  }

  private static Optional<String> nonBlank(String text) {
    return text.isBlank() ? Optional.empty() : Optional.of(text.strip());
  }
}
