package dev.assay.server.internal.http;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.Report;
import dev.assay.internal.report.ReportReader;
import dev.assay.page.FilePage;
import dev.assay.page.PagePictures;
import dev.assay.page.PageTexts;
import dev.assay.server.internal.jobs.Job;
import dev.assay.server.internal.jobs.Job.Status;
import dev.assay.server.internal.jobs.Jobs;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * The jobs that a request may see: those of its own key.
 *
 * @param keep how long reports are kept
 */
record OwnJobs(Jobs jobs, Duration keep) {

  private static final JsonMapper JSON = new JsonMapper();

  /**
   * The job that the path of a request names.
   *
   * @throws ProblemException if there is none
   */
  Job named(Context context) {
    return named(context, context.pathParam("id"));
  }

  /**
   * A job that a request names.
   *
   * @throws ProblemException if there is none
   */
  Job named(Context context, String id) {
    return jobs.find(id, RequestLog.of(context).keyName())
        .orElseThrow(
            () ->
                Problem.of(404, "no-such-job", "There is no such job, or not any more.").thrown());
  }

  /**
   * The report of a job.
   *
   * @throws ProblemException if it is not done
   */
  Report report(Job job) throws IOException {
    return ReportReader.read(jobs.report(job).orElseThrow(OwnJobs::notDone));
  }

  /**
   * The page that was made with the report of a job, or else one of the report alone.
   *
   * @param texts of the second
   */
  String page(Job job, Report report, PageTexts texts) throws IOException {
    Optional<String> made = jobs.page(job);
    return made.isPresent() ? made.get() : FilePage.of(texts, report, PagePictures.none());
  }

  /** That a job is not done. */
  static ProblemException notDone() {
    return Problem.of(409, "not-done", "The job is not done yet.").after(1).thrown();
  }

  /** How far a job is, as JSON. */
  ObjectNode json(Job job) {
    ObjectNode json = JSON.createObjectNode();
    json.put("id", job.id());
    json.put("status", job.status().code());
    json.put("created", job.created().toString());
    if (job.status() == Status.QUEUED) {
      json.put("before", jobs.before(job));
    }
    job.started().ifPresent(started -> json.put("started", started.toString()));
    job.finished()
        .ifPresent(
            finished -> {
              json.put("finished", finished.toString());
              json.put("forgotten", finished.plus(keep).toString());
            });
    if (!job.note().isEmpty()) {
      json.put("note", job.note());
    }
    return json;
  }
}
