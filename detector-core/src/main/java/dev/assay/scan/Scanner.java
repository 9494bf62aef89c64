package dev.assay.scan;

import dev.assay.Detector;
import dev.assay.InstallationException;
import dev.assay.Report;
import dev.assay.container.Format;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Works through files and folders with several workers and hands the reports on in the order of the
 * walk.
 *
 * <p>At most a few files per worker are in flight, so memory does not grow with the folder, and a
 * consumer that is slow holds the workers back. One instance may run one scan after another; not
 * thread-safe.
 */
public final class Scanner {

  private static final int IN_FLIGHT_PER_WORKER = 4;

  private final Detector detector;
  private final int workers;

  /**
   * Takes the reports of a scan, one after the other, from the thread that called {@link
   * Scanner#scan}.
   */
  @FunctionalInterface
  public interface Sink {
    /**
     * Takes a report; the scan goes on only when it returns.
     *
     * @throws IOException if it cannot be written down, which ends the scan
     */
    void accept(Report report) throws IOException;
  }

  /**
   * A scanner.
   *
   * @param detector examines the files; stays the caller's to close
   * @param workers number of worker threads, at least 1
   */
  public Scanner(Detector detector, int workers) {
    if (workers < 1) {
      throw new IllegalArgumentException("workers must be at least 1: " + workers);
    }
    this.detector = detector;
    this.workers = workers;
  }

  /**
   * Scans.
   *
   * @param paths files and folders; every file named here gets a report, and of the files in
   *     folders those that are media by content or claim to be by name
   * @param sink takes the reports in the order of the walk
   * @throws IOException if the sink fails
   * @throws InstallationException if a library or model is missing or broken
   * @throws InterruptedException if the calling thread is interrupted; files in hand are finished
   *     and given up
   */
  public ScanSummary scan(List<Path> paths, Sink sink) throws IOException, InterruptedException {
    return scan(paths.iterator(), ScanOptions.defaults(), sink);
  }

  /**
   * Scans paths that come one by one, as a list that is being read gives them.
   *
   * @param paths files and folders, as for {@link #scan(List, Sink)}
   * @param options what is looked at
   * @param sink takes the reports in the order of the walk
   * @throws IOException if the sink fails
   * @throws InstallationException if a library or model is missing or broken
   * @throws InterruptedException if the calling thread is interrupted
   */
  public ScanSummary scan(Iterator<Path> paths, ScanOptions options, Sink sink)
      throws IOException, InterruptedException {
    FileWalk walk = new FileWalk(paths, options);
    ScanSummary.Counter counter = new ScanSummary.Counter();
    Queue<InFlight> window = new ArrayDeque<>();
    ExecutorService pool = Executors.newFixedThreadPool(workers);
    try {
      while (walk.hasNext() || !window.isEmpty()) {
        while (walk.hasNext() && window.size() < workers * IN_FLIGHT_PER_WORKER) {
          ScanItem item = walk.next();
          window.add(
              new InFlight(item, pool.submit(() -> detector.analyze(item.file(), item.name()))));
        }
        handOn(window.remove(), sink, counter);
      }
      return counter.summary(walk);
    } finally {
      pool.shutdownNow();
      // The caller may close the detector next, and what is still at work would lose its native
      // memory.
      awaitIdle(pool);
    }
  }

  private static void awaitIdle(ExecutorService pool) {
    boolean interrupted = false;
    while (!pool.isTerminated()) {
      try {
        pool.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** A file whose report is on the way. */
  private record InFlight(ScanItem item, Future<Report> report) {}

  private static void handOn(InFlight inFlight, Sink sink, ScanSummary.Counter counter)
      throws IOException, InterruptedException {
    Report report = await(inFlight.report());
    if (passedOver(inFlight.item(), report)) {
      if (sideFile(inFlight.item())) {
        counter.addSideFile();
      } else {
        counter.addNotMedia();
      }
      return;
    }
    counter.add(report);
    sink.accept(report);
  }

  private static Report await(Future<Report> report) throws InterruptedException {
    try {
      return report.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException bug) {
        throw bug;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /**
   * A file that the walk found is passed over if it is no media and its name claims none; one whose
   * name claims media is never passed over, unless its ending means other things too and its
   * content is known to be one of them.
   */
  private static boolean passedOver(ScanItem item, Report report) {
    if (item.explicit() || report.failure().isEmpty()) {
      return false;
    }
    boolean claims = Format.claimOf(item.name()) != Format.Claim.NONE;
    return switch (report.failure().get().code()) {
      case NOT_MEDIA -> Format.claimOf(item.name()) != Format.Claim.MEDIA || sideFile(item);
      case NOT_RECOGNISED, EMPTY_FILE, NOT_A_FILE -> !claims || sideFile(item);
      default -> false;
    };
  }

  /** What macOS writes beside files on other systems' disks. */
  private static boolean sideFile(ScanItem item) {
    String name = item.name().substring(item.name().lastIndexOf('/') + 1);
    return name.startsWith("._") || name.equals("Thumbs.db") || name.equals(".DS_Store");
  }
}
