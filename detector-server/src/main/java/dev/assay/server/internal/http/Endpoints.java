package dev.assay.server.internal.http;

import dev.assay.Report;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The table of what programs may ask. */
final class Endpoints {

  static final String JSON_TYPE = "application/json";

  private static final String HTML_TYPE = "text/html";
  private static final String TEXT_TYPE = "text/plain";
  private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";
  private static final List<Integer> TAKING_A_FILE = List.of(400, 413, 415, 422, 429, 503);

  private final Parts parts;
  private final Report.Tool tool;
  private final Handler readiness;
  private final List<Endpoint> all = new ArrayList<>();

  /**
   * With nothing in it yet.
   *
   * @param readiness tells whether files are taken
   */
  Endpoints(Parts parts, Report.Tool tool, Handler readiness) {
    this.parts = parts;
    this.tool = tool;
    this.readiness = readiness;
  }

  /** All, with the address of their own description. */
  List<Endpoint> all() {
    Map<String, String> query = new LinkedHashMap<>(RequestSettings.NAMES);
    query.put(Body.NAME, "what the report calls the file, where the body is the file");
    addExaminations(query);
    addJobs(query);
    addPages();
    addInformation();
    String document = OpenApi.document(all, parts.settings().keyed());
    all.add(describing("/openapi.json", "This description.", document));
    return all;
  }

  static void tell(Context context, String json) {
    context.contentType(JSON_TYPE).result(json);
  }

  private void addExaminations(Map<String, String> query) {
    Examinations examinations = new Examinations(parts);
    Map<String, String> withLanguage = new LinkedHashMap<>(query);
    withLanguage.put(RequestLanguage.LANG, "language of the page: en or zh");
    all.add(
        new Endpoint(
            HandlerType.POST,
            "/v1/examine",
            "Examines a file, and answers with its report, or with its page for text/html.",
            false,
            withLanguage,
            Endpoint.Takes.FILE,
            200,
            Map.of(JSON_TYPE, OpenApi.REPORT, HTML_TYPE, ""),
            TAKING_A_FILE,
            new ExamineHandler(parts, examinations)::handle));
    all.add(
        new Endpoint(
            HandlerType.POST,
            "/v1/batch",
            "Examines files that come as lines of JSON, {\"name\": NAME, \"content\": BASE64}, and"
                + " answers a line for each, in their order.",
            false,
            RequestSettings.NAMES,
            Endpoint.Takes.LINES,
            200,
            Map.of(BatchHandler.LINES, ""),
            List.of(400, 429, 503),
            new BatchHandler(parts, examinations)::handle));
  }

  private OwnJobs ownJobs() {
    return new OwnJobs(parts.jobs(), parts.settings().keep());
  }

  private void addJobs(Map<String, String> query) {
    JobHandlers jobs = new JobHandlers(parts, ownJobs());
    JobList list = new JobList(ownJobs());
    Map<String, String> ofJob = new LinkedHashMap<>(query);
    ofJob.put(JobHandlers.PAGE, "language of the page that is kept with the report: en or zh");
    ofJob.put(JobHandlers.WEBHOOK, "address that is told when the job is done");
    all.add(
        new Endpoint(
            HandlerType.POST,
            "/v1/jobs",
            "Takes a file that is examined later; the header Idempotency-Key makes sending it again"
                + " harmless.",
            false,
            ofJob,
            Endpoint.Takes.FILE,
            202,
            Map.of(JSON_TYPE, ""),
            TAKING_A_FILE,
            jobs::add));
    all.add(
        new Endpoint(
            HandlerType.GET,
            "/v1/jobs",
            "The jobs, the newest first, each with its answer in a line; 304 for If-None-Match"
                + " where nothing is further.",
            false,
            Map.of(
                JobList.LIMIT, "how many are told, at most 5000 (500)",
                RequestLanguage.LANG, "language of the reasons: en or zh"),
            Endpoint.Takes.NOTHING,
            200,
            Map.of(JSON_TYPE, ""),
            List.of(400),
            list::tell));
    String job = "/v1/jobs/" + JobHandlers.ID;
    add(HandlerType.GET, job, "How far a job is; its report once it is done.", jobs::tell);
    add(HandlerType.DELETE, job, "Forgets a job, its media and report.", jobs::remove);
    add(HandlerType.GET, job + "/report", "The report alone; 202 until it is there.", jobs::report);
    add(
        HandlerType.GET,
        job + "/events",
        "How far a job is, as server-sent events queued, running and done.",
        jobs::events);
    add(HandlerType.PUT, job + "/note", "Keeps a note with a job.", list::note);
  }

  private void addPages() {
    JobPages pages = new JobPages(ownJobs());
    String job = "/v1/jobs/" + JobHandlers.ID;
    add(HandlerType.GET, job + "/page", "The page of a job that is done.", pages::page);
    add(HandlerType.GET, job + "/thumbnail", "A small picture of its file.", pages::thumbnail);
    add(HandlerType.GET, job + "/text", "The answer as a text to quote.", pages::text);
    all.add(
        new Endpoint(
            HandlerType.GET,
            "/v1/compare",
            "A page of two jobs side by side.",
            false,
            Map.of(
                JobPages.ONE, "id of a job",
                JobPages.OTHER, "id of another",
                RequestLanguage.LANG, "language of the page: en or zh"),
            Endpoint.Takes.NOTHING,
            200,
            Map.of(HTML_TYPE, ""),
            List.of(404, 409),
            pages::compare));
    all.add(
        new Endpoint(
            HandlerType.POST,
            "/v1/export",
            "Jobs that are done as a ZIP file, with an index: those whose ids are sent as an array,"
                + " or all.",
            false,
            Map.of(RequestLanguage.LANG, "language of the index: en or zh"),
            Endpoint.Takes.IDS,
            200,
            Map.of("application/zip", ""),
            List.of(400, 404),
            pages::export));
  }

  /** Something that is asked of one job. */
  private void add(HandlerType method, String path, String summary, Handler handler) {
    String last = path.substring(path.lastIndexOf('/') + 1);
    Map<String, String> answers =
        switch (last) {
          case "events" -> Map.of("text/event-stream", "");
          case "page" -> Map.of(HTML_TYPE, "");
          case "text" -> Map.of(TEXT_TYPE, "");
          case "thumbnail" -> Map.of("image/jpeg", "");
          case "report" -> Map.of(JSON_TYPE, OpenApi.REPORT);
          default -> Map.of(JSON_TYPE, "");
        };
    boolean told = method.equals(HandlerType.GET);
    boolean worded = last.equals("page") || last.equals("text");
    all.add(
        new Endpoint(
            method,
            path,
            summary,
            false,
            worded ? Map.of(RequestLanguage.LANG, "language: en or zh") : Map.of(),
            method.equals(HandlerType.PUT) ? Endpoint.Takes.TEXT : Endpoint.Takes.NOTHING,
            told ? 200 : 204,
            told ? answers : Map.of(),
            List.of(404),
            handler));
  }

  private void addInformation() {
    all.add(telling("/v1/models", "The models that are asked.", InfoHandlers.models(tool)));
    all.add(telling("/v1/formats", "The formats that are examined.", InfoHandlers.formats()));
    all.add(telling("/v1/version", "The release.", InfoHandlers.version(tool)));
    all.add(describing("/report.schema.json", "The schema of reports.", InfoHandlers.schema()));
    all.add(
        Endpoint.telling(
            "/metrics",
            "What the server counts, for Prometheus.",
            false,
            METRICS_TYPE,
            context -> context.contentType(METRICS_TYPE).result(parts.metrics().scrape())));
    all.add(
        Endpoint.telling(
            "/health/live",
            "Whether the server runs.",
            true,
            JSON_TYPE,
            context -> tell(context, "{\"live\":true}")));
    all.add(
        Endpoint.telling("/health/ready", "Whether it takes files.", true, JSON_TYPE, readiness));
  }

  /** What the documentation tells too: whoever writes a client needs no key to read it. */
  private static Endpoint describing(String path, String summary, String json) {
    return Endpoint.telling(path, summary, true, JSON_TYPE, context -> tell(context, json));
  }

  private static Endpoint telling(String path, String summary, String json) {
    return Endpoint.telling(path, summary, false, JSON_TYPE, context -> tell(context, json));
  }
}
