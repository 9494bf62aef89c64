package dev.assay.cli;

import dev.assay.internal.report.ReportReader;
import dev.assay.page.SharedReport;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** {@code assay report}: pages for people from a file of reports. */
final class ReportCommand implements Command {

  private static final List<String> KNOWN =
      List.of("synthetic", "altered", "inconclusive", "not-synthetic", "failed");

  @Override
  public String name() {
    return "report";
  }

  @Override
  public String arguments() {
    return "REPORTS.jsonl --html FOLDER [options]";
  }

  @Override
  public String summary() {
    return "Turn a file of reports into pages: an index, and one page for each file.";
  }

  @Override
  public Options options() {
    Options options = new Options();
    options.addOption(
        DetectorOptions.option("html", "FOLDER", "the folder to write into; it may exist, empty"));
    options.addOption(Languages.option());
    options.addOption(
        DetectorOptions.option(
            "only-label",
            "LABELS",
            "write pages for files of these labels only, with commas between them; the index lists"
                + " all"));
    options.addOption(
        Option.builder()
            .longOpt("pictures")
            .desc(
                "open the files again for small pictures of them, which takes most of the time;"
                    + " paths count from here")
            .get());
    return options;
  }

  @Override
  public int run(CommandLine line, Terminal terminal) throws UsageException, IOException {
    if (line.getArgList().size() != 1 || !line.hasOption("html")) {
      throw new UsageException("report takes one file of reports, and --html with a folder.");
    }
    Path reports = DetectorOptions.path(line.getArgList().get(0));
    if (!Files.isRegularFile(reports)) {
      throw new UsageException("report needs a file of reports; " + reports + " is none.");
    }
    Path folder = DetectorOptions.path(line.getOptionValue("html"));
    requireEmpty(folder);
    List<String> labels = labels(line);
    String common = common(reports);
    int count;
    Path index;
    try (ReportPages pages =
        new ReportPages(
            folder, common, labels, Languages.texts(line), line.hasOption("pictures"))) {
      count = ReportLines.forEach(reports, pages::add);
      Files.createDirectories(folder);
      index = pages.writeIndex();
    }
    terminal.out().println(terminal.in(Languages.of(line)).say("{0} reports: {1}", count, index));
    return ExitCode.DONE;
  }

  /** The folder that all files lie in; lines that are no reports are complained of later. */
  private static String common(Path reports) throws IOException {
    SharedReport.Folder folder = new SharedReport.Folder();
    try (BufferedReader reader = Files.newBufferedReader(reports)) {
      for (String text = reader.readLine(); text != null; text = reader.readLine()) {
        ReportReader.path(text).ifPresent(folder::add);
      }
    }
    return folder.path();
  }

  private static List<String> labels(CommandLine line) throws UsageException {
    String value = line.getOptionValue("only-label", "");
    List<String> labels = value.isEmpty() ? List.of() : List.of(value.split(",", -1));
    for (String label : labels) {
      if (!KNOWN.contains(label)) {
        throw new UsageException(
            "--only-label takes some of " + String.join(", ", KNOWN) + ", not '" + label + "'.");
      }
    }
    return labels;
  }

  private static void requireEmpty(Path folder) throws UsageException, IOException {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new UsageException("--html takes a folder; " + folder + " is none.");
    }
    if (Files.isDirectory(folder)) {
      try (var entries = Files.list(folder)) {
        if (entries.findAny().isPresent()) {
          throw new UsageException(folder + " is not empty; name another folder.");
        }
      }
    }
  }
}
