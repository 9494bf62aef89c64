package dev.assay.isolation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Ends worker processes that take more time or memory than they may. */
final class WorkerWatch implements AutoCloseable {

  private static final long PERIOD_MILLISECONDS = 200;
  private static final String RESIDENT = "VmRSS:";

  private final Set<WorkerProcess> workers;
  private final long nanoseconds;
  private final long memoryBytes;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "assay-watch");
            thread.setDaemon(true);
            return thread;
          });

  WorkerWatch(Set<WorkerProcess> workers, Duration time, long memoryBytes) {
    this.workers = workers;
    this.nanoseconds = time.toNanos();
    this.memoryBytes = memoryBytes;
    var unused =
        timer.scheduleWithFixedDelay(
            this::look, PERIOD_MILLISECONDS, PERIOD_MILLISECONDS, TimeUnit.MILLISECONDS);
  }

  private void look() {
    for (WorkerProcess worker : workers) {
      long request = worker.request();
      if (worker.busyNanoseconds() > nanoseconds) {
        worker.kill(WorkerProcess.Excess.TOO_LONG, request);
      } else if (residentBytes(worker.pid()) > memoryBytes) {
        worker.kill(WorkerProcess.Excess.TOO_LARGE, request);
      }
    }
  }

  /** Resident memory of a process; 0 where the system does not say. */
  static long residentBytes(long pid) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
        if (line.startsWith(RESIDENT)) {
          return Long.parseLong(line.replaceAll("\\D", "")) << 10;
        }
      }
    } catch (IOException e) {
      // Another system, or the process is gone.
    }
    return 0;
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
