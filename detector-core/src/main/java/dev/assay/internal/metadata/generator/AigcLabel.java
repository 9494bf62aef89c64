package dev.assay.internal.metadata.generator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.internal.metadata.DeclaredMetadata;
import dev.assay.internal.metadata.MetadataField;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** China's implicit label of generated content (GB 45438-2025, annex E). */
final class AigcLabel {

  private static final Set<String> NAMES = Set.of("AIGC", "TC260:AIGC", "UserComment");

  private static final List<String> REQUIRED = List.of("Label", "ContentProducer", "ProduceID");
  private static final Pattern PRINTABLE = Pattern.compile("[!-~]+");

  /** A type, the code of an organisation (18 characters), and that of its service (5). */
  private static final Pattern PRODUCER = Pattern.compile("001\\d[0-9A-Z]{18}\\d{5}");

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
    Map<String, String> settings =
        new LinkedHashMap<>(
            Json.settings(
                json, "Label", "ContentProducer", "ProduceID", "ContentPropagator", "PropagateID"));
    String faults = faults(json);
    if (!faults.isEmpty()) {
      settings.put("faults", faults);
    }
    return Optional.of(
        Declaration.at(field).by(json.path("ContentProducer").asText()).with(settings));
  }

  /** What of the label is not as the standard wants it; empty if nothing is. */
  private static String faults(JsonNode label) {
    List<String> faults = new ArrayList<>();
    for (String name : REQUIRED) {
      String value = label.path(name).asText();
      if (value.isEmpty()) {
        faults.add(name + " is missing");
      } else if (!PRINTABLE.matcher(value).matches()) {
        faults.add(name + " holds characters that are not allowed");
      }
    }
    String producer = label.path("ContentProducer").asText();
    if (producer.startsWith("001") && !PRODUCER.matcher(producer).matches()) {
      faults.add("ContentProducer is no code of 27 characters");
    }
    return String.join(", ", faults);
  }
}
