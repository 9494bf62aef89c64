package dev.assay.evaluation;

import dev.assay.Condition;
import dev.assay.FailureCode;
import dev.assay.FileAnalyzer;
import dev.assay.MediaException;
import dev.assay.Report;
import dev.assay.internal.resource.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Has a detector examine the samples of a data set, each content once per condition, and keeps what
 * it said.
 */
final class Examination {

  /** The code of files as they are, beside those of {@link Condition}. */
  static final String AS_FOUND = "as-found";

  private static final int BUFFER_BYTES = 1 << 16;

  /** Sees how it goes on. */
  interface Progress {
    /**
     * A file is done.
     *
     * @param fresh whether it was examined now, not in an earlier run
     */
    void step(boolean fresh);
  }

  private final FileAnalyzer analyzer;
  private final String detector;
  private final int workers;
  private final Path cache;
  private final Progress progress;

  /**
   * An examination.
   *
   * @param detector what tells the analyzer's answers from those of others: its settings
   * @param workers files examined at a time, at least 1
   * @param cache folder of what is kept
   */
  Examination(FileAnalyzer analyzer, String detector, int workers, Path cache, Progress progress) {
    this.analyzer = analyzer;
    this.detector = detector + "\n" + analyzer.tool();
    this.workers = workers;
    this.cache = cache;
    this.progress = progress;
  }

  /** A sample and the hash of its content; empty where it cannot be read. */
  private record Hashed(Sample sample, Optional<String> sha256) {}

  /**
   * Examines.
   *
   * @param condition empty for the files as they are
   * @return in the order of the samples
   * @throws IOException if the results cannot be kept
   * @throws InterruptedException if the calling thread is interrupted; what is done is kept
   */
  List<Scored> run(List<Sample> samples, Optional<Condition> condition)
      throws IOException, InterruptedException {
    ExecutorService pool = Executors.newFixedThreadPool(workers);
    try (OutcomeCache found = new OutcomeCache(cache, detector, AS_FOUND);
        OutcomeCache changed =
            condition.isEmpty()
                ? found
                : new OutcomeCache(cache, detector, condition.get().code())) {
      List<Future<Scored>> running = new ArrayList<>();
      for (Sample sample : samples) {
        running.add(
            pool.submit(
                () -> {
                  Hashed hashed = new Hashed(sample, hash(sample.file()));
                  return condition.isEmpty()
                      ? asFound(hashed, found)
                      : under(condition.get(), hashed, found, changed);
                }));
      }
      List<Scored> all = new ArrayList<>();
      for (Future<Scored> each : running) {
        all.add(get(each));
      }
      return all;
    } finally {
      pool.shutdownNow();
      // What is at work writes into what is closed next.
      pool.awaitTermination(1, TimeUnit.HOURS);
    }
  }

  private static Scored get(Future<Scored> future) throws IOException, InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failed) {
        throw failed;
      }
      if (e.getCause() instanceof RuntimeException failed) {
        throw failed;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private Scored asFound(Hashed hashed, OutcomeCache cache) throws IOException {
    Optional<Outcome> known = hashed.sha256().flatMap(cache::find);
    Outcome outcome;
    if (known.isPresent()) {
      outcome = known.get();
    } else {
      Report report = analyzer.analyze(hashed.sample().file(), hashed.sample().name());
      outcome = Outcome.of(hashed.sha256().orElse(""), report);
      keep(outcome, cache);
    }
    progress.step(known.isEmpty());
    return new Scored(hashed.sample(), outcome);
  }

  private Scored under(Condition condition, Hashed hashed, OutcomeCache found, OutcomeCache changed)
      throws IOException {
    Optional<Outcome> known = hashed.sha256().flatMap(changed::find);
    Outcome outcome = known.isPresent() ? known.get() : ofCopy(condition, hashed);
    if (known.isEmpty()) {
      keep(outcome, changed);
    }
    progress.step(known.isEmpty());
    Optional<Outcome> original = hashed.sha256().flatMap(found::find);
    return new Scored(
        hashed.sample(), original.isPresent() ? outcome.ofCopyOf(original.get()) : outcome);
  }

  private Outcome ofCopy(Condition condition, Hashed hashed) throws IOException {
    Sample sample = hashed.sample();
    String sha256 = hashed.sha256().orElse("");
    Optional<byte[]> copy = analyzer.copy(sample.file(), condition);
    if (copy.isEmpty()) {
      MediaException reason =
          new MediaException(
              FailureCode.UNSUPPORTED_FORMAT, "No copy can be made: it is no still picture.");
      return Outcome.of(sha256, analyzer.failed(sample.name(), reason)).withoutCopy();
    }
    Path folder = Files.createTempDirectory("assay-copy-");
    Path file = folder.resolve("copy");
    try {
      Files.write(file, copy.get());
      return Outcome.of(sha256, analyzer.analyze(file, sample.name()));
    } finally {
      Files.deleteIfExists(file);
      Files.deleteIfExists(folder);
    }
  }

  /** A file that could not be read may be there the next time. */
  private static void keep(Outcome outcome, OutcomeCache cache) throws IOException {
    if (!outcome.sha256().isEmpty()) {
      cache.add(outcome);
    }
  }

  private static Optional<String> hash(Path file) {
    MessageDigest digest = Sha256.digest();
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
      return Optional.of(Sha256.hexadecimal(digest));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
