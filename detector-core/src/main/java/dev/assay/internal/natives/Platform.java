package dev.assay.internal.natives;

import java.util.Locale;

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
}
