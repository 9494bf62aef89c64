package dev.assay.internal.metadata.generator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.internal.metadata.Carrier;
import dev.assay.internal.metadata.DeclaredMetadata;
import dev.assay.internal.metadata.MetadataField;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Easy Diffusion. */
final class EasyDiffusion {

  static final List<GeneratorRule> ALL =
      List.of(
          GeneratorRule.generated(
              "easy-diffusion",
              "Easy Diffusion",
              GeneratorRule.SETTINGS,
              metadata -> found(metadata).filter(found -> !fromPicture(found))),
          GeneratorRule.edited(
              "easy-diffusion-edited",
              "Easy Diffusion",
              GeneratorRule.EDIT_SETTINGS,
              metadata -> found(metadata).filter(EasyDiffusion::fromPicture)));

  private EasyDiffusion() {}

  private static Optional<Declaration> found(DeclaredMetadata metadata) {
    Optional<MetadataField> model =
        metadata
            .first(Carrier.PNG_TEXT, "use_stable_diffusion_model")
            .or(() -> metadata.first(Carrier.PNG_TEXT, "Stable Diffusion model"));
    String prompt =
        metadata.text(Carrier.PNG_TEXT, "prompt") + metadata.text(Carrier.PNG_TEXT, "Prompt");
    String strength =
        metadata.text(Carrier.PNG_TEXT, "prompt_strength")
            + metadata.text(Carrier.PNG_TEXT, "Prompt Strength");
    if (model.isPresent() && !prompt.isEmpty()) {
      return model.map(
          f -> Declaration.at(f).withPrompt(prompt).withModel(f.value()).with(strength(strength)));
    }
    return metadata
        .all(Carrier.EXIF, "UserComment")
        .flatMap(
            f -> {
              JsonNode json = Json.object(f.value());
              String name =
                  json.path("use_stable_diffusion_model")
                      .asText(json.path("Stable Diffusion model").asText());
              return name.isEmpty()
                  ? Stream.empty()
                  : Stream.of(
                      Declaration.at(f)
                          .withModel(name)
                          .withPrompt(json.path("prompt").asText(json.path("Prompt").asText()))
                          .with(
                              strength(
                                  json.path("prompt_strength")
                                      .asText(json.path("Prompt Strength").asText()))));
            })
        .findFirst();
  }

  private static Map<String, String> strength(String value) {
    return value.isEmpty() ? Map.of() : Map.of("prompt_strength", value);
  }

  /** It is written only where a picture was given: how much of it may change. */
  private static boolean fromPicture(Declaration found) {
    return found.parameters().containsKey("prompt_strength");
  }
}
