package dev.assay.internal.metadata.generator;

import dev.assay.internal.metadata.Carrier;
import dev.assay.internal.metadata.DeclaredMetadata;
import dev.assay.internal.metadata.MetadataField;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Mochi Diffusion for macOS, which names itself in IPTC fields and keeps settings in the caption.
 */
final class MochiDiffusion {

  private static final String NAME = "Mochi Diffusion";
  private static final String PROMPT = "Include in Image";
  private static final List<String> KEYS =
      List.of(PROMPT, "Exclude from Image", "Model", "Steps", "Guidance Scale", "Seed", "Size");

  static final List<GeneratorRule> ALL =
      List.of(
          GeneratorRule.generated(
              "mochi-diffusion", NAME, GeneratorRule.WORDS, MochiDiffusion::found));

  private MochiDiffusion() {}

  private static Optional<Declaration> found(DeclaredMetadata metadata) {
    return Stream.concat(
            metadata.all(Carrier.IPTC, "OriginatingProgram"),
            metadata.all(Carrier.XMP, "xmp:CreatorTool"))
        .filter(field -> field.value().equals(NAME))
        .findFirst()
        .map(field -> declared(field, caption(metadata)));
  }

  private static String caption(DeclaredMetadata metadata) {
    String caption = metadata.text(Carrier.IPTC, "Caption-Abstract");
    return caption.isEmpty() ? metadata.text(Carrier.XMP, "dc:description") : caption;
  }

  private static Declaration declared(MetadataField field, String caption) {
    Map<String, String> settings = settings(caption);
    String prompt = settings.getOrDefault(PROMPT, "");
    settings.remove(PROMPT);
    return Declaration.at(field)
        .withPrompt(prompt)
        .withModel(settings.getOrDefault("Model", ""))
        .with(settings);
  }

  /** Each of the known keys, up to the next of them: a prompt may hold semicolons. */
  private static Map<String, String> settings(String caption) {
    Map<String, String> settings = new LinkedHashMap<>();
    int at = 0;
    for (String key : KEYS) {
      int start = caption.indexOf(key + ": ", at);
      if (start >= 0) {
        at = start + key.length() + 2;
        settings.put(key, caption.substring(at, end(caption, at)));
      }
    }
    return settings;
  }

  private static int end(String caption, int from) {
    return KEYS.stream()
        .mapToInt(key -> caption.indexOf("; " + key + ": ", from))
        .filter(place -> place >= 0)
        .min()
        .orElseGet(
            () -> {
              int semicolon = caption.indexOf(';', from);
              return semicolon < 0 ? caption.length() : semicolon;
            });
  }
}
