package dev.assay.cli;

import dev.assay.Detector;
import dev.assay.Verdict.Label;
import dev.assay.scan.ScanOptions;
import dev.assay.scan.ScanSummary;
import dev.assay.scan.Scanner;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** {@code assay scan}: files and folders in, one report per file out. */
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
    return "Examine files and folders, and write one report per file.";
  }

  @Override
  public Options options() {
    Options options = new Options();
    options.addOption(
        Option.builder("o")
            .longOpt("output")
            .hasArg()
            .argName("FILE")
            .desc("write reports to this file; - is standard output (-)")
            .get());
    options.addOption(flag("force", "replace an output file that is no earlier report"));
    options.addOption(DetectorOptions.option("format", "FORM", "jsonl, json or csv (jsonl)"));
    options.addOption(
        DetectorOptions.option(
            "files-from",
            "LIST",
            "also scan the paths in this file, one per line; - is standard input"));
    options.addOption(
        Option.builder("0").longOpt("null").desc("paths in the list end in NUL").get());
    options.addOption(
        DetectorOptions.option(
            "exclude",
            "GLOB",
            "leave out files and folders of this name or path; may be repeated"));
    options.addOption(flag("follow-links", "follow links inside folders"));
    options.addOption(
        DetectorOptions.option(
            "workers",
            "N",
            "number of worker threads (default: "
                + Runtime.getRuntime().availableProcessors()
                + ", one per core)"));
    options.addOption(
        DetectorOptions.option(
            "fail-on",
            "LABEL",
            "end with exit code 10 if a file has this label: synthetic or inconclusive"));
    options.addOption(
        flag("stability", "also judge changed copies of each image; takes four times as long"));
    DetectorOptions.addTo(options);
    return options;
  }

  private static Option flag(String name, String description) {
    return Option.builder().longOpt(name).desc(description).get();
  }

  @Override
  public int run(CommandLine line, Terminal terminal)
      throws UsageException, IOException, InterruptedException {
    List<Path> paths = new ArrayList<>();
    for (String argument : line.getArgList()) {
      paths.add(DetectorOptions.path(argument));
    }
    String list = line.getOptionValue("files-from");
    if (paths.isEmpty() && list == null) {
      throw new UsageException("scan needs a file or a folder to look at.");
    }
    ReportWriter.Format format = ReportWriter.Format.of(line.getOptionValue("format", "jsonl"));
    Optional<Label> failOn = failOn(line);
    int workers =
        DetectorOptions.count(line, "workers", Runtime.getRuntime().availableProcessors());
    Detector.Builder builder = DetectorOptions.detector(line);
    ScanOptions options = options(line);
    String output = line.getOptionValue("output", "-");
    Optional<ReportFile> file =
        output.equals("-")
            ? Optional.empty()
            : Optional.of(
                ReportFile.open(DetectorOptions.path(output), paths, line.hasOption("force")));
    PrintStream stream = file.map(ReportFile::stream).orElse(terminal.out());
    OpenOutput open = new OpenOutput(new ReportWriter(stream, format), file);
    try (open;
        PathList listed =
            list == null
                ? PathList.none()
                : PathList.open(list, line.hasOption("null"), System.in);
        Detector detector = builder.build()) {
      Iterator<Path> all = new Concatenation(paths.iterator(), listed);
      ScanSummary summary =
          scan(new Scanner(detector, workers), all, options, open.writer(), terminal);
      open.close();
      SummaryTable.print(summary, terminal.err());
      if (file.isPresent()) {
        terminal.err().println("Reports: " + output);
      }
      return exitCode(summary, failOn, terminal);
    }
  }

  /** Paths given as arguments, then those of a list. */
  private record Concatenation(Iterator<Path> first, Iterator<Path> second)
      implements Iterator<Path> {
    @Override
    public boolean hasNext() {
      return first.hasNext() || second.hasNext();
    }

    @Override
    public Path next() {
      return first.hasNext() ? first.next() : second.next();
    }
  }

  private static ScanOptions options(CommandLine line) throws UsageException {
    String[] exclude = line.getOptionValues("exclude");
    try {
      return new ScanOptions(
          line.hasOption("follow-links"), exclude == null ? List.of() : List.of(exclude));
    } catch (PatternSyntaxException e) {
      throw new UsageException("--exclude takes a glob, not '" + e.getPattern() + "'.");
    }
  }

  private static ScanSummary scan(
      Scanner scanner,
      Iterator<Path> paths,
      ScanOptions options,
      ReportWriter writer,
      Terminal terminal)
      throws IOException, InterruptedException {
    try (ScanProgress progress = ScanProgress.on(terminal)) {
      return scanner.scan(
          paths,
          options,
          report -> {
            writer.write(report);
            progress.step(report);
          });
    } catch (UncheckedIOException e) {
      throw e.getCause() == null ? new IOException(e) : e.getCause();
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

  private static int exitCode(ScanSummary summary, Optional<Label> failOn, Terminal terminal) {
    if (failOn.isPresent() && summary.labels().getOrDefault(failOn.get(), 0L) > 0) {
      return ExitCode.FAIL_ON;
    }
    boolean nothing = summary.examined() + summary.failed() == 0;
    if (nothing && summary.links() > 0) {
      terminal.err().println("Only links were found; add --follow-links to follow them.");
      return ExitCode.SOME_FAILED;
    }
    return summary.failed() > 0 ? ExitCode.SOME_FAILED : ExitCode.DONE;
  }
}
