package dev.assay.internal.resource;

import java.nio.file.Path;
import java.util.Locale;

/** The user's folder for what Assay unpacks and fetches. */
public final class CacheFolder {

  /** The system property that names another folder. */
  public static final String PROPERTY = "assay.cache";

  private CacheFolder() {}

  /** Where it is; it may not exist yet. */
  public static Path path() {
    String set = System.getProperty(PROPERTY);
    return set != null ? Path.of(set) : ofPlatform().resolve("assay");
  }

  private static Path ofPlatform() {
    Path home = Path.of(System.getProperty("user.home"));
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    if (system.startsWith("windows")) {
      return environment("LOCALAPPDATA", home.resolve("AppData").resolve("Local"));
    }
    return system.startsWith("mac")
        ? home.resolve("Library").resolve("Caches")
        : environment("XDG_CACHE_HOME", home.resolve(".cache"));
  }

  private static Path environment(String name, Path otherwise) {
    String value = System.getenv(name);
    return value == null || value.isEmpty() ? otherwise : Path.of(value);
  }
}
