package dev.assay.isolation;

import dev.assay.FailureCode;
import dev.assay.MediaException;
import dev.assay.Sentence;
import dev.assay.isolation.WorkerProcess.EndedException;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * The processes of one kind: kept while they are idle, watched while they work, and ended with the
 * pool. Whoever takes one gives it back or drops it. Thread-safe.
 */
final class WorkerPool implements AutoCloseable {

  private final WorkerProcess.Start start;
  private final Duration time;
  private final WorkerLimits limits;
  private final Deque<WorkerProcess> idle = new ConcurrentLinkedDeque<>();
  private final Set<WorkerProcess> all = ConcurrentHashMap.newKeySet();
  private final WorkerWatch watch;
  private volatile boolean closed;
  private volatile boolean wasReady;

  /**
   * Starts nothing yet.
   *
   * @param main class of the processes
   * @param options of their Java runtime
   * @param told what each is told first
   * @param time that the answer to one question may take, before the grace of the limits
   * @param limits of each process
   */
  WorkerPool(
      Class<?> main,
      List<String> options,
      WorkerProcess.Question told,
      Duration time,
      WorkerLimits limits) {
    this.start = new WorkerProcess.Start(main, options, limits.showErrors(), told);
    this.time = time.plus(limits.grace());
    this.limits = limits;
    this.watch = new WorkerWatch(all, this.time, limits.memoryBytes());
  }

  /** A process that is idle, or a new one. */
  WorkerProcess take() throws EndedException {
    WorkerProcess known = idle.pollFirst();
    return known == null ? fresh() : known;
  }

  /**
   * A new process. Once one was ready the installation is sound, and what keeps another one from
   * being ready concerns a file; before that, two that end are a broken installation.
   *
   * @throws dev.assay.InstallationException if no process can work here
   */
  WorkerProcess fresh() throws EndedException {
    try {
      return started();
    } catch (EndedException once) {
      if (wasReady) {
        throw once;
      }
      try {
        return started();
      } catch (EndedException twice) {
        throw WorkerClassPath.broken(twice);
      }
    }
  }

  private WorkerProcess started() throws EndedException {
    requireOpen();
    WorkerProcess worker = WorkerProcess.launch(start);
    all.add(worker);
    boolean ready = false;
    try {
      // Closing may have come between: then nobody else ends it.
      requireOpen();
      worker.awaitReady(start.told());
      ready = true;
      wasReady = true;
      return worker;
    } finally {
      if (!ready) {
        drop(worker);
      }
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the detector is closed");
    }
  }

  /** Takes a process back that can answer further questions. */
  void giveBack(WorkerProcess worker) {
    idle.addFirst(worker);
  }

  /** Ends a process. */
  void drop(WorkerProcess worker) {
    all.remove(worker);
    worker.close();
  }

  /**
   * Why nothing came of a file whose process ended.
   *
   * @throws IllegalStateException if the pool ended it: nothing was found out about the file
   */
  MediaException reason(EndedException e) {
    requireOpen();
    WorkerProcess.Excess excess = e.excess();
    if (excess == null) {
      return new MediaException(
          FailureCode.CRASHED,
          Sentence.of(
              "The worker process crashed twice while examining this file: {0}.",
              String.valueOf(e.getMessage())),
          e);
    }
    return switch (excess) {
      case TOO_LONG ->
          new MediaException(
              FailureCode.TIMED_OUT,
              Sentence.of(
                  "The worker process did not finish within {0} seconds and was stopped.",
                  time.toSeconds()),
              e);
      case TOO_LARGE ->
          new MediaException(
              FailureCode.TOO_MUCH_MEMORY,
              Sentence.of(
                  "The worker process used more than {0} bytes of memory, twice, and was stopped.",
                  limits.memoryBytes()),
              e);
    };
  }

  /** Ends all processes; what they are at is given up. */
  @Override
  public void close() {
    closed = true;
    watch.close();
    all.forEach(WorkerProcess::close);
  }
}
