package dev.assay.server.internal.http;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.Language;
import dev.assay.MediaKind;
import dev.assay.Report;
import dev.assay.Sentence;
import dev.assay.Verdict;
import dev.assay.internal.report.ReportReader;
import dev.assay.server.internal.jobs.Job;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** All jobs of a sender, each with its answer in a line, and the notes that are kept with them. */
final class JobList {

  /** Parameter that bounds how many are told. */
  static final String LIMIT = "limit";

  private static final int MAX_LISTED = 5000;
  private static final int LISTED = 500;
  private static final int MAX_NOTE_BYTES = 16_384;
  private static final JsonMapper JSON = new JsonMapper();

  /** What a line tells of a report. */
  private record Outcome(
      String label, OptionalDouble probability, Sentence reason, Optional<MediaKind> kind) {

    static Outcome of(Report report) {
      Optional<MediaKind> kind = report.media().map(Report.MediaFacts::kind);
      if (report.failure().isPresent()) {
        return new Outcome(
            "failed", OptionalDouble.empty(), report.failure().get().sentence(), kind);
      }
      Verdict verdict = report.verdict().orElseThrow();
      return new Outcome(
          verdict.label().code(),
          OptionalDouble.of(verdict.probability()),
          verdict.reasons().get(0).sentence(),
          kind);
    }
  }

  /** Reports are read once; the oldest are read again where there are more. */
  private static final class Outcomes extends LinkedHashMap<String, Outcome> {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Outcome> eldest) {
      return size() > 2 * MAX_LISTED;
    }
  }

  private final OwnJobs own;
  private final Map<String, Outcome> outcomes = new Outcomes();

  JobList(OwnJobs own) {
    this.own = own;
  }

  /** Tells them, the newest first, or that nothing is further than when they were told last. */
  void tell(Context context) throws IOException {
    Language language = RequestLanguage.language(context);
    int limit = limit(context);
    String tag = "\"" + own.jobs().version() + "-" + language.code() + "-" + limit + "\"";
    context.header("ETag", tag);
    if (tag.equals(context.header("If-None-Match"))) {
      context.status(304);
      return;
    }
    List<Job> all = own.jobs().all(RequestLog.of(context).keyName());
    ObjectNode answer = JSON.createObjectNode().put("total", all.size());
    ArrayNode rows = answer.putArray("jobs");
    for (Job job : all.subList(0, Math.min(limit, all.size()))) {
      rows.add(row(job, language));
    }
    context.contentType("application/json").result(answer.toString());
  }

  private static int limit(Context context) {
    String text = context.queryParam(LIMIT);
    try {
      int limit = text == null ? LISTED : Integer.parseInt(text);
      if (limit >= 0 && limit <= MAX_LISTED) {
        return limit;
      }
    } catch (NumberFormatException e) {
      // Told below, like a number out of range.
    }
    throw Problem.of(
            400, "invalid-settings", LIMIT + " takes a whole number from 0 to " + MAX_LISTED + ".")
        .thrown();
  }

  private ObjectNode row(Job job, Language language) throws IOException {
    ObjectNode row = own.json(job);
    row.put("name", job.name());
    Optional<Outcome> outcome = outcome(job);
    outcome.ifPresent(
        found -> {
          row.put("label", found.label());
          found.probability().ifPresent(value -> row.put("probability", value));
          row.put("reason", found.reason().in(language));
          found.kind().ifPresent(kind -> row.put("kind", kind.code()));
        });
    return row;
  }

  private synchronized Optional<Outcome> outcome(Job job) throws IOException {
    if (!outcomes.containsKey(job.id())) {
      Optional<String> report = own.jobs().report(job);
      if (report.isEmpty()) {
        return Optional.empty();
      }
      outcomes.put(job.id(), Outcome.of(ReportReader.read(report.get())));
    }
    return Optional.ofNullable(outcomes.get(job.id()));
  }

  /** Keeps a note with a job. */
  void note(Context context) throws IOException {
    Job job = own.named(context);
    byte[] text = context.req().getInputStream().readNBytes(MAX_NOTE_BYTES + 1);
    if (text.length > MAX_NOTE_BYTES) {
      throw Problem.of(413, "too-many-bytes", "A note holds at most " + MAX_NOTE_BYTES + " bytes.")
          .thrown();
    }
    RequestLog.of(context).received(text.length, "");
    own.jobs().note(job, new String(text, StandardCharsets.UTF_8));
    context.status(204);
  }
}
