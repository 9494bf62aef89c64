package dev.assay.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.OutputStream;
import java.io.PrintStream;

/** Terminals whose output a test reads. */
final class Terminals {

  private Terminals() {}

  /** Output that goes into files or other programs. */
  static Terminal piped(OutputStream out, OutputStream err) {
    return Terminal.piped(new PrintStream(out, false, UTF_8), new PrintStream(err, false, UTF_8));
  }

  /** Output that a person looks at. */
  static Terminal watched(OutputStream out, OutputStream err) {
    return new Terminal(
        new PrintStream(out, false, UTF_8), new PrintStream(err, false, UTF_8), true, true, false);
  }
}
