package dev.assay.cli;

import dev.assay.ChangedCopies;
import dev.assay.Detector;
import dev.assay.DetectorSettings;
import dev.assay.Language;
import dev.assay.Report;
import dev.assay.internal.report.ReportJson;
import dev.assay.isolation.ReportPage;
import dev.assay.page.PageTexts;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** {@code assay inspect}: one file, told to a person. */
final class InspectCommand implements Command {

  @Override
  public String name() {
    return "inspect";
  }

  @Override
  public String arguments() {
    return "[options] FILE | -";
  }

  @Override
  public String summary() {
    return "Examine one file, and show what was found and why; - is standard input.";
  }

  @Override
  public Options options() {
    Options options = new Options();
    options.addOption(
        Option.builder().longOpt("json").desc("print the report as JSON, for machines").get());
    options.addOption(
        DetectorOptions.option("html", "PAGE", "also write an HTML page for people, one file"));
    options.addOption(Languages.option());
    DetectorOptions.addTo(options);
    return options;
  }

  @Override
  public Map<Integer, String> outcomes() {
    return Map.of(ExitCode.SOME_FAILED, "the file could not be examined; the report says why");
  }

  @Override
  public int run(CommandLine line, Terminal terminal) throws UsageException, IOException {
    if (line.getArgList().size() != 1) {
      throw new UsageException(
          "inspect takes one file, not " + line.getArgList().size() + "; scan takes many.");
    }
    String argument = line.getArgList().get(0);
    Language language = Languages.of(line);
    DetectorSettings settings =
        DetectorOptions.settings(line)
            .withMaps(true)
            .withThreads(Runtime.getRuntime().availableProcessors());
    if (line.hasOption("html") && settings.copies() == ChangedCopies.NONE) {
      settings = settings.withCopies(ChangedCopies.SHOWN);
    }
    try (Detector detector = Detector.open(settings)) {
      Report report = examined(detector, argument, line);
      if (line.hasOption("json")) {
        terminal.out().println(ReportJson.indented(report));
      } else {
        InspectionText.print(report, terminal.in(language));
      }
      return report.ok() ? ExitCode.DONE : ExitCode.SOME_FAILED;
    }
  }

  private static Report examined(Detector detector, String argument, CommandLine line)
      throws UsageException, IOException {
    if (!line.hasOption("html")) {
      return argument.equals("-")
          ? standardInput(detector, DetectorOptions.limits(line).bytes())
          : detector.analyze(file(argument));
    }
    if (argument.equals("-")) {
      throw new UsageException("--html needs a file, not standard input.");
    }
    Path file = file(argument);
    Path page = DetectorOptions.output(line.getOptionValue("html"), "--html");
    if (Files.exists(file) && Files.exists(page) && Files.isSameFile(file, page)) {
      throw new UsageException("--html names the file that is examined.");
    }
    PageTexts texts = Languages.texts(line);
    ReportPage made = ReportPage.of(detector, file, file.toString(), texts);
    Files.writeString(page, made.html());
    return made.report();
  }

  private static Path file(String argument) throws UsageException {
    Path path = DetectorOptions.path(argument);
    if (Files.isDirectory(path)) {
      throw new UsageException(path + " is a folder; scan examines folders.");
    }
    return path;
  }

  /** Copied to a file first, as far as the limit on bytes and one more: decoders jump about. */
  private static Report standardInput(Detector detector, long most) throws IOException {
    Path copy = Files.createTempFile("assay", null);
    try {
      try (OutputStream out = Files.newOutputStream(copy)) {
        byte[] buffer = new byte[1 << 16];
        long total = 0;
        int count = System.in.read(buffer);
        while (count >= 0 && total <= most) {
          out.write(buffer, 0, count);
          total += count;
          count = System.in.read(buffer);
        }
      }
      return detector.analyze(copy, "standard input");
    } finally {
      Files.deleteIfExists(copy);
    }
  }
}
