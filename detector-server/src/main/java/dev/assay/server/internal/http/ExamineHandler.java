package dev.assay.server.internal.http;

import dev.assay.DetectorSettings;
import dev.assay.FailureCode;
import dev.assay.InstallationException;
import dev.assay.Report;
import dev.assay.internal.report.ReportJson;
import dev.assay.isolation.ReportPage;
import dev.assay.page.PageTexts;
import dev.assay.server.internal.intake.Upload;
import dev.assay.server.internal.work.Answers;
import dev.assay.server.internal.work.BusyException;
import dev.assay.server.internal.work.Detectors;
import dev.assay.server.internal.work.Workshop;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/** {@code POST /v1/examine}: takes a file, examines it while its sender waits, and answers. */
final class ExamineHandler {

  /** Whether an answer was known already. */
  static final String CACHE = "X-Assay-Cache";

  private static final String HTML = "text/html";

  /** What was asked of which content. */
  private record Question(String sha256, DetectorSettings settings) {}

  private final Parts parts;
  private final Workshop workshop;
  private final Detectors detectors;
  private final Answers<Question, Report> answers;
  private final RequestSettings settings;
  private final ServiceMetrics metrics;

  ExamineHandler(Parts parts) {
    this.parts = parts;
    this.workshop = parts.workshop();
    this.detectors = parts.detectors();
    this.answers =
        new Answers<>(parts.settings().remembered(), Parts.REMEMBERED_CHARACTERS, System::nanoTime);
    this.settings = new RequestSettings(parts.settings().detector());
    this.metrics = parts.metrics();
  }

  void handle(Context context) throws IOException, InterruptedException {
    if (!workshop.hasRoom()) {
      throw busy();
    }
    Body body = parts.received(context);
    try (Upload upload = body.upload()) {
      RequestLog.of(context).received(upload.size(), upload.name());
      DetectorSettings wanted = settings.of(context.queryParamMap(), body.settings());
      if (prefersPage(context)) {
        page(context, upload, wanted);
      } else {
        report(context, upload, wanted);
      }
    }
  }

  private ProblemException busy() {
    return Problem.of(
            429, "busy", "As many files wait as may wait. Ask again after the time in Retry-After.")
        .after(workshop.roomIn())
        .thrown();
  }

  private static boolean prefersPage(Context context) {
    String accept = context.header("Accept");
    return accept != null && accept.strip().startsWith(HTML);
  }

  private void report(Context context, Upload upload, DetectorSettings wanted)
      throws InterruptedException {
    Question question = new Question(upload.sha256(), wanted);
    Optional<Report> known = answers.find(question);
    context.header(CACHE, known.isPresent() ? "hit" : "miss");
    metrics.cached(known.isPresent());
    if (known.isPresent()) {
      Report report = known.get();
      send(
          context,
          ReportJson.line(report.withFile(report.file().named(upload.name(), Optional.empty()))));
      return;
    }
    Report report =
        worked(
            () ->
                detectors.ask(
                    wanted, d -> d.analyze(upload.file(), upload.name(), upload.sha256())));
    metrics.examined(report);
    requireReport(report);
    String json = ReportJson.line(report);
    answers.keep(question, report, json.length());
    send(context, json);
  }

  private static void send(Context context, String json) {
    context.contentType("application/json").result(json);
  }

  private void page(Context context, Upload upload, DetectorSettings wanted)
      throws InterruptedException {
    String language = context.queryParam("lang");
    String spoken = language != null && PageTexts.LANGUAGES.contains(language) ? language : "en";
    ReportPage page =
        worked(
            () ->
                detectors.ask(
                    PageSettings.of(wanted), d -> d.page(upload.file(), upload.name(), spoken)));
    metrics.examined(page.report());
    requireReport(page.report());
    context.html(page.html());
  }

  /** Works on it in its turn. */
  private <T> T worked(java.util.concurrent.Callable<T> work) throws InterruptedException {
    try {
      return workshop.submit(work).get();
    } catch (BusyException e) {
      throw busy();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof InstallationException broken) {
        throw Problem.of(503, "broken-installation", String.valueOf(broken.getMessage())).thrown();
      }
      throw new IllegalStateException("an examination failed", e.getCause());
    }
  }

  /** A file without a verdict is a problem, with the report beside it. */
  private static void requireReport(Report report) {
    if (report.failure().isEmpty()) {
      return;
    }
    Report.Failure failure = report.failure().get();
    throw new Problem(
            status(failure.code()),
            failure.code().code(),
            failure.message(),
            0,
            Map.of("report", RawJson.of(ReportJson.line(report))))
        .thrown();
  }

  private static int status(FailureCode code) {
    return switch (code) {
      case TOO_MANY_BYTES -> 413;
      case NOT_MEDIA, CONTAINER_NOT_OPENED, NOT_RECOGNISED, UNSUPPORTED_FORMAT -> 415;
      case INTERNAL -> 500;
      default -> 422;
    };
  }
}
