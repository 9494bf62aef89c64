package dev.assay.metadata;

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
 */
record Claim(
    String where,
    Optional<String> generator,
    Optional<String> model,
    Optional<String> prompt,
    Map<String, String> parameters) {

  Claim {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  /** A claim that says no more than that it is there. */
  static Claim at(Field field) {
    return at(field.where());
  }

  /** A claim that says no more than that it is there. */
  static Claim at(String where) {
    return new Claim(where, Optional.empty(), Optional.empty(), Optional.empty(), Map.of());
  }

  Claim by(String name) {
    return new Claim(where, nonBlank(name), model, prompt, parameters);
  }

  Claim withModel(String name) {
    return new Claim(where, generator, nonBlank(name), prompt, parameters);
  }

  Claim withPrompt(String text) {
    return new Claim(where, generator, model, nonBlank(text), parameters);
  }

  Claim with(Map<String, String> settings) {
    return new Claim(where, generator, model, prompt, settings);
  }

  private static Optional<String> nonBlank(String text) {
    return text.isBlank() ? Optional.empty() : Optional.of(text.strip());
  }
}
