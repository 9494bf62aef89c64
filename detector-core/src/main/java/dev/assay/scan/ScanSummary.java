package dev.assay.scan;

import dev.assay.FailureCode;
import dev.assay.Report;
import dev.assay.Verdict.Label;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * What came out of a scan.
 *
 * @param labels files with a verdict, by label; of this scan and of those before that it goes on
 *     from
 * @param failures files that failed, by reason; as for labels
 * @param unchanged how many of these were examined by an earlier scan and did not change
 * @param copies how many of these were not examined, since another file has the same content
 * @param notMedia files found on the way that are no media and whose names claim none: passed over
 *     without a report
 * @param sideFiles folders of thumbnails, and files that macOS writes beside others, passed over
 * @param excluded files and folders left out as asked
 * @param links links that were not followed
 * @param bytes size of all files that this scan examined
 * @param elapsed wall-clock time
 * @param complete whether all was looked at; otherwise the scan was stopped
 */
public record ScanSummary(
    Map<Label, Long> labels,
    Map<FailureCode, Long> failures,
    long unchanged,
    long copies,
    long notMedia,
    long sideFiles,
    long excluded,
    long links,
    long bytes,
    Duration elapsed,
    boolean complete) {

  public ScanSummary {
    labels = Map.copyOf(labels);
    failures = Map.copyOf(failures);
  }

  /** Files with a verdict. */
  public long examined() {
    return labels.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Files without one. */
  public long failed() {
    return failures.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Counts files as they are done. Not thread-safe. */
  static final class Counter {
    private final Map<Label, Long> labels = new EnumMap<>(Label.class);
    private final Map<FailureCode, Long> failures = new EnumMap<>(FailureCode.class);
    private final long start = System.nanoTime();
    private long unchanged;
    private long copies;
    private long notMedia;
    private long sideFiles;
    private long bytes;

    void add(Report report) {
      report.verdict().ifPresent(verdict -> labels.merge(verdict.label(), 1L, Long::sum));
      report.failure().ifPresent(failure -> failures.merge(failure.code(), 1L, Long::sum));
      if (report.file().sameContentAs().isPresent()) {
        copies++;
      }
      bytes += report.file().size().orElse(0L);
    }

    void addUnchanged(Journal.Entry entry) {
      if (entry.outcome() instanceof Label label) {
        labels.merge(label, 1L, Long::sum);
      } else if (entry.outcome() instanceof FailureCode code) {
        failures.merge(code, 1L, Long::sum);
      }
      unchanged++;
    }

    void addNotMedia() {
      notMedia++;
    }

    void addSideFile() {
      sideFiles++;
    }

    ScanSummary summary(FileWalk walk, boolean complete) {
      return new ScanSummary(
          labels,
          failures,
          unchanged,
          copies,
          notMedia,
          sideFiles + walk.sideFiles(),
          walk.excluded(),
          walk.links(),
          bytes,
          Duration.ofNanos(System.nanoTime() - start),
          complete);
    }
  }
}
