package dev.assay.internal.metadata.generator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.internal.metadata.Carrier;
import dev.assay.internal.metadata.DeclaredMetadata;
import dev.assay.internal.metadata.MetadataField;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** InvokeAI, of three ages. */
final class InvokeAi {

  private static final Pattern DREAM_STEPS = Pattern.compile("\" .{0,200}?-s ?\\d+ ");
  private static final Pattern DREAM_SEED = Pattern.compile(" -S ?\\d+(?: |$)");

  static final List<GeneratorRule> ALL =
      List.of(
          GeneratorRule.generated(
              "invokeai",
              "InvokeAI",
              GeneratorRule.SETTINGS,
              metadata -> found(metadata).filter(found -> !edited(found))),
          GeneratorRule.edited(
              "invokeai-edited",
              "InvokeAI",
              GeneratorRule.EDIT_SETTINGS,
              metadata -> found(metadata).filter(InvokeAi::edited)));

  private InvokeAi() {}

  private static boolean edited(Declaration found) {
    String mode = found.parameters().getOrDefault("generation_mode", "");
    return mode.contains("img2img") || mode.contains("inpaint") || mode.contains("outpaint");
  }

  private static Optional<Declaration> found(DeclaredMetadata metadata) {
    Optional<MetadataField> current = metadata.first(Carrier.PNG_TEXT, "invokeai_metadata");
    if (current.isPresent()) {
      JsonNode json = Json.object(current.get().value());
      if (json.isObject()) {
        return Optional.of(
            Declaration.at(current.get())
                .withPrompt(json.path("positive_prompt").asText())
                .withModel(
                    json.path("model")
                        .path("model_name")
                        .asText(json.path("model").path("name").asText()))
                .with(
                    Json.settings(
                        json,
                        "generation_mode",
                        "seed",
                        "steps",
                        "cfg_scale",
                        "scheduler",
                        "negative_prompt",
                        "app_version")));
      }
    }
    Optional<MetadataField> second = metadata.first(Carrier.PNG_TEXT, "sd-metadata");
    if (second.isPresent()) {
      JsonNode json = Json.object(second.get().value());
      if (json.path("app_id").asText().contains("invoke-ai")) {
        JsonNode image = json.path("image");
        return Optional.of(
            Declaration.at(second.get())
                .withModel(json.path("model_weights").asText())
                .withPrompt(
                    image
                        .path("prompt")
                        .path(0)
                        .path("prompt")
                        .asText(image.path("prompt").asText()))
                .with(Json.settings(image, "seed", "steps", "cfg_scale", "sampler")));
      }
    }
    return metadata
        .first(Carrier.PNG_TEXT, "Dream")
        .filter(
            f ->
                f.value().startsWith("\"")
                    && DREAM_STEPS.matcher(f.value()).find()
                    && DREAM_SEED.matcher(f.value()).find())
        .map(f -> Declaration.at(f).withPrompt(f.value()));
  }
}
