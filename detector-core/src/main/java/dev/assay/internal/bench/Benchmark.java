package dev.assay.internal.bench;

import dev.assay.Detector;
import dev.assay.DetectorSettings;
import dev.assay.FileAnalyzer;
import dev.assay.Limits;
import dev.assay.MediaException;
import dev.assay.MediaKind;
import dev.assay.internal.media.MediaOpener;
import dev.assay.internal.media.OpenedMedia;
import dev.assay.internal.media.Source;
import dev.assay.isolation.IsolatedDetector;
import dev.assay.isolation.WorkerLimits;
import dev.assay.scan.Journal;
import dev.assay.scan.ScanOptions;
import dev.assay.scan.Scanner;
import dev.assay.spi.Sound;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Measures a scan of the same files in several ways, in turn, so that whatever else slows the
 * machine down slows all of them: decoding alone, one worker, all workers, and all workers in
 * processes of their own with a journal. Models are loaded and compiled code is warm before the
 * clock runs.
 */
public final class Benchmark {

  /** Decoding alone, on one thread: what no scan with one worker can beat. */
  public static final String DECODING = "decoding, 1 thread";

  /** One worker thread. */
  public static final String ONE_WORKER = "1 worker";

  /** As many worker threads as cores. */
  public static final String ALL_WORKERS = "all workers";

  /** As many worker processes as cores, and reports in a journal: what {@code scan} does. */
  public static final String ISOLATED = "all workers, isolated, journal";

  private final DetectorSettings settings;
  private final int rounds;
  private final int cores = Runtime.getRuntime().availableProcessors();

  /**
   * A measurement.
   *
   * @param settings of the detectors
   * @param rounds how often each way is measured; the median counts
   */
  public Benchmark(DetectorSettings settings, int rounds) {
    this.settings = settings;
    this.rounds = rounds;
  }

  /** Measures with pictures that it makes, in a temporary folder. */
  public BenchResult run(int files) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("assay-bench-");
    try {
      BenchCorpus.write(folder, files);
      return run(folder);
    } finally {
      remove(folder);
    }
  }

  /**
   * Measures with the files of a folder, which all must be media.
   *
   * @throws IOException if a file cannot be examined
   */
  public BenchResult run(Path folder) throws IOException, InterruptedException {
    List<Path> files = list(folder);
    long bytes = 0;
    for (Path file : files) {
      bytes += Files.size(file);
    }
    Map<String, List<BenchResult.Run>> runs = new LinkedHashMap<>();
    try (Detector detector = Detector.open(settings);
        IsolatedDetector isolated =
            new IsolatedDetector(settings, cores, WorkerLimits.defaults())) {
      warm(files, detector, isolated);
      for (int round = 0; round < rounds; round++) {
        add(runs, DECODING, () -> decode(files));
        addWithShares(runs, ONE_WORKER, () -> scan(files, detector, 1, Optional.empty()));
        addWithShares(runs, ALL_WORKERS, () -> scan(files, detector, cores, Optional.empty()));
        add(runs, ISOLATED, () -> scanIntoJournal(files, isolated));
      }
    }
    return new BenchResult(
        Detector.VERSION,
        cores,
        files.size(),
        bytes,
        runs.values().stream().map(Benchmark::median).toList());
  }

  private void warm(List<Path> files, Detector detector, IsolatedDetector isolated)
      throws IOException, InterruptedException {
    List<Path> some = files.subList(0, Math.min(files.size(), 10 * cores));
    scan(some, detector, cores, Optional.empty());
    scan(some, isolated, cores, Optional.empty());
  }

  /** Something to measure. */
  @FunctionalInterface
  private interface Work {
    void run() throws IOException, InterruptedException;
  }

  private static void add(Map<String, List<BenchResult.Run>> runs, String name, Work work)
      throws IOException, InterruptedException {
    keep(runs, new BenchResult.Run(name, seconds(work), Map.of()));
  }

  private static void addWithShares(Map<String, List<BenchResult.Run>> runs, String name, Work work)
      throws IOException, InterruptedException {
    try (StageTimes times = new StageTimes()) {
      double seconds = seconds(work);
      keep(runs, new BenchResult.Run(name, seconds, times.shares()));
    }
  }

  private static double seconds(Work work) throws IOException, InterruptedException {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e9;
  }

  private static void keep(Map<String, List<BenchResult.Run>> runs, BenchResult.Run run) {
    runs.computeIfAbsent(run.name(), name -> new ArrayList<>()).add(run);
  }

  private static BenchResult.Run median(List<BenchResult.Run> runs) {
    List<BenchResult.Run> sorted =
        runs.stream()
            .sorted((left, right) -> Double.compare(left.seconds(), right.seconds()))
            .toList();
    return sorted.get(sorted.size() / 2);
  }

  private static void decode(List<Path> files) throws IOException {
    for (Path file : files) {
      try (OpenedMedia media =
          MediaOpener.open(Source.of(file, file.toString()), Limits.defaults())) {
        decode(media);
      } catch (MediaException e) {
        throw new IOException(file + " cannot be measured with: " + e.getMessage(), e);
      }
    }
  }

  /** The pictures of all that has any, the sound of all that has any. */
  private static void decode(OpenedMedia media) throws MediaException {
    if (media.kind() != MediaKind.AUDIO) {
      media.frames();
    }
    try (Sound sound = media.sound().orElse(null)) {
      while (sound != null && sound.next()) {
        sound.resampled();
      }
    }
  }

  private static void scan(
      List<Path> files, FileAnalyzer analyzer, int workers, Optional<Journal> journal)
      throws IOException, InterruptedException {
    new Scanner(analyzer, workers)
        .scan(
            files.iterator(),
            ScanOptions.defaults().withOrdered(false),
            journal,
            report -> {
              if (!report.ok()) {
                throw new IOException(report.failure().orElseThrow().message());
              }
            });
  }

  private void scanIntoJournal(List<Path> files, IsolatedDetector detector)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("assay-bench-");
    try (Journal journal =
        Journal.create(
            folder.resolve("reports.jsonl"), Journal.Settings.defaults(), detector.tool())) {
      scan(files, detector, cores, Optional.of(journal));
    } finally {
      remove(folder);
    }
  }

  private static List<Path> list(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder)) {
      found.forEach(files::add);
    }
    files.sort(null);
    if (files.isEmpty()) {
      throw new IOException(folder + " holds no files to measure with.");
    }
    return files;
  }

  private static void remove(Path folder) throws IOException {
    for (Path file : list(folder)) {
      Files.delete(file);
    }
    Files.delete(folder);
  }
}
