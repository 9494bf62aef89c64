package dev.assay.internal.metadata.generator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.internal.metadata.Carrier;
import dev.assay.internal.metadata.DeclaredMetadata;
import dev.assay.internal.metadata.MetadataField;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Fooocus, by its own scheme and by that of the web UI. */
final class Fooocus {

  static final List<GeneratorRule> ALL =
      List.of(GeneratorRule.generated("fooocus", "Fooocus", GeneratorRule.WORDS, Fooocus::found));

  private Fooocus() {}

  static Optional<Declaration> found(DeclaredMetadata metadata) {
    Optional<MetadataField> scheme =
        metadata
            .all(Carrier.PNG_TEXT, "fooocus_scheme")
            .filter(f -> f.value().equals("fooocus") || f.value().equals("a1111"))
            .findFirst()
            .or(
                () ->
                    metadata
                        .all(Carrier.EXIF, "Software")
                        .filter(f -> f.value().matches("Fooocus v\\d[\\w.+-]{0,30}"))
                        .findFirst());
    if (scheme.isPresent()) {
      return Optional.of(
          ParameterFields.of(metadata)
              .findFirst()
              .flatMap(
                  f -> {
                    JsonNode json = Json.object(f.value());
                    return json.isObject()
                        ? Optional.of(declaration(f, json))
                        : GenerationText.parse(f);
                  })
              .orElseGet(() -> Declaration.at(scheme.get())));
    }
    return Stream.concat(
            metadata.all(Carrier.PNG_TEXT, "Comment"), metadata.all(Carrier.JPEG_COMMENT, ""))
        .flatMap(
            f -> {
              JsonNode json = Json.object(f.value());
              return json.has("prompt") && json.has("negative_prompt") && json.has("base_model")
                  ? Stream.of(declaration(f, json))
                  : Stream.empty();
            })
        .findFirst();
  }

  private static Declaration declaration(MetadataField field, JsonNode json) {
    return Declaration.at(field)
        .withPrompt(json.path("prompt").asText())
        .withModel(json.path("base_model").asText())
        .with(
            Json.settings(
                json, "negative_prompt", "seed", "steps", "sampler", "guidance_scale", "version"));
  }
}
