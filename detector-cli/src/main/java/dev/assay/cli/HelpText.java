package dev.assay.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.cli.Option;

/** Help, as printed. */
final class HelpText {

  private static final int TEXT_COLUMN = 26;
  private static final int LINE_LENGTH = 96;

  private HelpText() {}

  static void overview(PrintStream out) {
    out.println("Assay tells whether images, videos and audio are synthetic, and shows why.");
    out.println();
    out.println("Usage: assay COMMAND [options] ...");
    out.println();
    for (Command command : Main.COMMANDS) {
      entry(out, command.name(), command.summary());
    }
    out.println();
    entry(out, "COMMAND --help", "show the options of a command");
    entry(out, "--version", "print the version");
    entry(out, Main.DEBUG, "show stack traces of internal errors");
    out.println();
    exitCodes(out);
  }

  static void of(Command command, PrintStream out) {
    out.println("Usage: assay " + command.name() + " " + command.arguments());
    out.println();
    out.println(command.summary());
    out.println();
    for (Option option : command.options().getOptions()) {
      entry(out, spelling(option), option.getDescription());
    }
    entry(out, "-h, --help", "show this text");
    out.println();
    exitCodes(out);
  }

  private static void exitCodes(PrintStream out) {
    out.println("Exit codes");
    entry(out, Integer.toString(ExitCode.DONE), "done");
    entry(
        out,
        Integer.toString(ExitCode.BROKEN),
        "the installation is broken, the output cannot be written, or Assay itself failed");
    entry(out, Integer.toString(ExitCode.USAGE), "invalid arguments");
    entry(
        out,
        Integer.toString(ExitCode.SOME_FAILED),
        "done, but some files could not be examined, and their reports say why; or verify found a"
            + " change");
    entry(
        out,
        Integer.toString(ExitCode.FAIL_ON),
        "done, and a file has the label that --fail-on names");
    entry(
        out,
        "130, 143",
        "stopped by Ctrl-C or by kill, after the files in hand; scan --resume goes on");
  }

  private static String spelling(Option option) {
    String shortForm = option.getOpt() == null ? "" : "-" + option.getOpt() + ", ";
    String argument = option.hasArg() ? " " + option.getArgName() : "";
    return shortForm + "--" + option.getLongOpt() + argument;
  }

  private static void entry(PrintStream out, String name, String text) {
    List<String> lines = wrapped(text);
    String lead = "  " + name;
    if (lead.length() >= TEXT_COLUMN) {
      out.println(lead);
      lead = "";
    }
    for (String line : lines) {
      out.println(lead + " ".repeat(TEXT_COLUMN - lead.length()) + line);
      lead = "";
    }
  }

  private static List<String> wrapped(String text) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (!line.isEmpty() && TEXT_COLUMN + line.length() + 1 + word.length() > LINE_LENGTH) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
