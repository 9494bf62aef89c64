package dev.assay.cli;

import dev.assay.Condition;
import dev.assay.Detector;
import dev.assay.DetectorSettings;
import dev.assay.FileAnalyzer;
import dev.assay.evaluation.DatasetException;
import dev.assay.evaluation.Evaluation;
import dev.assay.internal.resource.UserFolders;
import dev.assay.isolation.IsolatedDetector;
import dev.assay.isolation.WorkerLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** The options of the commands that examine labelled media. */
final class DatasetOptions {

  private static final int CORES = Runtime.getRuntime().availableProcessors();

  private DatasetOptions() {}

  static void addTo(Options options) {
    options.addOption(
        DetectorOptions.option(
            "media", "DIR", "where the media of a list lies (the folder of the list)"));
    options.addOption(
        DetectorOptions.option(
            "cache", "DIR", "keep what was examined here (the user's cache folder)"));
    options.addOption(
        DetectorOptions.option(
            "workers", "N", "number of files examined at a time (one per core)"));
    options.addOption(
        Option.builder()
            .longOpt("no-isolate")
            .desc("examine in this process; a file that crashes it ends the command")
            .get());
    DetectorOptions.addTo(options);
  }

  /** The one data set that a line names. */
  static Path dataset(CommandLine line, String command) throws UsageException {
    if (line.getArgList().size() != 1) {
      throw new UsageException(
          command + " takes one data set: a folder, or a list as CSV or JSON Lines.");
    }
    return DetectorOptions.path(line.getArgList().get(0));
  }

  static Optional<Path> media(CommandLine line) throws UsageException {
    return path(line, "media");
  }

  private static Optional<Path> path(CommandLine line, String option) throws UsageException {
    return line.hasOption(option)
        ? Optional.of(DetectorOptions.path(line.getOptionValue(option)))
        : Optional.empty();
  }

  static Evaluation.Request request(
      CommandLine line,
      DetectorSettings settings,
      List<Condition> conditions,
      List<Path> comparisons)
      throws UsageException {
    return new Evaluation.Request(
        conditions,
        comparisons,
        DetectorOptions.count(line, "workers", CORES),
        path(line, "cache").orElse(UserFolders.cache().resolve("evaluation")),
        settings.json());
  }

  /** What is done with an analyzer. */
  interface Work {
    int with(FileAnalyzer analyzer)
        throws DatasetException, UsageException, IOException, InterruptedException;
  }

  /** Does it in worker processes, or in this one where the line asks for that. */
  static int run(CommandLine line, DetectorSettings settings, int workers, Work work)
      throws UsageException, IOException, InterruptedException {
    try {
      if (line.hasOption("no-isolate")) {
        try (Detector detector = Detector.open(settings)) {
          return work.with(detector);
        }
      }
      try (IsolatedDetector detector =
          new IsolatedDetector(settings, workers, WorkerLimits.defaults())) {
        return work.with(detector);
      }
    } catch (DatasetException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }
}
