package dev.assay.cli;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;

/** One subcommand. Constructing it and asking for its options loads no native library. */
interface Command {

  /** The word that calls it. */
  String name();

  /** What follows the name on a usage line. */
  String arguments();

  /** The words that can come first behind its name; empty if that is a file. */
  default List<String> words() {
    return List.of();
  }

  /** What it does, as one sentence. */
  String summary();

  /** The options that it takes. */
  Options options();

  /**
   * Does it.
   *
   * @return an {@link ExitCode}
   * @throws UsageException if the arguments are invalid
   * @throws IOException if the output cannot be written
   */
  int run(CommandLine line, Terminal terminal)
      throws UsageException, IOException, InterruptedException;

  /** The exit codes that are this command's own, beside those of every command. */
  default Map<Integer, String> outcomes() {
    return Map.of();
  }
}
