package dev.assay.isolation;

import dev.assay.Archives;
import dev.assay.Detector;
import dev.assay.DetectorSettings;
import dev.assay.FailureCode;
import dev.assay.FileAnalyzer;
import dev.assay.InstallationException;
import dev.assay.MediaException;
import dev.assay.Report;
import dev.assay.Sentence;
import dev.assay.isolation.WorkerProcess.EndedException;
import dev.assay.report.ReportReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;

/**
 * A detector whose decoders and models run in worker processes, so that a file that breaks them
 * breaks nothing else.
 *
 * <p>Each process examines one file at a time. It is ended when a file takes longer than its time,
 * or the process more memory than it may, and replaced when it ends for whatever reason. A file
 * whose process came to a sudden end is tried once more in a process of its own, and then reported
 * as failed with the reason. Nothing native is loaded into this process.
 *
 * <p>Thread-safe. Examiners come from the class path only.
 */
public final class IsolatedDetector implements FileAnalyzer, AutoCloseable {

  private final DetectorSettings settings;
  private final WorkerLimits limits;
  private final Detector local;
  private final Semaphore places;
  private final Deque<WorkerProcess> idle = new ConcurrentLinkedDeque<>();
  private final Set<WorkerProcess> all = ConcurrentHashMap.newKeySet();
  private final WorkerWatch watch;
  private final IsolatedArchives archives;
  private volatile boolean closed;
  private volatile boolean wasReady;

  /**
   * Makes the detector; processes are started when first needed.
   *
   * @param settings of the detector in each process
   * @param processes how many files are examined at a time, at least 1
   * @param limits what a process may cost
   * @throws InstallationException if the models' folder holds no model, or a broken one
   */
  public IsolatedDetector(DetectorSettings settings, int processes, WorkerLimits limits) {
    this.settings = settings;
    this.limits = limits;
    this.local = Detector.builder().withSettings(settings).build();
    this.places = new Semaphore(processes);
    Duration time = settings.limits().time().plus(limits.grace());
    this.watch = new WorkerWatch(all, time, limits.memoryBytes());
    this.archives = new IsolatedArchives(settings.limits().time(), limits);
  }

  @Override
  public Report analyze(Path file, String name) {
    places.acquireUninterruptibly();
    try {
      return inProcess(file, name);
    } finally {
      places.release();
    }
  }

  @Override
  public Report failed(String name, MediaException reason) {
    return local.failed(name, reason);
  }

  @Override
  public Archives archives() {
    return archives;
  }

  @Override
  public Report.Tool tool() {
    return local.tool();
  }

  /** Ends the processes; what is being examined is given up. */
  @Override
  public void close() {
    closed = true;
    watch.close();
    archives.close();
    all.forEach(WorkerProcess::close);
    local.close();
  }

  private Report inProcess(Path file, String name) {
    try (NameablePath nameable = NameablePath.of(file)) {
      String path = nameable.text();
      try {
        WorkerProcess worker = idle.pollFirst();
        return examine(worker == null ? start() : worker, path, name);
      } catch (EndedException e) {
        if (e.excess() == WorkerProcess.Excess.TOO_LONG) {
          return failed(name, reason(e));
        }
        return again(path, name);
      }
    } catch (IOException e) {
      return failed(name, MediaException.unreadable(e));
    }
  }

  /** What is read besides; of what cannot be read the worker says why. */
  private static long size(String path) {
    try {
      return Files.size(Path.of(path));
    } catch (IOException e) {
      return 0;
    }
  }

  /** Once more, in a process that has seen no other file. */
  private Report again(String path, String name) {
    try {
      return examine(start(), path, name);
    } catch (EndedException e) {
      return failed(name, reason(e));
    }
  }

  private Report examine(WorkerProcess worker, String path, String name) throws EndedException {
    boolean alive = false;
    try {
      Report report =
          worker.ask(
              out -> {
                WorkerMessages.writeText(out, path);
                WorkerMessages.writeText(out, name);
              },
              (kind, in) -> ReportReader.read(WorkerMessages.readText(in)),
              settings.limits().readingTime(size(path)));
      alive = true;
      return report;
    } finally {
      if (alive) {
        idle.addFirst(worker);
      } else {
        all.remove(worker);
        worker.close();
      }
    }
  }

  /**
   * Starts a process. Once one was ready the installation is sound, and what keeps another one from
   * being ready concerns a file.
   */
  private WorkerProcess start() throws EndedException {
    if (closed) {
      throw new IllegalStateException("the detector is closed");
    }
    List<String> options = limits.javaOptions(settings.threads());
    WorkerProcess.Question told = out -> WorkerMessages.writeSettings(out, settings);
    WorkerProcess worker =
        wasReady
            ? WorkerProcess.start(WorkerMain.class, options, limits.showErrors(), told)
            : WorkerProcess.startFirst(WorkerMain.class, options, limits.showErrors(), told);
    wasReady = true;
    all.add(worker);
    if (closed) {
      worker.close();
    }
    return worker;
  }

  private MediaException reason(EndedException e) {
    WorkerProcess.Excess excess = e.excess();
    if (excess == null) {
      return new MediaException(
          FailureCode.CRASHED,
          Sentence.of(
              "The process that examined it came to a sudden end, twice: {0}.",
              String.valueOf(e.getMessage())),
          e);
    }
    return switch (excess) {
      case TOO_LONG ->
          new MediaException(
              FailureCode.TIMED_OUT,
              Sentence.of(
                  "The process that examined it did not end within {0} seconds and was ended.",
                  settings.limits().time().plus(limits.grace()).toSeconds()),
              e);
      case TOO_LARGE ->
          new MediaException(
              FailureCode.TOO_MUCH_MEMORY,
              Sentence.of(
                  "The process that examined it took more than {0} bytes of memory and was"
                      + " ended, twice.",
                  limits.memoryBytes()),
              e);
    };
  }
}
