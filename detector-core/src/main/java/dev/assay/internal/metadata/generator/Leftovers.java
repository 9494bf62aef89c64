package dev.assay.internal.metadata.generator;

import dev.assay.internal.metadata.Carrier;
import dev.assay.internal.metadata.DeclaredMetadata;
import dev.assay.internal.metadata.JpegFields;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What phones' editors and programs for face swaps leave beside a picture. */
final class Leftovers {

  private static final Pattern GENERATIVE = Pattern.compile("\"genAIType\"\\s*:\\s*([1-9]\\d*)");

  static final List<GeneratorRule> ALL =
      List.of(
          GeneratorRule.edited(
              "samsung-gen-ai",
              "Samsung Galaxy AI",
              "says that a generative tool of Samsung's photo editor changed the picture",
              Leftovers::samsung),
          GeneratorRule.processed(
              "faceswap-face",
              "faceswap",
              "holds what the program faceswap keeps with a face that it cut out",
              metadata ->
                  metadata
                      .all(Carrier.PNG_TEXT, "faceswap")
                      .filter(f -> f.value().contains("alignments"))
                      .findFirst()
                      .map(Declaration::at)),
          GeneratorRule.processed(
              "deepfacelab-face",
              "DeepFaceLab",
              "holds what the program DeepFaceLab keeps with a face that it cut out",
              metadata ->
                  metadata
                      .first(Carrier.JPEG_SEGMENT, JpegFields.PICKLED_FACE)
                      .map(Declaration::at)));

  private Leftovers() {}

  private static Optional<Declaration> samsung(DeclaredMetadata metadata) {
    return metadata
        .all(Carrier.SAMSUNG_RECORD, JpegFields.SAMSUNG_EDIT)
        .flatMap(
            field -> {
              Matcher type = GENERATIVE.matcher(field.value());
              return type.find()
                  ? java.util.stream.Stream.of(
                      Declaration.at(field).with(java.util.Map.of("genAIType", type.group(1))))
                  : java.util.stream.Stream.empty();
            })
        .findFirst();
  }
}
