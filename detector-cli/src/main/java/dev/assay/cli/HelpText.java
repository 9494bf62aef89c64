package dev.assay.cli;

import dev.assay.Detector;
import dev.assay.internal.report.ReportFormats;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.help.HelpAppendable;
import org.apache.commons.cli.help.TableDefinition;
import org.apache.commons.cli.help.TextStyle;

/** What the help says, in whatever form: at a terminal, or as the manual page. */
final class HelpText {

  /** What Assay is, as one sentence. */
  static final String PURPOSE =
      "Assay tells whether images, videos and audio are synthetic, and shows why.";

  private static final int HEADING = 2;
  private static final int NAME_COLUMNS = 22;
  private static final int TEXT_COLUMNS = 70;
  private static final List<TextStyle> STYLES =
      List.of(
          TextStyle.builder().setLeftPad(2).setMinWidth(NAME_COLUMNS).get(),
          TextStyle.builder().setLeftPad(2).setMaxWidth(TEXT_COLUMNS).get());

  private final HelpAppendable out;

  HelpText(HelpAppendable out) {
    this.out = out;
  }

  /** All commands, and what holds for each. */
  void overview() throws IOException {
    out.appendParagraph(PURPOSE);
    out.appendParagraph("Usage: assay COMMAND [options] ...");
    commands();
    section("Options", common());
    section("Exit codes", exitCodes(new ScanCommand().outcomes()));
  }

  /** One command. */
  void of(Command command) throws IOException {
    out.appendParagraph("Usage: assay " + command.name() + " " + command.arguments());
    out.appendParagraph(command.summary());
    Options options = command.options();
    section("Options", options(withHelp(options)));
    if (options.hasLongOption(ScanRequest.FORMAT)) {
      forms();
    }
    if (options.hasLongOption(DetectorOptions.ONLY)) {
      examiners();
    }
    section("Exit codes", exitCodes(command.outcomes()));
  }

  /** A list of the commands. */
  void commands() throws IOException {
    section(
        "Commands",
        Commands.all().stream()
            .map(command -> List.of(command.name(), command.summary()))
            .toList());
  }

  /** The options that are no command's own. */
  static List<List<String>> common() {
    return options(Commands.withoutCommand());
  }

  /** Names and texts below a heading. */
  void section(String heading, List<List<String>> rows) throws IOException {
    out.appendHeader(HEADING, heading);
    table(rows);
  }

  /** Names and texts. */
  void table(List<List<String>> rows) throws IOException {
    out.appendTable(TableDefinition.from("", STYLES, List.of("", ""), rows));
  }

  /** The options as names and texts. */
  static List<List<String>> options(Options options) {
    return options.getOptions().stream()
        .map(option -> List.of(spelling(option), option.getDescription()))
        .toList();
  }

  private static Options withHelp(Options own) {
    Options all = new Options();
    own.getOptions().forEach(all::addOption);
    all.addOption(Option.builder("h").longOpt("help").desc("show this text").get());
    return all;
  }

  /** The forms that {@code --format} takes. */
  void forms() throws IOException {
    section(
        "Forms of output, for --" + ScanRequest.FORMAT,
        ReportFormats.all().stream()
            .map(format -> List.of(format.id(), format.summary()))
            .toList());
  }

  /** The examiners that {@code --only} takes. */
  void examiners() throws IOException {
    section(
        "Examiners, for --" + DetectorOptions.ONLY,
        Detector.examiners().stream().map(info -> List.of(info.id(), info.summary())).toList());
  }

  /** The exit codes of every command, and some beside them. */
  static List<List<String>> exitCodes(Map<Integer, String> own) {
    Map<Integer, String> all = new TreeMap<>(own);
    all.put(ExitCode.DONE, "done");
    all.put(
        ExitCode.BROKEN,
        "the installation is broken, the output cannot be written, or Assay itself failed");
    all.put(ExitCode.USAGE, "invalid arguments");
    List<List<String>> rows = new ArrayList<>();
    all.forEach((code, text) -> rows.add(List.of(Integer.toString(code), text)));
    return rows;
  }

  private static String spelling(Option option) {
    String shortForm = option.getOpt() == null ? "" : "-" + option.getOpt() + ", ";
    String argument = option.hasArg() ? " " + option.getArgName() : "";
    return shortForm + "--" + option.getLongOpt() + argument;
  }
}
