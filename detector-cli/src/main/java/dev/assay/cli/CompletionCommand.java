package dev.assay.cli;

import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;

/** {@code assay completion}: what a shell needs to complete commands, options and their values. */
final class CompletionCommand implements Command {

  private static final List<String> SHELLS = List.of("bash", "zsh", "fish");

  @Override
  public String name() {
    return "completion";
  }

  @Override
  public String arguments() {
    return String.join("|", SHELLS);
  }

  @Override
  public String summary() {
    return "Print completions for a shell; source <(assay completion bash) uses them.";
  }

  @Override
  public List<String> words() {
    return SHELLS;
  }

  @Override
  public Options options() {
    return new Options();
  }

  @Override
  public int run(CommandLine line, Terminal terminal) throws UsageException {
    String shell = line.getArgList().size() == 1 ? line.getArgList().get(0) : "";
    terminal
        .out()
        .print(
            switch (shell) {
              case "bash" -> BashCompletion.script();
              case "zsh" -> ZshCompletion.script();
              case "fish" -> FishCompletion.script();
              default ->
                  throw new UsageException(
                      "completion takes one shell: " + String.join(", ", SHELLS) + ".");
            });
    return ExitCode.DONE;
  }
}
