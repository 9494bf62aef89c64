package dev.assay.cli;

import dev.assay.server.AccessKeyLine;
import dev.assay.server.ServerSettings;
import java.io.IOException;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** {@code assay serve}: answers over HTTP until it is asked to end. */
final class ServeCommand implements Command {

  @Override
  public String name() {
    return "serve";
  }

  @Override
  public String arguments() {
    return "[options]";
  }

  @Override
  public String summary() {
    return "Examine files that are sent over HTTP; docs/server.md tells how.";
  }

  @Override
  public Options options() {
    Options options = new Options();
    options.addOption(
        DetectorOptions.option(
            "new-key", "NAME", "print a new access key and its line for --keys, and end"));
    options.addOption(
        Option.builder()
            .longOpt("desk")
            .desc("answer /desk/ too, a page for people; 'assay desk' opens it")
            .get());
    ServerOptions.addTo(options, ServerSettings.defaults(), "cache folder");
    return options;
  }

  @Override
  public int run(CommandLine line, Terminal terminal) throws UsageException, IOException {
    if (!line.getArgList().isEmpty()) {
      throw new UsageException("serve takes no files; they are sent to it.");
    }
    if (line.hasOption("new-key")) {
      return newKey(line.getOptionValue("new-key"), terminal);
    }
    Listening.run(
        ServerOptions.settings(line, ServerSettings.defaults()),
        terminal.out(),
        terminal,
        server -> {
          terminal.err().println("Listening on " + server.address() + " until Ctrl-C.");
          if (line.hasOption("desk")) {
            terminal.err().println("The desk is at " + server.deskAddress());
          }
        });
    return ExitCode.DONE;
  }

  private static int newKey(String name, Terminal terminal) throws UsageException {
    try {
      AccessKeyLine made = AccessKeyLine.random(name);
      terminal.err().println("The key, shown this once; send it as 'Authorization: Bearer KEY':");
      terminal.err().println(made.key());
      terminal.err().println("Its line for the file that --keys names:");
      terminal.out().println(made.line());
      return ExitCode.DONE;
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }
}
