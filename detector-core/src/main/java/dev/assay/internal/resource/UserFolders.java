package dev.assay.internal.resource;

import java.nio.file.Path;
import java.util.Locale;

/** The user's folders, where each platform has them. They may not exist yet. */
public final class UserFolders {

  /** The system property that names another folder for what can be made anew. */
  public static final String CACHE = "assay.cache";

  /** The system property that names another folder for what cannot. */
  public static final String DATA = "assay.data";

  private enum Platform {
    WINDOWS,
    MAC,
    OTHER;

    static Platform current() {
      String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
      if (system.startsWith("windows")) {
        return WINDOWS;
      }
      return system.startsWith("mac") ? MAC : OTHER;
    }
  }

  private UserFolders() {}

  /** For what Assay unpacks and fetches. */
  public static Path cache() {
    return named(
        CACHE,
        switch (Platform.current()) {
          case WINDOWS -> local();
          case MAC -> home().resolve("Library").resolve("Caches");
          case OTHER -> environment("XDG_CACHE_HOME", home().resolve(".cache"));
        });
  }

  /** For what a user made with Assay. */
  public static Path data() {
    return named(
        DATA,
        switch (Platform.current()) {
          case WINDOWS -> local();
          case MAC -> home().resolve("Library").resolve("Application Support");
          case OTHER -> environment("XDG_DATA_HOME", home().resolve(".local").resolve("share"));
        });
  }

  private static Path named(String property, Path ofPlatform) {
    String set = System.getProperty(property);
    return set != null ? Path.of(set) : ofPlatform.resolve("assay");
  }

  private static Path home() {
    return Path.of(System.getProperty("user.home"));
  }

  private static Path local() {
    return environment("LOCALAPPDATA", home().resolve("AppData").resolve("Local"));
  }

  private static Path environment(String name, Path otherwise) {
    String value = System.getenv(name);
    return value == null || value.isEmpty() ? otherwise : Path.of(value);
  }
}
