package dev.assay.natives;

import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The operating system and the processor, as the names of native libraries need them. */
final class Platform {

  /** Operating systems for which native libraries ship. */
  enum Os {
    LINUX,
    MAC,
    WINDOWS
  }

  private Platform() {}

  /** The operating system; what is neither Windows nor macOS is treated as Linux. */
  static Os os() {
    String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    if (name.startsWith("windows")) {
      return Os.WINDOWS;
    }
    return name.startsWith("mac") ? Os.MAC : Os.LINUX;
  }

  /** Whether the processor is a 64-bit ARM; else it is x86-64. */
  static boolean arm() {
    return System.getProperty("os.arch").equals("aarch64");
  }

  /** The user's folder for caches. */
  static Path caches() {
    Path home = Path.of(System.getProperty("user.home"));
    return switch (os()) {
      case WINDOWS -> environment("LOCALAPPDATA", home.resolve("AppData").resolve("Local"));
      case MAC -> home.resolve("Library").resolve("Caches");
      case LINUX -> environment("XDG_CACHE_HOME", home.resolve(".cache"));
    };
  }

  private static Path environment(String name, Path otherwise) {
    @Nullable String value = System.getenv(name);
    return value == null || value.isEmpty() ? otherwise : Path.of(value);
  }
}
