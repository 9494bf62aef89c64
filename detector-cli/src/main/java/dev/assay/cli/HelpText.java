package dev.assay.cli;

import dev.assay.Detector;
import dev.assay.internal.report.ReportFormats;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
    entry(
        out,
        Plugins.OPTION + " DIR",
        "also use the examiners and forms of output in the jars of this folder");
    entry(out, Main.DEBUG, "show stack traces of internal errors");
    out.println();
    exitCodes(new ScanCommand().outcomes(), out);
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
    if (command.options().hasLongOption(DetectorOptions.ONLY)) {
      examiners(out);
    }
    if (command.options().hasLongOption(ScanRequest.FORMAT)) {
      forms(out);
    }
    exitCodes(command.outcomes(), out);
  }

  private static void forms(PrintStream out) {
    out.println("Forms of output, for --" + ScanRequest.FORMAT);
    ReportFormats.all().forEach(format -> entry(out, format.id(), format.summary()));
    out.println();
  }

  private static void examiners(PrintStream out) {
    out.println("Examiners, for --" + DetectorOptions.ONLY);
    Detector.examiners().forEach(info -> entry(out, info.id(), info.summary()));
    out.println();
  }

  private static void exitCodes(Map<Integer, String> own, PrintStream out) {
    Map<Integer, String> all = new TreeMap<>(own);
    all.put(ExitCode.DONE, "done");
    all.put(
        ExitCode.BROKEN,
        "the installation is broken, the output cannot be written, or Assay itself failed");
    all.put(ExitCode.USAGE, "invalid arguments");
    out.println("Exit codes");
    all.forEach((code, text) -> entry(out, Integer.toString(code), text));
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
