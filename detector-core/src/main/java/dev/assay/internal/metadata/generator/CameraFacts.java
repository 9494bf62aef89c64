package dev.assay.internal.metadata.generator;

import dev.assay.internal.metadata.Carrier;
import dev.assay.internal.metadata.DeclaredMetadata;
import dev.assay.internal.metadata.MetadataField;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a file says of the camera and the software that made it; facts for the reader. */
final class CameraFacts {

  private static final int MAX_CHARS = 200;

  private CameraFacts() {}

  /** The facts by name: make, model, software and the like; empty where the file has none. */
  static Map<String, Object> of(DeclaredMetadata metadata) {
    Map<String, Object> facts = new LinkedHashMap<>();
    put(facts, "make", metadata, "Make", "tiff:Make", "com.apple.quicktime.make");
    put(facts, "model", metadata, "Model", "tiff:Model", "com.apple.quicktime.model");
    put(facts, "lens", metadata, "LensModel");
    put(
        facts,
        "software",
        metadata,
        "Software",
        "xmp:CreatorTool",
        "com.apple.quicktime.software",
        "\u00a9too",
        "WritingApp",
        "ISFT");
    put(
        facts,
        "taken",
        metadata,
        "DateTimeOriginal",
        "exif:DateTimeOriginal",
        "com.apple.quicktime.creationdate");
    put(facts, "changed", metadata, "DateTime", "xmp:ModifyDate");
    if (!facts.isEmpty()) {
      facts.put("positionPresent", positionPresent(metadata));
    }
    return facts;
  }

  private static void put(
      Map<String, Object> facts, String fact, DeclaredMetadata metadata, String... names) {
    for (String name : names) {
      Optional<String> value =
          metadata.fields().stream()
              .filter(f -> f.name().equals(name))
              .map(MetadataField::value)
              .filter(CameraFacts::isName)
              .findFirst();
      if (value.isPresent()) {
        facts.put(fact, value.get());
        return;
      }
    }
  }

  /** Generators put whole graphs, or their own name, where a camera puts its make and model. */
  private static boolean isName(String value) {
    return value.length() <= MAX_CHARS
        && value.indexOf('{') < 0
        && !SoftwareNames.isGenerator(value);
  }

  private static boolean positionPresent(DeclaredMetadata metadata) {
    return metadata.fields().stream()
        .anyMatch(
            f ->
                (f.carrier() == Carrier.EXIF && f.name().equals("GPS"))
                    || f.name().equals("exif:GPSLatitude")
                    || f.name().equals("com.apple.quicktime.location.ISO6709")
                    || f.name().equals("\u00a9xyz"));
  }
}
