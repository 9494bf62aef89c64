package dev.assay.spark;

import dev.assay.Detector;
import dev.assay.DetectorSettings;
import dev.assay.FailureCode;
import dev.assay.FileAnalyzer;
import dev.assay.MediaException;
import dev.assay.Report;
import dev.assay.Sentence;
import dev.assay.isolation.IsolatedDetector;
import dev.assay.isolation.WorkerLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.Optional;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Row;
import org.apache.spark.util.TaskCompletionListener;

/**
 * The reports on one partition's files, one after the other. The detector and the temporary folder
 * are closed with the task, however it ends.
 */
final class PartitionScan implements Iterator<Row> {

  private final Iterator<Row> rows;
  private final MediaFile.Opener opener;
  private final FileAnalyzer analyzer;
  private final Path folder;

  PartitionScan(
      Iterator<Row> rows, MediaFile.Opener opener, DetectorSettings settings, boolean isolated) {
    this.rows = rows;
    this.opener = opener;
    AutoCloseable detector;
    if (isolated) {
      IsolatedDetector apart = new IsolatedDetector(settings, 1, WorkerLimits.defaults());
      analyzer = apart;
      detector = apart;
    } else {
      Detector here = Detector.open(settings);
      analyzer = here;
      detector = here;
    }
    try {
      folder = Files.createTempDirectory("assay-partition-");
    } catch (IOException e) {
      throw new UncheckedIOException("There is no room for temporary files.", e);
    }
    TaskCompletionListener listener = context -> close(detector);
    TaskContext.get().addTaskCompletionListener(listener);
  }

  @Override
  public boolean hasNext() {
    return rows.hasNext();
  }

  @Override
  public Row next() {
    Row row = rows.next();
    try {
      return ReportRows.of(examine(opener.open(row)));
    } catch (NullPointerException | IllegalArgumentException | ClassCastException e) {
      // One row that is none must not be tried four times and end the job.
      String name = String.valueOf(row.get(0));
      return ReportRows.of(
          analyzer.failed(
              name,
              new MediaException(
                  FailureCode.NOT_FOUND, Sentence.of("It is not a URI: {0}.", e), e)));
    }
  }

  private Report examine(MediaFile file) {
    Path spare = folder.resolve("file");
    try {
      MediaFile.Local local = file.content().local(spare);
      Report report = analyzer.analyze(local.file(), file.name());
      return report.withFile(
          report
              .file()
              .found(
                  size(local.file()),
                  local.modified().map(time -> time.truncatedTo(ChronoUnit.MILLIS))));
    } catch (IOException e) {
      return analyzer.failed(file.name(), MediaException.unreadable(e));
    } catch (IllegalArgumentException e) {
      return analyzer.failed(
          file.name(),
          new MediaException(
              FailureCode.NOT_FOUND,
              Sentence.of("It is not a URI: {0}.", String.valueOf(e.getMessage())),
              e));
    } finally {
      delete(spare);
    }
  }

  private static Optional<Long> size(Path file) {
    try {
      return Optional.of(Files.size(file));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private void close(AutoCloseable detector) {
    try {
      detector.close();
    } catch (Exception e) {
      throw new IllegalStateException("the detector could not be closed", e);
    } finally {
      delete(folder);
    }
  }

  private static void delete(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      // It stays in the temporary folder of the executor.
    }
  }
}
