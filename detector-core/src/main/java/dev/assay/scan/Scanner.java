package dev.assay.scan;

import dev.assay.Archives;
import dev.assay.Detector;
import dev.assay.FileAnalyzer;
import dev.assay.InstallationException;
import dev.assay.MediaException;
import dev.assay.Report;
import dev.assay.internal.format.Format;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Works through files, folders and archives with several workers and hands the reports on.
 *
 * <p>At most a few files per worker are in flight, so memory does not grow with the folder, and a
 * consumer that is slow holds the workers back. One instance may run one scan after another; not
 * thread-safe, but for {@link #stop}.
 */
public final class Scanner {

  private static final int IN_FLIGHT_PER_WORKER = 4;
  private static final int COUNTED_AT_ONCE = 1000;

  /** What a file in an archive may have that does not say how much it has. */
  private static final long LARGE_BYTES = 2L << 30;

  private final FileAnalyzer analyzer;
  private final int workers;
  private volatile boolean stopped;
  private volatile @Nullable FileWalk walking;

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

    /**
     * May take the file itself, before its report is written down; one in an archive is there
     * during the call only.
     *
     * @throws IOException if it cannot be taken, which ends the scan
     */
    default void keep(Report report, Path file) throws IOException {}

    /** Called for each file that gets no new report: unchanged, or not media. */
    default void passed() {}
  }

  /**
   * A scanner.
   *
   * @param analyzer examines the files, a {@link Detector} for example; stays the caller's to close
   * @param workers number of files examined at a time, at least 1
   */
  public Scanner(FileAnalyzer analyzer, int workers) {
    if (workers < 1) {
      throw new IllegalArgumentException("workers must be at least 1: " + workers);
    }
    this.analyzer = analyzer;
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
    return scan(paths.iterator(), ScanOptions.defaults(), Optional.empty(), sink);
  }

  /**
   * Scans paths that come one by one, as a list that is being read gives them.
   *
   * @param paths files and folders, as for {@link #scan(List, Sink)}
   * @param options what is looked at, and how
   * @param journal takes each report before the sink does; what it has a report on already is not
   *     examined again. Stays the caller's to close
   * @param sink takes the new reports
   * @throws IOException if the journal or the sink fails
   * @throws InstallationException if a library or model is missing or broken
   * @throws InterruptedException if the calling thread is interrupted
   */
  public ScanSummary scan(
      Iterator<Path> paths, ScanOptions options, Optional<Journal> journal, Sink sink)
      throws IOException, InterruptedException {
    Earlier earlier = new Earlier(journal, options.rescan());
    ExecutorService pool = Executors.newFixedThreadPool(workers);
    try (Scratch scratch = new Scratch(options.scratchBytes());
        FileWalk walk =
            new FileWalk(paths, options, analyzer.archives(), scratch, earlier::settled);
        // Closed first: the workers may read what is in scratch.
        Workers closing = new Workers(pool)) {
      walking = walk;
      return new Run(walk, options, earlier, sink, scratch, closing.pool()).run();
    } catch (UncheckedIOException e) {
      throw e.getCause() == null ? new IOException(e) : e.getCause();
    } finally {
      walking = null;
      stopped = false;
    }
  }

  /**
   * Counts the files that a scan would come across, archives as one each.
   *
   * @param counted takes how many there are so far, now and then, and at the end
   */
  public static void count(Iterator<Path> paths, ScanOptions options, LongConsumer counted) {
    long count = 0;
    Archives none =
        (file, name, names) -> {
          throw new IllegalStateException("archives are counted as one file each");
        };
    try (Scratch scratch = new Scratch(0);
        FileWalk walk =
            new FileWalk(paths, options.withArchives(false), none, scratch, item -> false)) {
      while (walk.hasNext() && !Thread.currentThread().isInterrupted()) {
        walk.next();
        count++;
        if (count % COUNTED_AT_ONCE == 0) {
          counted.accept(count);
        }
      }
    } catch (IOException e) {
      // What cannot be listed is reported by the scan.
    }
    counted.accept(count);
  }

  /**
   * Asks the scan that is running to end, or the next one if none is: files in hand are finished
   * and handed on, archives are left where they are. May be called from any thread.
   */
  public void stop() {
    stopped = true;
    FileWalk walk = walking;
    if (walk != null) {
      walk.stop();
    }
  }

  /** Ends the workers: what is still at work would lose what the caller closes next. */
  private record Workers(ExecutorService pool) implements AutoCloseable {
    @Override
    public void close() {
      pool.shutdownNow();
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
  }

  /** A file that a worker has, and what comes of it: no report where the file did not change. */
  private record InFlight(
      ScanItem item,
      Path file,
      Optional<Journal.Entry> earlier,
      CompletableFuture<ItemExaminer.Outcome> report) {}

  /** The state of one scan. */
  private final class Run {

    private final FileWalk walk;
    private final ScanOptions options;
    private final Earlier earlier;
    private final Sink sink;
    private final Scratch scratch;
    private final ExecutorService pool;
    private final ItemExaminer examiner;
    private final ScanSummary.Counter counter = new ScanSummary.Counter();
    private final Set<InFlight> inFlight = new LinkedHashSet<>();
    private final BlockingQueue<InFlight> done = new LinkedBlockingQueue<>();

    Run(
        FileWalk walk,
        ScanOptions options,
        Earlier earlier,
        Sink sink,
        Scratch scratch,
        ExecutorService pool) {
      this.walk = walk;
      this.options = options;
      this.earlier = earlier;
      this.sink = sink;
      this.scratch = scratch;
      this.pool = pool;
      this.examiner = new ItemExaminer(analyzer, earlier.journal(), options.dedupe());
    }

    ScanSummary run() throws IOException, InterruptedException {
      boolean more = true;
      while (more || !inFlight.isEmpty()) {
        while (more && inFlight.size() < workers * IN_FLIGHT_PER_WORKER) {
          // An archive that was stopped ends with a failure that is none.
          more = !stopped && walk.hasNext() && !stopped;
          if (more) {
            begin(walk.next());
          }
        }
        if (!inFlight.isEmpty()) {
          finish(next());
        }
      }
      return counter.summary(walk, !stopped);
    }

    /** The file whose report comes next: the first that was begun, or the first that is done. */
    private InFlight next() throws InterruptedException {
      InFlight first = done.take();
      if (options.ordered()) {
        // Whichever is done is one less to wait for; the first of the walk comes first.
        first = inFlight.iterator().next();
      }
      inFlight.remove(first);
      return first;
    }

    private void begin(ScanItem item) throws IOException, InterruptedException {
      if (item.content() instanceof ScanItem.InArchive inside
          && inside.isArchive()
          && !earlier.settled(item)) {
        makeRoom(item);
        walk.enter(item, inside.archive());
        return;
      }
      Optional<Journal.Entry> before = earlier.find(item);
      boolean again = before.isPresent() && earlier.wantedAgain(before.get());
      if (before.isPresent() && !again && Earlier.unchanged(item, before.get())) {
        counter.addUnchanged(before.get());
        sink.passed();
        return;
      }
      makeRoom(item);
      CompletableFuture<ItemExaminer.Outcome> report = new CompletableFuture<>();
      Path file = Path.of("");
      try {
        file = place(item);
      } catch (MediaException e) {
        if (stopped) {
          return;
        }
        report.complete(ItemExaminer.Outcome.of(failed(item, e)));
      } catch (IOException e) {
        report.complete(ItemExaminer.Outcome.of(failed(item, MediaException.unreadable(e))));
      }
      InFlight begun = new InFlight(item, file, before, report);
      inFlight.add(begun);
      if (report.isDone()) {
        done.add(begun);
      } else {
        pool.execute(() -> examine(begun, again));
      }
    }

    private void examine(InFlight begun, boolean again) {
      try {
        begun
            .report()
            .complete(examiner.examine(begun.item(), begun.file(), begun.earlier(), again));
      } catch (InterruptedException | RuntimeException | Error e) {
        begun.report().completeExceptionally(e);
      } finally {
        done.add(begun);
      }
    }

    private Path place(ScanItem item) throws IOException, MediaException {
      if (item.content() instanceof ScanItem.OnDisk onDisk) {
        return onDisk.file();
      }
      if (item.content() instanceof ScanItem.Unreadable unreadable) {
        throw unreadable.reason();
      }
      return scratch.unpack(((ScanItem.InArchive) item.content()).archive());
    }

    /**
     * Finishes what is in hand where an item needs its room; and before the failure of an archive,
     * which says that all reports on what came before are there.
     */
    private void makeRoom(ScanItem item) throws IOException, InterruptedException {
      while (!inFlight.isEmpty()
          && (item.content() instanceof ScanItem.Unreadable
              || (item.content() instanceof ScanItem.InArchive
                  && !scratch.hasRoom(item.size() < 0 ? LARGE_BYTES : item.size())))) {
        finish(next());
      }
    }

    private Report failed(ScanItem item, MediaException reason) {
      return ItemExaminer.withFileFacts(analyzer.failed(item.name(), reason), item);
    }

    private void finish(InFlight finished) throws IOException, InterruptedException {
      ItemExaminer.Outcome outcome = await(finished.report());
      try {
        handOn(finished, outcome.report());
      } finally {
        scratch.release(finished.file());
        examiner.done(outcome);
      }
    }

    private void handOn(InFlight finished, Optional<Report> result) throws IOException {
      if (result.isEmpty()) {
        counter.addUnchanged(finished.earlier().orElseThrow());
        sink.passed();
      } else if (passedOver(finished.item(), result.get(), options)) {
        count(finished.item());
        sink.passed();
      } else {
        Report report = result.get();
        sink.keep(report, finished.file());
        if (earlier.journal().isPresent()) {
          earlier.journal().get().append(report);
        }
        counter.add(report);
        sink.accept(report);
      }
    }

    private void count(ScanItem passedOver) {
      if (sideFile(passedOver)) {
        counter.addSideFile();
      } else {
        counter.addNotMedia();
      }
    }
  }

  private static ItemExaminer.Outcome await(Future<ItemExaminer.Outcome> outcome)
      throws InterruptedException {
    try {
      return outcome.get();
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
  private static boolean passedOver(ScanItem item, Report report, ScanOptions options) {
    if (item.explicit() || report.failure().isEmpty()) {
      return false;
    }
    boolean claims = Format.claimOf(item.name()) != Format.Claim.NONE;
    return switch (report.failure().get().code()) {
      case NOT_MEDIA -> Format.claimOf(item.name()) != Format.Claim.MEDIA || sideFile(item);
      case CONTAINER_NOT_OPENED -> !options.archives();
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
