package dev.assay.internal.resource;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.InstallationException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
      for (URL place : places(name)) {
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

  /** Those of the context class loader too, where plug-ins are. */
  private static Collection<URL> places(String name) throws IOException {
    Map<String, URL> places = new LinkedHashMap<>();
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    for (ClassLoader loader : new ClassLoader[] {Translations.class.getClassLoader(), context}) {
      if (loader != null) {
        for (URL place : Collections.list(loader.getResources(name))) {
          places.putIfAbsent(place.toString(), place);
        }
      }
    }
    return places.values();
  }
}
