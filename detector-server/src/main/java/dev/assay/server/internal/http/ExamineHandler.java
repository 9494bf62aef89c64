package dev.assay.server.internal.http;

import dev.assay.DetectorSettings;
import dev.assay.FailureCode;
import dev.assay.Report;
import dev.assay.internal.report.ReportJson;
import dev.assay.isolation.ReportPage;
import dev.assay.server.internal.intake.Upload;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Map;

/** {@code POST /v1/examine}: takes a file, examines it while its sender waits, and answers. */
final class ExamineHandler {

  /** Whether an answer was known already. */
  static final String CACHE = "X-Assay-Cache";

  private static final String HTML = "text/html";

  private final Parts parts;
  private final Examinations examinations;
  private final RequestSettings settings;

  ExamineHandler(Parts parts, Examinations examinations) {
    this.parts = parts;
    this.examinations = examinations;
    this.settings = new RequestSettings(parts.settings().detector());
  }

  void handle(Context context) throws IOException, InterruptedException {
    if (!examinations.hasRoom()) {
      throw examinations.busy();
    }
    DetectorSettings queried = settings.of(context);
    Body body = parts.received(context);
    try (Upload upload = body.upload()) {
      RequestLog.of(context).received(upload.size(), upload.name());
      DetectorSettings wanted = settings.of(context, queried, body.settings());
      if (prefersPage(context)) {
        page(context, upload, wanted);
      } else {
        report(context, upload, wanted);
      }
    }
  }

  private static boolean prefersPage(Context context) {
    String accept = context.header("Accept");
    return accept != null && accept.strip().startsWith(HTML);
  }

  private void report(Context context, Upload upload, DetectorSettings wanted)
      throws InterruptedException {
    Examinations.Answer answer = examinations.report(upload, wanted);
    requireVerdict(answer.report());
    context.header(CACHE, answer.known() ? "hit" : "miss");
    context.contentType("application/json").result(ReportJson.line(answer.report()));
  }

  private void page(Context context, Upload upload, DetectorSettings wanted)
      throws InterruptedException {
    ReportPage page = examinations.page(upload, wanted, RequestLanguage.code(context));
    requireVerdict(page.report());
    context.header("Content-Security-Policy", JobPages.POLICY);
    context.html(page.html());
  }

  /** A file without a verdict is a problem, with the report beside it. */
  private static void requireVerdict(Report report) {
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
