package dev.assay.internal.metadata.generator;

import dev.assay.internal.metadata.Carrier;
import dev.assay.internal.metadata.DeclaredMetadata;
import dev.assay.internal.metadata.MetadataField;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The fields in which programs keep their settings: for parameters, for comments, for whatever a
 * user writes.
 */
final class ParameterFields {

  private static final Set<String> COMMENTS =
      Set.of(
          "comment",
          "comm",
          "description",
          "\u00a9cmt",
          "\u00a9des",
          "desc",
          "parameters",
          "icmt",
          "com.apple.quicktime.comment",
          "com.apple.quicktime.description",
          "wm/comments");

  private ParameterFields() {}

  /** The fields of a file, in its order. */
  static Stream<MetadataField> of(DeclaredMetadata metadata) {
    return metadata.fields().stream()
        .filter(
            f ->
                switch (f.carrier()) {
                  case PNG_TEXT ->
                      f.name().equals("parameters") || f.name().equals("postprocessing");
                  case EXIF -> f.name().equals("UserComment");
                  case GIF_COMMENT, JPEG_COMMENT -> true;
                  default -> comment(f);
                });
  }

  /** The field for remarks, which every container names otherwise. */
  private static boolean comment(MetadataField field) {
    return COMMENTS.contains(field.name().toLowerCase(Locale.ROOT))
        && field.carrier() != Carrier.XMP
        && field.carrier() != Carrier.IPTC;
  }
}
