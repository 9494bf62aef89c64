package dev.assay.cli;

import dev.assay.Detector;
import dev.assay.Verdict.Label;
import dev.assay.scan.ScanSummary;
import dev.assay.scan.Scanner;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** {@code assay scan}: files and folders in, a report a file out. */
final class ScanCommand implements Command {

  @Override
  public String name() {
    return "scan";
  }

  @Override
  public String arguments() {
    return "[options] PATH...";
  }

  @Override
  public String summary() {
    return "Examine files and folders, and write one report a file.";
  }

  @Override
  public Options options() {
    Options options = new Options();
    options.addOption(
        Option.builder("o")
            .longOpt("output")
            .hasArg()
            .argName("FILE")
            .desc("write reports there; - is standard output (-)")
            .get());
    options.addOption(DetectorOptions.option("format", "FORM", "jsonl, json or csv (jsonl)"));
    options.addOption(
        DetectorOptions.option(
            "workers",
            "N",
            "files examined side by side ("
                + Runtime.getRuntime().availableProcessors()
                + ", one a core)"));
    options.addOption(
        DetectorOptions.option(
            "fail-on",
            "LABEL",
            "end with exit code 10 if a file has this label: synthetic or inconclusive"));
    DetectorOptions.addTo(options);
    return options;
  }

  @Override
  public int run(CommandLine line, Terminal terminal)
      throws UsageException, IOException, InterruptedException {
    List<Path> paths = new ArrayList<>();
    for (String argument : line.getArgList()) {
      paths.add(DetectorOptions.path(argument));
    }
    if (paths.isEmpty()) {
      throw new UsageException("scan needs a file or a folder to look at.");
    }
    ReportWriter.Format format = ReportWriter.Format.of(line.getOptionValue("format", "jsonl"));
    Optional<Label> failOn = failOn(line);
    int workers =
        DetectorOptions.count(line, "workers", Runtime.getRuntime().availableProcessors());
    Detector.Builder builder = DetectorOptions.detector(line);
    String output = line.getOptionValue("output", "-");
    boolean toStandardOutput = output.equals("-");
    PrintStream stream = toStandardOutput ? terminal.out() : file(output);
    try (Detector detector = builder.build()) {
      Scanner scanner = new Scanner(detector, workers);
      ScanSummary summary = scan(scanner, paths, new ReportWriter(stream, format), terminal);
      SummaryTable.print(summary, terminal.err());
      if (!toStandardOutput) {
        terminal.err().println("Reports: " + output);
      }
      return exitCode(summary, failOn);
    } finally {
      if (!toStandardOutput) {
        stream.close();
      }
    }
  }

  private static ScanSummary scan(
      Scanner scanner, List<Path> paths, ReportWriter writer, Terminal terminal)
      throws IOException, InterruptedException {
    try (writer;
        ScanProgress progress = ScanProgress.on(terminal)) {
      return scanner.scan(
          paths,
          report -> {
            writer.write(report);
            progress.step(report);
          });
    }
  }

  private static PrintStream file(String output) throws UsageException {
    Path path = DetectorOptions.path(output);
    try {
      return new PrintStream(Files.newOutputStream(path), false, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UsageException("Reports cannot be written to " + path + ": " + e + ".");
    }
  }

  private static Optional<Label> failOn(CommandLine line) throws UsageException {
    String value = line.getOptionValue("fail-on");
    if (value == null) {
      return Optional.empty();
    }
    for (Label label : List.of(Label.SYNTHETIC, Label.INCONCLUSIVE)) {
      if (label.code().equals(value)) {
        return Optional.of(label);
      }
    }
    throw new UsageException("--fail-on takes synthetic or inconclusive, not '" + value + "'.");
  }

  private static int exitCode(ScanSummary summary, Optional<Label> failOn) {
    if (failOn.isPresent() && summary.labels().getOrDefault(failOn.get(), 0L) > 0) {
      return ExitCode.FAIL_ON;
    }
    return summary.failed() > 0 ? ExitCode.SOME_FAILED : ExitCode.DONE;
  }
}
