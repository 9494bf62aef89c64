package dev.assay.internal.resource;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.InstallationException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/** Sentences in other languages, from all files {@code META-INF/assay/sentences_CODE.json}. */
public final class Translations {

  private Translations() {}

  /**
   * English patterns and their translations.
   *
   * @param code of the language
   * @throws InstallationException if a file is broken
   */
  public static Map<String, String> read(String code) {
    String name = "META-INF/assay/sentences_" + code + ".json";
    Map<String, String> patterns = new HashMap<>();
    ObjectMapper json = new ObjectMapper();
    try {
      for (URL place : Collections.list(Translations.class.getClassLoader().getResources(name))) {
        try (InputStream stream = place.openStream()) {
          patterns.putAll(json.readValue(stream, new TypeReference<Map<String, String>>() {}));
        }
      }
    } catch (IOException e) {
      throw new InstallationException(
          "The installation's " + name + " cannot be read: " + e.getMessage(), e);
    }
    return Collections.unmodifiableMap(patterns);
  }
}
