package dev.assay.internal.metadata.generator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.internal.metadata.Carrier;
import dev.assay.internal.metadata.DeclaredMetadata;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** SwarmUI. */
final class SwarmUi {

  static final List<GeneratorRule> ALL =
      List.of(
          GeneratorRule.generated(
              "swarmui",
              "SwarmUI",
              GeneratorRule.SETTINGS,
              metadata -> found(metadata).filter(found -> !fromPicture(found))),
          GeneratorRule.edited(
              "swarmui-edited",
              "SwarmUI",
              GeneratorRule.EDIT_SETTINGS,
              metadata -> found(metadata).filter(SwarmUi::fromPicture)));

  private SwarmUi() {}

  private static Optional<Declaration> found(DeclaredMetadata metadata) {
    return Stream.concat(ParameterFields.of(metadata), metadata.all(Carrier.EXIF, "Model"))
        .flatMap(
            f -> {
              JsonNode settings = Json.object(f.value()).path("sui_image_params");
              return settings.isObject()
                  ? Stream.of(
                      Declaration.at(f)
                          .withPrompt(settings.path("prompt").asText())
                          .withModel(settings.path("model").asText())
                          .with(
                              Json.settings(
                                  settings,
                                  "negativeprompt",
                                  "seed",
                                  "steps",
                                  "cfgscale",
                                  "sampler",
                                  "initimagecreativity",
                                  "swarm_version")))
                  : Stream.empty();
            })
        .findFirst();
  }

  /** It is written only where a picture was given: how much of it may change. */
  private static boolean fromPicture(Declaration found) {
    return found.parameters().containsKey("initimagecreativity");
  }
}
