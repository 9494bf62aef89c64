package dev.assay.server.internal.http;

import dev.assay.DetectorSettings;
import dev.assay.InstallationException;
import dev.assay.Report;
import dev.assay.internal.report.ReportJson;
import dev.assay.isolation.ReportPage;
import dev.assay.server.internal.intake.Upload;
import dev.assay.server.internal.work.Answers;
import dev.assay.server.internal.work.BusyException;
import dev.assay.server.internal.work.PageSettings;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Uploads become reports: from memory where the same was asked of late, else in their turn. */
final class Examinations {

  /** What was asked of which content. */
  private record Question(String sha256, DetectorSettings settings) {}

  /**
   * A report.
   *
   * @param known whether it was given before
   */
  record Answer(Report report, boolean known) {}

  private static final long BUSY_MILLISECONDS = 20;

  private final Parts parts;
  private final Answers<Question, Report> answers;

  Examinations(Parts parts) {
    this.parts = parts;
    this.answers =
        new Answers<>(parts.settings().remembered(), Parts.REMEMBERED_CHARACTERS, System::nanoTime);
  }

  /** Whether another upload would be taken now. */
  boolean hasRoom() {
    return parts.workshop().hasRoom();
  }

  /** That it would not. */
  ProblemException busy() {
    return Problem.of(
            429, "busy", "As many files wait as may wait. Ask again after the time in Retry-After.")
        .after(parts.workshop().roomIn())
        .thrown();
  }

  /**
   * The report of an upload.
   *
   * @throws ProblemException if too much waits, or nothing can be examined here
   */
  Answer report(Upload upload, DetectorSettings settings) throws InterruptedException {
    Optional<Report> known = known(upload, settings);
    if (known.isPresent()) {
      return new Answer(known.get(), true);
    }
    return new Answer(
        result(submitted(() -> examined(upload, settings)).orElseThrow(this::busy)), false);
  }

  /** The same, later, and however long it takes until there is room. */
  Future<Report> later(Upload upload, DetectorSettings settings) throws InterruptedException {
    Callable<Report> work =
        () -> {
          Optional<Report> known = known(upload, settings);
          return known.isPresent() ? known.get() : examined(upload, settings);
        };
    Optional<Future<Report>> taken = submitted(work);
    while (taken.isEmpty()) {
      Thread.sleep(BUSY_MILLISECONDS);
      taken = submitted(work);
    }
    return taken.get();
  }

  /**
   * The page of an upload, which is never known before.
   *
   * @throws ProblemException as {@link #report}
   */
  ReportPage page(Upload upload, DetectorSettings settings, String language)
      throws InterruptedException {
    ReportPage page =
        result(
            submitted(
                    () ->
                        parts
                            .detectors()
                            .ask(
                                PageSettings.of(settings),
                                d -> d.page(upload.file(), upload.name(), language)))
                .orElseThrow(this::busy));
    parts.metrics().examined(page.report());
    return page;
  }

  private Optional<Report> known(Upload upload, DetectorSettings settings) {
    Optional<Report> known = answers.find(new Question(upload.sha256(), settings));
    parts.metrics().cached(known.isPresent());
    return known.map(
        report -> report.withFile(report.file().named(upload.name(), Optional.empty())));
  }

  private Report examined(Upload upload, DetectorSettings settings) {
    Report report =
        parts
            .detectors()
            .ask(settings, d -> d.analyze(upload.file(), upload.name(), upload.sha256()));
    parts.metrics().examined(report);
    if (report.failure().isEmpty()) {
      answers.keep(
          new Question(upload.sha256(), settings), report, ReportJson.line(report).length());
    }
    return report;
  }

  private <T> Optional<Future<T>> submitted(Callable<T> work) {
    try {
      return Optional.of(parts.workshop().submit(work));
    } catch (BusyException e) {
      return Optional.empty();
    }
  }

  /** What came of it. */
  static <T> T result(Future<T> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof InstallationException broken) {
        throw Problem.of(503, "broken-installation", String.valueOf(broken.getMessage())).thrown();
      }
      throw new IllegalStateException("an examination failed", e.getCause());
    }
  }
}
