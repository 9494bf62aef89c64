package dev.assay.isolation;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What a worker process may cost.
 *
 * @param memoryBytes resident memory, of which the Java heap may have half; where it is more, the
 *     process is ended (watched on Linux; elsewhere the heap alone is bounded)
 * @param grace how long a process may go on after the time for a file is used up, before it is
 *     ended: a decoder that looks at the clock ends by itself before that
 * @param showErrors whether what workers write to standard error is shown
 */
public record WorkerLimits(long memoryBytes, Duration grace, boolean showErrors) {

  private static final WorkerLimits DEFAULTS =
      new WorkerLimits(4L << 30, Duration.ofSeconds(20), false);
  private static final long MEBIBYTE = 1L << 20;

  /** The least memory in which the models and a picture of ordinary size have room. */
  public static final long MIN_MEMORY_BYTES = 1024 * MEBIBYTE;

  public WorkerLimits {
    if (memoryBytes < MIN_MEMORY_BYTES) {
      throw new IllegalArgumentException("a worker needs at least 1 GiB: " + memoryBytes);
    }
  }

  /** 4 GiB, 20 seconds, nothing shown. */
  public static WorkerLimits defaults() {
    return DEFAULTS;
  }

  /** The same with another amount of memory. */
  public WorkerLimits withMemoryBytes(long value) {
    return new WorkerLimits(value, grace, showErrors);
  }

  /** The same with another grace. */
  public WorkerLimits withGrace(Duration value) {
    return new WorkerLimits(memoryBytes, value, showErrors);
  }

  /** The same with standard error shown, or not. */
  public WorkerLimits withShowErrors(boolean value) {
    return new WorkerLimits(memoryBytes, grace, value);
  }

  List<String> javaOptions(int threads) {
    return List.of(
        "-Xmx" + memoryBytes / 2 / MEBIBYTE + "m",
        "-Xms64m",
        "-Xmn32m",
        "-XX:+UseSerialGC",
        "-XX:-UsePerfData",
        "-XX:-CreateCoredumpOnCrash",
        "-XX:ErrorFile=" + crashReport("%p"),
        "-XX:ActiveProcessorCount=" + threads,
        "-Djava.awt.headless=true");
  }

  static String crashReport(String pid) {
    return Path.of(System.getProperty("java.io.tmpdir"), "assay-crash-" + pid + ".log").toString();
  }
}
