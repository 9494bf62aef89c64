package dev.assay.cli;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** The browser of whoever sits before the machine. */
final class Browser {

  private Browser() {}

  /** Opens an address, if there is a browser and a screen. */
  static void open(String address) {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    List<String> command;
    if (system.startsWith("windows")) {
      command = List.of("rundll32", "url.dll,FileProtocolHandler", address);
    } else if (system.startsWith("mac")) {
      command = List.of("open", address);
    } else if (System.getenv("DISPLAY") != null || System.getenv("WAYLAND_DISPLAY") != null) {
      command = List.of("xdg-open", address);
    } else {
      return;
    }
    try {
      new ProcessBuilder(command)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      // The address stands on the terminal.
    }
  }
}
