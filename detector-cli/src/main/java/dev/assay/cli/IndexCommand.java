package dev.assay.cli;

import dev.assay.DetectorSettings;
import dev.assay.Profile;
import dev.assay.Report;
import dev.assay.evaluation.Counted;
import dev.assay.isolation.IsolatedDetector;
import dev.assay.isolation.WorkerLimits;
import dev.assay.known.HashList;
import dev.assay.known.IndexingAnalyzer;
import dev.assay.known.KnownContents;
import dev.assay.known.KnownIndex;
import dev.assay.known.KnownIndexWriter;
import dev.assay.known.KnownReports;
import dev.assay.scan.Scanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** {@code assay index}: media that is known, to be found again. */
final class IndexCommand implements Command {

  private static final int CORES = Runtime.getRuntime().availableProcessors();

  private static final String REPORTS = ".jsonl";
  private static final String LISTS = ".csv";

  /** What tells of a file's origin and decodes it; nothing is judged. */
  static final List<String> DECODING_EXAMINERS = List.of("metadata", "provenance", "watermark");

  @Override
  public String name() {
    return "index";
  }

  @Override
  public String arguments() {
    return "[options] PATH... -o INDEX";
  }

  @Override
  public String summary() {
    return "Add media to an index by which --known finds copies: from reports (.jsonl), lists of PDQ"
        + " hashes (.csv), files and folders.";
  }

  @Override
  public Options options() {
    Options options = new Options();
    options.addOption(
        Option.builder("o")
            .longOpt("output")
            .hasArg()
            .argName("INDEX")
            .desc("the index to add to; made if it is not there")
            .get());
    options.addOption(
        Option.builder()
            .longOpt("hashes-only")
            .desc("of files take hashes alone: many times faster, and parts are not found")
            .get());
    options.addOption(
        DetectorOptions.option(
            "workers", "N", "number of files examined at a time (one per core)"));
    return options;
  }

  @Override
  public Map<Integer, String> outcomes() {
    return Map.of(ExitCode.SOME_FAILED, "done, but some files could not be examined");
  }

  @Override
  public int run(CommandLine line, Terminal terminal)
      throws UsageException, IOException, InterruptedException {
    if (line.getArgList().isEmpty() || !line.hasOption("output")) {
      throw new UsageException(
          "index takes files of reports, lists, files or folders, and -o with the index.");
    }
    Path target = DetectorOptions.output(line.getOptionValue("output"), "-o");
    PathArguments paths = PathArguments.of(line, REPORTS, LISTS);
    List<Path> media = paths.media();
    long listed = 0;
    long failed;
    KnownReports known;
    try (KnownIndexWriter writer = KnownIndexWriter.open(target)) {
      known = new KnownReports(writer, KnownContents.of(target));
      ofReports(paths.ending(REPORTS), known);
      for (Path list : paths.ending(LISTS)) {
        listed += ofList(list, writer);
      }
      int workers = DetectorOptions.count(line, "workers", CORES);
      failed = media.isEmpty() ? 0 : ofMedia(media, settings(line), workers, known, terminal);
    }
    try (KnownIndex index = KnownIndex.open(target)) {
      terminal.out().println(added(known, listed) + "; " + target + " holds " + size(index) + ".");
    }
    return failed > 0 ? ExitCode.SOME_FAILED : ExitCode.DONE;
  }

  private static String added(KnownReports known, long listed) {
    StringBuilder said =
        new StringBuilder("Added ").append(Counted.of(known.added() + listed, "file"));
    if (known.before() > 0) {
      said.append("; ").append(known.before()).append(" there before");
    }
    if (known.empty() > 0) {
      said.append("; ").append(known.empty()).append(" with nothing to be found again by");
    }
    return said.toString();
  }

  private static String size(KnownIndex index) {
    return Counted.of(index.size(), "picture") + " and frames";
  }

  private static long ofList(Path list, KnownIndexWriter writer)
      throws UsageException, IOException {
    try {
      return HashList.add(list, writer);
    } catch (HashList.NoListException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  private static void ofReports(List<Path> files, KnownReports known)
      throws UsageException, IOException {
    for (Path file : files) {
      Optional<String> judged = Optional.of(Files.getLastModifiedTime(file).toString());
      ReportLines.forEach(file, report -> known.add(report, judged));
    }
  }

  /** The models of the fast profile have no backbone, by which parts are found. */
  private static DetectorSettings settings(CommandLine line) {
    DetectorSettings settings = DetectorSettings.defaults().withOnly(DECODING_EXAMINERS);
    return line.hasOption("hashes-only") ? settings.withProfile(Profile.FAST) : settings;
  }

  /** Says why a file could not be examined. */
  static void complain(Report report, Terminal terminal) {
    report
        .failure()
        .ifPresent(failure -> terminal.err().println("assay: " + Terminal.safe(failure.message())));
  }

  /** Adds files and folders, and returns how many files could not be examined. */
  private static long ofMedia(
      List<Path> paths,
      DetectorSettings settings,
      int workers,
      KnownReports known,
      Terminal terminal)
      throws IOException, InterruptedException {
    try (IsolatedDetector detector =
        new IsolatedDetector(settings, workers, WorkerLimits.defaults())) {
      IndexingAnalyzer indexing = new IndexingAnalyzer(detector, known, Optional::empty);
      return new Scanner(indexing, workers)
          .scan(paths, report -> complain(report, terminal))
          .failed();
    }
  }
}
