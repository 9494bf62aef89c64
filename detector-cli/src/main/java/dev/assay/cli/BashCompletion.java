package dev.assay.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.commons.cli.Option;

/** Completions for Bash. */
final class BashCompletion {

  private static final String HEAD =
      """
      # Completions of assay for bash; made by 'assay completion bash'.
      _assay_paths() {
        local IFS=$'\\n'
        COMPREPLY+=($(compgen "$1" -- "$current"))
      }
      _assay() {
        local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} command= word skip= i at=0
        for ((i = 1; i < COMP_CWORD; i++)); do
          word=${COMP_WORDS[i]}
          if [[ -n $skip ]]; then skip=; continue; fi
          case $word in
            --plugins) skip=1 ;;
            -*) ;;
            *) command=$word; at=$i; break ;;
          esac
        done
        [[ -n $command ]] || at=$((COMP_CWORD - 1))
        COMPREPLY=()
        compopt -o filenames 2>/dev/null
      """;

  private static final String TAIL =
      """
      }
      complete -F _assay assay
      """;

  private BashCompletion() {}

  static String script() {
    StringBuilder script = new StringBuilder(HEAD);
    script.append("  case $command:$previous in\n");
    for (Command command : Commands.all()) {
      options(command).forEach(option -> value(script, command, option));
    }
    script.append("    *:--plugins) _assay_paths -d; return ;;\n");
    script.append("  esac\n  case $command in\n");
    words(
        script,
        "\"\"",
        names(Commands.withoutCommand().getOptions()),
        Commands.all().stream().map(Command::name).toList());
    for (Command command : Commands.all()) {
      List<Option> all = new ArrayList<>(options(command));
      all.addAll(Commands.common().getOptions());
      words(script, command.name(), names(all), command.words());
    }
    return script.append("  esac\n").append(TAIL).toString();
  }

  private static List<Option> options(Command command) {
    return List.copyOf(command.options().getOptions());
  }

  private static void value(StringBuilder script, Command command, Option option) {
    if (!option.hasArg()) {
      return;
    }
    List<String> values = OptionValues.of(option);
    String reply =
        !values.isEmpty()
            ? "COMPREPLY=($(compgen -W \"" + String.join(" ", values) + "\" -- \"$current\"))"
            : OptionValues.file(option)
                ? "_assay_paths -f"
                : OptionValues.folder(option) ? "_assay_paths -d" : "";
    String pattern = command.name() + ":--" + option.getLongOpt();
    String shorter = option.getOpt() == null ? "" : "|" + command.name() + ":-" + option.getOpt();
    script.append("    ").append(pattern).append(shorter).append(") ").append(reply);
    script.append(reply.isEmpty() ? "return ;;\n" : "; return ;;\n");
  }

  private static void words(
      StringBuilder script, String command, String options, List<String> words) {
    script
        .append("    ")
        .append(command)
        .append(")\n      if [[ $current == -* ]]; then COMPREPLY=($(compgen -W \"")
        .append(options)
        .append("\" -- \"$current\"))\n");
    if (!words.isEmpty()) {
      script.append("      elif ((COMP_CWORD == at + 1)); then COMPREPLY=($(compgen -W \"");
      script.append(String.join(" ", words)).append("\" -- \"$current\"))\n");
    }
    script.append("      else _assay_paths -f; fi ;;\n");
  }

  private static String names(Iterable<Option> options) {
    List<Option> all = new ArrayList<>();
    options.forEach(all::add);
    return all.stream()
        .map(option -> "--" + option.getLongOpt())
        .distinct()
        .collect(Collectors.joining(" "));
  }
}
