package dev.assay.cli;

import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;

/** {@code assay help}: the help. */
final class HelpCommand implements Command {

  @Override
  public String name() {
    return "help";
  }

  @Override
  public String arguments() {
    return "[COMMAND]";
  }

  @Override
  public String summary() {
    return "Show help for Assay or for one command.";
  }

  @Override
  public Options options() {
    return new Options();
  }

  @Override
  public int run(CommandLine line, Terminal terminal) throws UsageException {
    List<String> words = line.getArgList();
    if (words.isEmpty()) {
      HelpText.overview(terminal.out());
      return ExitCode.DONE;
    }
    String word = words.get(0);
    Command command =
        Main.command(word).orElseThrow(() -> new UsageException("unknown command '" + word + "'."));
    HelpText.of(command, terminal.out());
    return ExitCode.DONE;
  }
}
