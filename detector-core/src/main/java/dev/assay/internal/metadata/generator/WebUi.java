package dev.assay.internal.metadata.generator;

import dev.assay.internal.metadata.DeclaredMetadata;
import java.util.List;
import java.util.Optional;

/** The web UI of AUTOMATIC1111, and the many that write settings as it does. */
final class WebUi {

  static final List<GeneratorRule> ALL =
      List.of(
          GeneratorRule.generated(
              "stable-diffusion-webui",
              "AUTOMATIC1111 web UI or compatible",
              "holds Stable Diffusion generation settings as AUTOMATIC1111 writes them",
              metadata -> found(metadata, false)),
          GeneratorRule.edited(
              "stable-diffusion-webui-edited",
              "AUTOMATIC1111 web UI or compatible",
              "holds Stable Diffusion settings of a change to a given picture as AUTOMATIC1111"
                  + " writes them",
              metadata -> found(metadata, true)));

  private WebUi() {}

  /** Settings stand in whatever field a program keeps texts in; their form is unmistakable. */
  private static Optional<Declaration> found(DeclaredMetadata metadata, boolean edited) {
    if (Fooocus.found(metadata).isPresent()) {
      return Optional.empty();
    }
    return metadata.fields().stream()
        .map(GenerationText::parse)
        .flatMap(Optional::stream)
        .findFirst()
        .filter(found -> GenerationText.fromPicture(found.parameters()) == edited);
  }
}
