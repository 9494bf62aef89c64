package dev.assay.internal.metadata.generator;

import dev.assay.internal.metadata.Carrier;
import dev.assay.internal.metadata.DeclaredMetadata;
import dev.assay.internal.metadata.DigitalSourceType;
import dev.assay.internal.metadata.Strength;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** IPTC's vocabulary of digital source types, and its fields on AI of 2025. */
final class VocabularyRules {

  // The second name is a misspelling that an edition of the schema carried.
  private static final Set<String> SOURCE_TYPE =
      Set.of("Iptc4xmpExt:DigitalSourceType", "Iptc4xmpExt:DigitalSourcefileType");
  private static final List<String> AI_FIELDS =
      List.of(
          "Iptc4xmpExt:AISystemUsed",
          "Iptc4xmpExt:AISystemVersionUsed",
          "Iptc4xmpExt:AIPromptInformation",
          "Iptc4xmpExt:AIPromptWriterName");

  static final List<GeneratorRule> ALL = all();

  private VocabularyRules() {}

  private static List<GeneratorRule> all() {
    List<GeneratorRule> rules = new ArrayList<>();
    for (DigitalSourceType type : DigitalSourceType.values()) {
      rules.add(
          new GeneratorRule(
              type.rule(),
              Strength.STATED,
              type.effect(),
              "",
              meaning(type),
              metadata -> sourceType(metadata, type)));
    }
    rules.add(
        GeneratorRule.generated(
            "iptc-ai-fields",
            "",
            "names an AI system or a prompt in the fields that IPTC has for it",
            VocabularyRules::aiFields));
    return List.copyOf(rules);
  }

  private static String meaning(DigitalSourceType type) {
    return switch (type) {
      case TRAINED_ALGORITHMIC_MEDIA -> "says that a trained model generated the media";
      case COMPOSITE_WITH_TRAINED_ALGORITHMIC_MEDIA ->
          "says that the media was edited with a trained model";
      case COMPOSITE_SYNTHETIC -> "says that the media is composed with synthetic parts";
      case TRAINED_ALGORITHMIC_DATA -> "says that a trained model generated the data";
    };
  }

  private static Optional<Declaration> sourceType(
      DeclaredMetadata metadata, DigitalSourceType type) {
    return metadata.fields().stream()
        .filter(f -> f.carrier() == Carrier.XMP && SOURCE_TYPE.contains(f.name()))
        .filter(f -> DigitalSourceType.of(f.value()).filter(type::equals).isPresent())
        .findFirst()
        .map(Declaration::at);
  }

  private static Optional<Declaration> aiFields(DeclaredMetadata metadata) {
    return AI_FIELDS.stream()
        .flatMap(
            name ->
                metadata.fields().stream()
                    .filter(f -> f.carrier() == Carrier.XMP && f.name().equals(name)))
        .findFirst()
        .map(
            f ->
                Declaration.at(f)
                    .by(metadata.text(Carrier.XMP, "Iptc4xmpExt:AISystemUsed"))
                    .withModel(metadata.text(Carrier.XMP, "Iptc4xmpExt:AISystemVersionUsed"))
                    .withPrompt(metadata.text(Carrier.XMP, "Iptc4xmpExt:AIPromptInformation")));
  }
}
