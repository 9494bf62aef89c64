package dev.assay.isolation;

import dev.assay.Archives;
import dev.assay.Condition;
import dev.assay.ContentFeatures;
import dev.assay.Detector;
import dev.assay.DetectorSettings;
import dev.assay.FileAnalyzer;
import dev.assay.Fingerprinted;
import dev.assay.InstallationException;
import dev.assay.MediaException;
import dev.assay.Report;
import dev.assay.internal.report.ReportReader;
import dev.assay.isolation.WorkerProcess.EndedException;
import dev.assay.page.PageTexts;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

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
  private final Detector local;
  private final Semaphore places;
  private final WorkerPool pool;
  private final IsolatedArchives archives;

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
    this.local = Detector.open(settings);
    this.places = new Semaphore(processes);
    Duration time = settings.limits().time();
    this.pool =
        new WorkerPool(
            WorkerMain.class,
            limits.javaOptions(settings.threads()),
            out -> WorkerMessages.writeSettings(out, settings),
            time,
            limits);
    this.archives = new IsolatedArchives(time, limits);
  }

  @Override
  public Report analyze(Path file, String name) {
    return analyze(file, name, "");
  }

  /**
   * Examines a file whose hash is known from writing it, as {@link Detector#analyze(Path, String,
   * String)} does.
   */
  public Report analyze(Path file, String name, String sha256) {
    Asked<Report> asked =
        new Asked<>(
            path -> question(WorkerMessages.EXAMINE, path, name, sha256),
            (kind, in) -> ReportReader.read(WorkerMessages.readText(in)),
            reason -> failed(name, reason));
    return answered(file, asked);
  }

  /** Without a fingerprint also where the process came to an end. */
  @Override
  public Fingerprinted fingerprinted(Path file, String name) {
    Asked<Fingerprinted> asked =
        new Asked<>(
            path -> question(WorkerMessages.FINGERPRINT, path, name, ""),
            (kind, in) -> {
              Report report = ReportReader.read(WorkerMessages.readText(in));
              byte[] content = WorkerMessages.readContent(in);
              return new Fingerprinted(
                  report,
                  content.length == 0 ? Optional.empty() : Optional.of(ByteBuffer.wrap(content)));
            },
            reason -> new Fingerprinted(failed(name, reason), Optional.empty()));
    return answered(file, asked);
  }

  /**
   * Examines a file, and shows what was found to a person.
   *
   * @param file where it lies
   * @param name what the report calls it
   * @param language of the page, one of {@link PageTexts#LANGUAGES}
   * @return the report with its page; of a file whose process came to an end a page without
   *     pictures
   */
  public ReportPage page(Path file, String name, String language) {
    Asked<ReportPage> asked =
        new Asked<>(
            path -> question(WorkerMessages.PAGE, path, name, language),
            (kind, in) ->
                new ReportPage(
                    ReportReader.read(WorkerMessages.readText(in)), WorkerMessages.readText(in)),
            reason -> ReportPage.of(failed(name, reason), PageTexts.of(language)));
    return answered(file, asked);
  }

  /**
   * What is asked of a file.
   *
   * @param question by its path
   * @param answer how it is read
   * @param failed what stands in its place where there is none
   */
  private record Asked<T>(
      Function<String, WorkerProcess.Question> question,
      WorkerProcess.Answer<T> answer,
      Function<MediaException, T> failed) {}

  private <T> T answered(Path file, Asked<T> asked) {
    places.acquireUninterruptibly();
    try {
      return inProcess(file, asked);
    } finally {
      places.release();
    }
  }

  /** Also empty where the process that decoded it came to an end. */
  @Override
  public Optional<byte[]> thumbnail(Path file, int side) {
    return content(file, WorkerMessages.THUMBNAIL, Integer.toString(side));
  }

  /** Also empty where the process that decoded it came to an end. */
  @Override
  public Optional<byte[]> copy(Path file, Condition condition) {
    return content(file, WorkerMessages.COPY, condition.code());
  }

  /** Also empty where the process that computed them came to an end. */
  @Override
  public Optional<ContentFeatures> features(Path file) {
    Optional<byte[]> bytes = content(file, WorkerMessages.FEATURES, "");
    try {
      return bytes.isEmpty() ? Optional.empty() : Optional.of(ContentFeatures.read(bytes.get()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private Optional<byte[]> content(Path file, int kind, String how) {
    places.acquireUninterruptibly();
    try (NameablePath nameable = NameablePath.of(file)) {
      byte[] content =
          ask(
              pool.take(),
              question(kind, nameable.text(), "", how),
              (answer, in) -> WorkerMessages.readContent(in),
              Duration.ZERO);
      return content.length == 0 ? Optional.empty() : Optional.of(content);
    } catch (EndedException | IOException e) {
      return Optional.empty();
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
    pool.close();
    archives.close();
    local.close();
  }

  private <T> T inProcess(Path file, Asked<T> asked) {
    try (NameablePath nameable = NameablePath.of(file)) {
      String path = nameable.text();
      try {
        return ask(pool.take(), path, asked);
      } catch (EndedException e) {
        if (e.excess() == WorkerProcess.Excess.TOO_LONG) {
          return asked.failed().apply(pool.reason(e));
        }
        return again(path, asked);
      }
    } catch (IOException e) {
      return asked.failed().apply(MediaException.unreadable(e));
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
  private <T> T again(String path, Asked<T> asked) {
    try {
      return ask(pool.fresh(), path, asked);
    } catch (EndedException e) {
      return asked.failed().apply(pool.reason(e));
    }
  }

  private <T> T ask(WorkerProcess worker, String path, Asked<T> asked) throws EndedException {
    return ask(
        worker,
        asked.question().apply(path),
        asked.answer(),
        settings.limits().readingTime(size(path)));
  }

  private static WorkerProcess.Question question(int kind, String path, String name, String how) {
    return out -> {
      out.writeInt(kind);
      WorkerMessages.writeText(out, path);
      WorkerMessages.writeText(out, name);
      WorkerMessages.writeText(out, how);
    };
  }

  private <T> T ask(
      WorkerProcess worker,
      WorkerProcess.Question question,
      WorkerProcess.Answer<T> answer,
      Duration more)
      throws EndedException {
    boolean alive = false;
    try {
      T result = worker.ask(question, answer, more);
      alive = true;
      return result;
    } finally {
      if (alive) {
        pool.giveBack(worker);
      } else {
        pool.drop(worker);
      }
    }
  }
}
