package dev.assay.cli;

import dev.assay.Detector;
import java.io.IOException;
import java.util.List;

/** The manual page assay(1), from the tables of the help. */
final class ManualPage {

  private static final int SECTION = 1;

  private ManualPage() {}

  static void write(Appendable target) throws IOException {
    RoffHelp out = new RoffHelp(target);
    HelpText text = new HelpText(out);
    out.appendTitle("ASSAY 1 \"\" \"Assay " + Detector.VERSION + "\" \"User Commands\"");
    out.appendHeader(SECTION, "Name");
    out.append("assay \\- tell whether media is synthetic, and show why\n");
    out.appendHeader(SECTION, "Synopsis");
    out.append(".B assay\n.I COMMAND\n[options] ...\n");
    out.appendHeader(SECTION, "Description");
    out.appendParagraph(HelpText.PURPOSE);
    text.commands();
    out.appendHeader(SECTION, "Options");
    text.table(HelpText.common());
    for (Command command : Commands.all()) {
      text.section(
          "assay " + command.name() + " " + command.arguments(),
          HelpText.options(command.options()));
    }
    text.forms();
    text.examiners();
    out.appendHeader(SECTION, "Exit status");
    text.table(HelpText.exitCodes(new ScanCommand().outcomes()));
    out.appendHeader(SECTION, "Environment");
    text.table(variables());
    out.appendHeader(SECTION, "Examples");
    text.table(examples());
  }

  private static List<List<String>> variables() {
    return List.of(
        List.of("JAVA_HOME", "the Java to run; else java is looked for on the path"),
        List.of("ASSAY_JAVA_OPTS", "further options of the Java virtual machine"));
  }

  private static List<List<String>> examples() {
    return List.of(
        List.of("assay inspect photo.jpg", "explain one file"),
        List.of(
            "assay scan Pictures -o reports.jsonl", "write a report for each file of a folder"));
  }
}
