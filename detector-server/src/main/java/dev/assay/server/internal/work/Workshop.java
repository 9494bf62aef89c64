package dev.assay.server.internal.work;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Examinations in the order of their arrival: some at a time, some waiting, no more. */
public final class Workshop implements AutoCloseable {

  private static final double SMOOTHING = 0.1;

  private final ThreadPoolExecutor executor;
  private double secondsEach = 1;

  /**
   * With nothing to do.
   *
   * @param places how many are worked on at a time
   * @param queue how many may wait
   */
  public Workshop(int places, int queue) {
    this.executor =
        new ThreadPoolExecutor(
            places,
            places,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(queue),
            task -> new Thread(task, "assay-examination"));
  }

  /** Whether another would be taken now. */
  public boolean hasRoom() {
    return executor.getQueue().remainingCapacity() > 0;
  }

  /**
   * Takes work.
   *
   * @throws BusyException if too much is waiting, or the workshop is closed
   */
  public <T> Future<T> submit(Callable<T> work) throws BusyException {
    FutureTask<T> task = new FutureTask<>(() -> timed(work));
    try {
      executor.execute(task);
      return task;
    } catch (RejectedExecutionException e) {
      throw new BusyException();
    }
  }

  private <T> T timed(Callable<T> work) throws Exception {
    long begun = System.nanoTime();
    try {
      return work.call();
    } finally {
      took((System.nanoTime() - begun) / 1e9);
    }
  }

  private synchronized void took(double seconds) {
    secondsEach += SMOOTHING * (seconds - secondsEach);
  }

  /** How many wait. */
  public int waiting() {
    return executor.getQueue().size();
  }

  /** How many are worked on. */
  public int working() {
    return executor.getActiveCount();
  }

  /** Seconds after which there is room again, by how long others took; at least 1. */
  public synchronized int roomIn() {
    return (int)
        Math.max(1, Math.min(60, Math.ceil(secondsEach * waiting() / executor.getCorePoolSize())));
  }

  /** Takes no more, and waits for what is there, if it is done in time. */
  public void finish(Duration time) throws InterruptedException {
    executor.shutdown();
    var unused = executor.awaitTermination(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Gives up what waits, and interrupts what is worked on.
   *
   * @see #awaitEnd
   */
  @Override
  public void close() {
    executor.shutdownNow();
  }

  /** Waits until nobody works any more, once it is closed; whoever still does writes files. */
  public void awaitEnd() {
    boolean ended = false;
    boolean interrupted = false;
    while (!ended) {
      try {
        ended = executor.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
