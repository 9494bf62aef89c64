package dev.assay.metadata.generator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.metadata.DeclaredMetadata;
import dev.assay.metadata.MetadataField;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** China's implicit label of generated content (GB 45438-2025, annex E). */
final class AigcLabel {

  private static final Set<String> NAMES = Set.of("AIGC", "TC260:AIGC", "UserComment");

  static final List<GeneratorRule> ALL =
      List.of(
          GeneratorRule.generated(
              "china-aigc-label",
              "",
              "holds China's AIGC label, which says that the content is generated",
              metadata -> find(metadata, Set.of("1"))),
          GeneratorRule.generated(
                  "china-aigc-label-suspected",
                  "",
                  "holds China's AIGC label, which says that the content may be generated",
                  metadata -> find(metadata, Set.of("2", "3")))
              .asHint());

  private AigcLabel() {}

  private static Optional<Declaration> find(DeclaredMetadata metadata, Set<String> labels) {
    return metadata.fields().stream()
        .filter(f -> NAMES.contains(f.name()))
        .flatMap(f -> claim(f, labels).stream())
        .findFirst();
  }

  private static Optional<Declaration> claim(MetadataField field, Set<String> labels) {
    JsonNode json = Json.object(field.value());
    if (json.path("AIGC").isObject()) {
      json = json.path("AIGC");
    } else if (json.path("AIGC").isTextual()) {
      json = Json.object(json.path("AIGC").asText());
    } else if (field.name().equals("UserComment")) {
      return Optional.empty();
    }
    if (!labels.contains(json.path("Label").asText())) {
      return Optional.empty();
    }
    return Optional.of(
        Declaration.at(field)
            .by(json.path("ContentProducer").asText())
            .with(
                Json.settings(
                    json,
                    "Label",
                    "ContentProducer",
                    "ProduceID",
                    "ContentPropagator",
                    "PropagateID")));
  }
}
