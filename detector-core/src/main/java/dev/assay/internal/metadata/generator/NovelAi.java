package dev.assay.internal.metadata.generator;

import dev.assay.internal.metadata.Carrier;
import dev.assay.internal.metadata.DeclaredMetadata;
import dev.assay.internal.metadata.MetadataField;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** NovelAI, in PNG and in the EXIF of its WebP files. */
final class NovelAi {

  private static final Pattern SOFTWARE = Pattern.compile("NovelAI(?: Diffusion.{0,80})?");

  static final List<GeneratorRule> ALL =
      List.of(GeneratorRule.generated("novelai", "NovelAI", GeneratorRule.WORDS, NovelAi::found));

  private NovelAi() {}

  private static Optional<Declaration> found(DeclaredMetadata metadata) {
    Optional<MetadataField> png =
        metadata
            .all(Carrier.PNG_TEXT, "Software")
            .filter(f -> f.value().equals("NovelAI"))
            .findFirst();
    if (png.isPresent()) {
      return png.map(
          f ->
              Declaration.at(f)
                  .withPrompt(metadata.text(Carrier.PNG_TEXT, "Description"))
                  .withModel(metadata.text(Carrier.PNG_TEXT, "Source"))
                  .with(settings(metadata.text(Carrier.PNG_TEXT, "Comment"))));
    }
    return metadata
        .all(Carrier.EXIF, "DocumentName")
        .filter(f -> f.value().equals("AI generated image"))
        .findFirst()
        .or(
            () ->
                metadata
                    .all(Carrier.EXIF, "Software")
                    .filter(f -> SOFTWARE.matcher(f.value()).matches())
                    .findFirst())
        .map(
            f ->
                Declaration.at(f)
                    .withPrompt(metadata.text(Carrier.EXIF, "ImageDescription"))
                    .withModel(metadata.text(Carrier.EXIF, "Software"))
                    .with(settings(metadata.text(Carrier.EXIF, "UserComment"))));
  }

  private static Map<String, String> settings(String comment) {
    return Json.settings(Json.object(comment), "steps", "sampler", "seed", "scale", "uc");
  }
}
