package dev.assay.cli;

import java.io.PrintStream;

/**
 * Where a command writes.
 *
 * @param out standard output: results, nothing else
 * @param err standard error: progress, summaries and complaints
 * @param interactive whether a person watches standard error
 * @param shown whether a person watches standard output
 * @param ownsProcess whether the process is the command's own, and its signals too
 */
record Terminal(
    PrintStream out, PrintStream err, boolean interactive, boolean shown, boolean ownsProcess) {

  /** One whose output nobody watches, of a process that is another's. */
  static Terminal piped(PrintStream out, PrintStream err) {
    return new Terminal(out, err, false, false, false);
  }

  /**
   * Makes text from a file safe to show: control characters, which a terminal would obey, and marks
   * that turn the direction of writing are shown as {@code \\uXXXX}.
   */
  static String safe(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
        safe.append(String.format("\\u%04x", (int) c));
      } else {
        safe.append(c);
      }
    }
    return safe.toString();
  }
}
