package dev.assay.cli;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.commons.cli.Option;

/** Completions for the fish shell. */
final class FishCompletion {

  private FishCompletion() {}

  static String script() {
    StringBuilder script =
        new StringBuilder("# Completions of assay for fish; made by 'assay completion fish'.\n");
    String all = Commands.all().stream().map(Command::name).collect(Collectors.joining(" "));
    String none = "not __fish_seen_subcommand_from " + all;
    for (Option option : Commands.withoutCommand().getOptions()) {
      option(script, Commands.common().hasOption(option.getLongOpt()) ? "" : none, option);
    }
    for (Command command : Commands.all()) {
      line(script, none).append(" -f -a ").append(command.name());
      script.append(" -d ").append(quoted(command.summary())).append('\n');
      String used = "__fish_seen_subcommand_from " + command.name();
      command.options().getOptions().forEach(option -> option(script, used, option));
      if (!command.words().isEmpty()) {
        line(script, used).append(" -a ").append(quoted(String.join(" ", command.words())));
        script.append('\n');
      }
    }
    return script.toString();
  }

  private static StringBuilder line(StringBuilder script, String condition) {
    script.append("complete -c assay");
    return condition.isEmpty() ? script : script.append(" -n ").append(quoted(condition));
  }

  private static void option(StringBuilder script, String condition, Option option) {
    line(script, condition).append(" -l ").append(option.getLongOpt());
    if (option.getOpt() != null) {
      script.append(" -s ").append(option.getOpt());
    }
    if (option.hasArg()) {
      List<String> values = OptionValues.of(option);
      boolean file = OptionValues.file(option) || OptionValues.folder(option);
      script.append(file ? " -r -F" : " -x");
      if (!values.isEmpty()) {
        script.append(" -a ").append(quoted(String.join(" ", values)));
      }
    }
    script.append(" -d ").append(quoted(option.getDescription())).append('\n');
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
