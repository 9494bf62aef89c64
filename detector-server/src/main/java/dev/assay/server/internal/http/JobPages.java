package dev.assay.server.internal.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.assay.page.ArticleText;
import dev.assay.page.ComparePage;
import dev.assay.server.internal.jobs.Job;
import dev.assay.server.internal.jobs.Job.Status;
import dev.assay.server.internal.jobs.Jobs;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What people look at of jobs that are done: pages, pictures, a text, two beside one another. */
final class JobPages {

  /** Parameter that names the first job of two. */
  static final String ONE = "one";

  /** Parameter that names the second. */
  static final String OTHER = "other";

  /**
   * A page shows what came out of a file: whatever that might bring to run is of no origin, and can
   * ask this server for nothing.
   */
  static final String POLICY = "sandbox allow-scripts allow-popups; frame-ancestors 'none'";

  private static final int MAX_CHOSEN_BYTES = 1_048_576;
  private static final JsonMapper JSON = new JsonMapper();

  private final OwnJobs own;
  private final Jobs jobs;

  JobPages(OwnJobs own) {
    this.own = own;
    this.jobs = own.jobs();
  }

  /** The page of a job. */
  void page(Context context) throws IOException {
    Job job = own.named(context);
    html(context, own.page(job, own.report(job), RequestLanguage.texts(context)));
  }

  private static void html(Context context, String page) {
    context.header("Content-Security-Policy", POLICY);
    context.html(page);
  }

  /** The small picture of a job. */
  void thumbnail(Context context) throws IOException {
    Optional<byte[]> jpeg = jobs.thumbnail(own.named(context));
    context
        .contentType("image/jpeg")
        .result(
            jpeg.orElseThrow(
                () -> Problem.of(404, "no-picture", "The job has no small picture.").thrown()));
  }

  /** The answer as a text that can be quoted. */
  void text(Context context) throws IOException {
    Job job = own.named(context);
    Instant examined = job.finished().orElseThrow(OwnJobs::notDone);
    String text = ArticleText.of(RequestLanguage.texts(context), own.report(job), examined);
    context.contentType("text/plain; charset=utf-8").result(text);
  }

  /** Two jobs side by side. */
  void compare(Context context) throws IOException {
    ComparePage.Side one = side(context, ONE);
    ComparePage.Side other = side(context, OTHER);
    html(context, ComparePage.of(RequestLanguage.texts(context), one, other));
  }

  private ComparePage.Side side(Context context, String parameter) throws IOException {
    Job job = own.named(context, Optional.ofNullable(context.queryParam(parameter)).orElse(""));
    return new ComparePage.Side(own.report(job), jobs.thumbnail(job));
  }

  /** Those that the body names, or all, as a ZIP file; what is not done is left out. */
  void export(Context context) throws IOException {
    List<Job> done = chosen(context).stream().filter(job -> job.status() == Status.DONE).toList();
    context.contentType("application/zip");
    context.header("Content-Disposition", "attachment; filename=\"assay.zip\"");
    JobArchive.write(context.outputStream(), own, done, RequestLanguage.texts(context));
  }

  private List<Job> chosen(Context context) throws IOException {
    byte[] body = context.req().getInputStream().readNBytes(MAX_CHOSEN_BYTES + 1);
    RequestLog.of(context).received(body.length, "");
    if (body.length == 0) {
      return jobs.all(RequestLog.of(context).keyName());
    }
    List<Job> chosen = new ArrayList<>();
    for (JsonNode id : ids(body)) {
      chosen.add(own.named(context, id.asText()));
    }
    return chosen;
  }

  private static JsonNode ids(byte[] body) {
    try {
      JsonNode ids = body.length > MAX_CHOSEN_BYTES ? null : JSON.readTree(body);
      if (ids != null && ids.isArray()) {
        return ids;
      }
    } catch (IOException e) {
      // Told below, like JSON that is no array.
    }
    throw Problem.of(400, "broken-body", "The body is an array of ids of jobs, or empty.").thrown();
  }
}
