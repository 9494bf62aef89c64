package dev.assay.cli;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.cli.Option;

/** Completions for the Z shell. */
final class ZshCompletion {

  private ZshCompletion() {}

  static String script() {
    StringBuilder script = new StringBuilder("#compdef assay\n");
    script.append("# Completions of assay for zsh; made by 'assay completion zsh'.\n");
    script.append("_assay() {\n  local curcontext=$curcontext state line\n  _arguments -C \\\n");
    Commands.withoutCommand().getOptions().forEach(option -> option(script, option));
    script.append("    '1: :->command' '*:: :->rest'\n  case $state in\n  command)\n");
    script.append("    local -a commands=(\n");
    for (Command command : Commands.all()) {
      script
          .append("      '")
          .append(command.name())
          .append(':')
          .append(escaped(command.summary()))
          .append("'\n");
    }
    script.append("    )\n    _describe command commands ;;\n  rest)\n    case $words[1] in\n");
    Commands.all().forEach(command -> command(script, command));
    return script.append("    esac ;;\n  esac\n}\n").append(register()).toString();
  }

  /** The file works in {@code $fpath}, where its name calls it, and where it is sourced. */
  private static String register() {
    return "if [[ $funcstack[1] == _assay ]]; then _assay \"$@\"; else compdef _assay assay; fi\n";
  }

  private static void command(StringBuilder script, Command command) {
    script.append("    ").append(command.name()).append(")\n      _arguments \\\n");
    List<Option> options = new ArrayList<>(command.options().getOptions());
    options.addAll(Commands.common().getOptions());
    options.forEach(option -> option(script, option));
    if (command.words().isEmpty()) {
      script.append("    '*:file:_files' ;;\n");
    } else {
      script
          .append("    '1:word:(")
          .append(String.join(" ", command.words()))
          .append(")' '*:file:_files' ;;\n");
    }
  }

  private static void option(StringBuilder script, Option option) {
    String text = "[" + escaped(option.getDescription()) + "]" + value(option);
    String repeated = option.getDescription().contains("may be repeated") ? "*" : "";
    script.append("    '").append(repeated).append("--").append(option.getLongOpt());
    script.append(option.hasArg() ? "=" : "").append(text).append("' \\\n");
    if (option.getOpt() != null) {
      script.append("    '-").append(option.getOpt()).append(option.hasArg() ? "+" : "");
      script.append(text).append("' \\\n");
    }
  }

  private static String value(Option option) {
    if (!option.hasArg()) {
      return "";
    }
    List<String> values = OptionValues.of(option);
    String action =
        !values.isEmpty()
            ? "(" + String.join(" ", values) + ")"
            : OptionValues.file(option) ? "_files" : OptionValues.folder(option) ? "_files -/" : "";
    return ":" + option.getArgName() + ":" + action;
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\")
        .replace("[", "\\[")
        .replace("]", "\\]")
        .replace(":", "\\:")
        .replace("'", "'\\''");
  }
}
