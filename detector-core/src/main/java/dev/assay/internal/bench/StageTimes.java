package dev.assay.internal.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/**
 * Records how the processor's time of this process is spent, from when it is made until {@link
 * #shares}: by Flight Recorder's events of each stage.
 */
final class StageTimes implements AutoCloseable {

  private static final List<String> STAGES = List.of("Decode", "Preprocessing", "Inference");
  private static final double NANOSECONDS = 1e9;

  private final Recording recording = new Recording();
  private final long processor = processorNanoseconds();

  StageTimes() {
    STAGES.forEach(stage -> recording.enable("dev.assay." + stage).withThreshold(Duration.ZERO));
    recording.start();
  }

  /** Shares of the processor's time, by stage, and the rest. */
  Map<String, Double> shares() throws IOException {
    double all = (processorNanoseconds() - processor) / NANOSECONDS;
    recording.stop();
    Path file = Files.createTempFile("assay-bench-", ".jfr");
    try {
      recording.dump(file);
      Map<String, Double> shares = new LinkedHashMap<>();
      STAGES.forEach(stage -> shares.put(stage.toLowerCase(Locale.ROOT), 0.0));
      double rest = 1;
      for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
        String name = event.getEventType().getName();
        String stage = name.substring(name.lastIndexOf('.') + 1);
        if (STAGES.contains(stage)) {
          double share = event.getDuration().toNanos() / NANOSECONDS / all;
          shares.merge(stage.toLowerCase(Locale.ROOT), share, Double::sum);
          rest -= share;
        }
      }
      shares.put("rest", rest);
      return shares;
    } finally {
      Files.delete(file);
    }
  }

  @Override
  public void close() {
    recording.close();
  }

  private static long processorNanoseconds() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
