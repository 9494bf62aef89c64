package dev.assay.cli;

import java.io.IOException;
import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** {@code assay help}: the help. */
final class HelpCommand implements Command {

  private static final String MANUAL = "man";

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
  public List<String> words() {
    return Commands.all().stream().map(Command::name).toList();
  }

  @Override
  public Options options() {
    Options options = new Options();
    options.addOption(
        Option.builder().longOpt(MANUAL).desc("print the manual page, as man(1) reads it").get());
    return options;
  }

  @Override
  public int run(CommandLine line, Terminal terminal) throws UsageException, IOException {
    List<String> words = line.getArgList();
    if (line.hasOption(MANUAL)) {
      ManualPage.write(terminal.out());
      return ExitCode.DONE;
    }
    HelpText help = new HelpText(new TerminalHelp(terminal.out()));
    if (words.isEmpty()) {
      help.overview();
      return ExitCode.DONE;
    }
    String word = words.get(0);
    Command command =
        Commands.named(word)
            .orElseThrow(() -> new UsageException("unknown command '" + word + "'."));
    help.of(command);
    return ExitCode.DONE;
  }
}
