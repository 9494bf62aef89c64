package dev.assay.internal.metadata.generator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.internal.metadata.Carrier;
import dev.assay.internal.metadata.DeclaredMetadata;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Draw Things. */
final class DrawThings {

  static final List<GeneratorRule> ALL =
      List.of(
          GeneratorRule.generated(
              "draw-things", "Draw Things", GeneratorRule.SETTINGS, DrawThings::found));

  private DrawThings() {}

  private static Optional<Declaration> found(DeclaredMetadata metadata) {
    return metadata
        .all(Carrier.XMP, "exif:UserComment")
        .flatMap(
            f -> {
              JsonNode json = Json.object(f.value());
              return json.has("c") && json.has("sampler") && json.has("steps") && json.has("seed")
                  ? Stream.of(
                      Declaration.at(f)
                          .withPrompt(json.path("c").asText())
                          .withModel(json.path("model").asText())
                          .with(
                              Json.settings(
                                  json, "uc", "seed", "sampler", "scale", "steps", "size")))
                  : Stream.empty();
            })
        .findFirst();
  }
}
