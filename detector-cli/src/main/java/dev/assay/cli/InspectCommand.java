package dev.assay.cli;

import dev.assay.Detector;
import dev.assay.Report;
import dev.assay.report.ReportJson;
import java.nio.file.Path;
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
    return "[options] FILE";
  }

  @Override
  public String summary() {
    return "Examine one file, and tell what was found and why.";
  }

  @Override
  public Options options() {
    Options options = new Options();
    options.addOption(
        Option.builder().longOpt("json").desc("print the report as JSON, for machines").get());
    DetectorOptions.addTo(options);
    return options;
  }

  @Override
  public int run(CommandLine line, Terminal terminal) throws UsageException {
    if (line.getArgList().size() != 1) {
      throw new UsageException(
          "inspect needs one file, not " + line.getArgList().size() + "; scan takes many.");
    }
    Path file = DetectorOptions.path(line.getArgList().get(0));
    Detector.Builder builder =
        DetectorOptions.detector(line).withThreads(Runtime.getRuntime().availableProcessors());
    try (Detector detector = builder.build()) {
      Report report = detector.analyze(file);
      if (line.hasOption("json")) {
        terminal.out().println(ReportJson.indented(report));
      } else {
        InspectionText.print(report, terminal.out());
      }
      return report.ok() ? ExitCode.DONE : ExitCode.SOME_FAILED;
    }
  }
}
