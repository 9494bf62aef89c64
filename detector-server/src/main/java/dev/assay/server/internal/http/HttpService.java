package dev.assay.server.internal.http;

import dev.assay.Report;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The addresses of the server, on Jetty. Owns its threads and its socket. */
public final class HttpService implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(HttpService.class.getName());
  private static final Problem BUG =
      Problem.of(500, "internal", "The server itself failed; it is a bug.");
  private static final String JSON_TYPE = "application/json";
  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

  /** Threads beside those that receive bodies or wait for answers. */
  private static final int OTHER_THREADS = 24;

  private static final int IDLE_MILLISECONDS = 30_000;
  private static final int CONNECTIONS = 4096;
  private static final int HEADER_BYTES = 8192;
  private static final int INPUT_BYTES = 1 << 17;

  private final Parts parts;
  private final Gate gate;
  private final AccessLog log;
  private final Report.Tool tool;
  private final Optional<SslContextFactory.Server> tls;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final Set<String> open = new HashSet<>();
  private final Javalin javalin;
  private volatile boolean ready = true;

  HttpService(
      Parts parts,
      Gate gate,
      AccessLog log,
      Report.Tool tool,
      Optional<SslContextFactory.Server> tls) {
    this.parts = parts;
    this.gate = gate;
    this.log = log;
    this.tool = tool;
    this.tls = tls;
    this.javalin = Javalin.create(this::configure);
  }

  /**
   * Begins to listen.
   *
   * @throws io.javalin.util.JavalinBindException if the address is taken or none of this machine
   */
  public void start() {
    javalin.start();
  }

  /** The TCP port that it listens on. */
  public int port() {
    return javalin.port();
  }

  private List<Endpoint> endpoints() {
    Examinations examinations = new Examinations(parts);
    ExamineHandler examine = new ExamineHandler(parts, examinations);
    BatchHandler batch = new BatchHandler(parts, examinations);
    Map<String, String> query = new LinkedHashMap<>(RequestSettings.NAMES);
    query.put(Body.NAME, "what the report calls the file, where the body is the file");
    query.put("lang", "language of the page: en or zh");
    List<Endpoint> all = new ArrayList<>();
    all.add(
        new Endpoint(
            HandlerType.POST,
            "/v1/examine",
            "Examines a file, and answers with its report, or with its page for text/html.",
            false,
            query,
            true,
            200,
            Map.of(JSON_TYPE, OpenApi.REPORT, "text/html", ""),
            List.of(400, 413, 415, 422, 429, 503),
            examine::handle));
    all.add(
        new Endpoint(
            HandlerType.POST,
            "/v1/batch",
            "Examines files that come as lines of JSON, {\"name\": NAME, \"content\": BASE64}, and"
                + " answers a line for each, in their order.",
            false,
            RequestSettings.NAMES,
            false,
            200,
            Map.of(BatchHandler.LINES, ""),
            List.of(400, 429, 503),
            batch::handle));
    all.addAll(jobs(query));
    all.add(telling("/v1/models", "The models that are asked.", InfoHandlers.models(tool)));
    all.add(telling("/v1/formats", "The formats that are examined.", InfoHandlers.formats()));
    all.add(telling("/v1/version", "The release.", InfoHandlers.version(tool)));
    all.add(telling("/report.schema.json", "The schema of reports.", InfoHandlers.schema()));
    all.add(
        Endpoint.telling(
            "/metrics",
            "What the server counts, for Prometheus.",
            false,
            TEXT,
            context -> context.contentType(TEXT).result(parts.metrics().scrape())));
    all.add(
        Endpoint.telling(
            "/health/live",
            "Whether the server runs.",
            true,
            JSON_TYPE,
            context -> tell(context, "{\"live\":true}")));
    all.add(
        Endpoint.telling(
            "/health/ready", "Whether it takes files.", true, JSON_TYPE, this::readiness));
    String document = OpenApi.document(all, parts.settings().keys().isPresent());
    all.add(telling("/openapi.json", "This description.", document));
    return all;
  }

  private List<Endpoint> jobs(Map<String, String> query) {
    JobHandlers jobs = new JobHandlers(parts, parts.jobs());
    Map<String, String> ofJob = new LinkedHashMap<>(query);
    ofJob.put(JobHandlers.WEBHOOK, "address that is told when the job is done");
    String job = "/v1/jobs/" + JobHandlers.ID;
    return List.of(
        new Endpoint(
            HandlerType.POST,
            "/v1/jobs",
            "Takes a file that is examined later; the header Idempotency-Key makes sending it again"
                + " harmless.",
            false,
            ofJob,
            true,
            202,
            Map.of(JSON_TYPE, ""),
            List.of(400, 413, 415, 422, 429, 503),
            jobs::add),
        ofJob(
            HandlerType.GET, job, "How far a job is; its report once it is done.", 200, jobs::tell),
        ofJob(HandlerType.DELETE, job, "Forgets a job, its media and report.", 204, jobs::remove),
        ofJob(
            HandlerType.GET,
            job + "/report",
            "The report alone; 202 until it is there.",
            200,
            jobs::report),
        ofJob(
            HandlerType.GET,
            job + "/events",
            "How far a job is, as server-sent events queued, running and done.",
            200,
            jobs::events));
  }

  private static Endpoint ofJob(
      HandlerType method, String path, String summary, int done, Handler handler) {
    Map<String, String> answers =
        done == 204
            ? Map.of()
            : Map.of(path.endsWith("events") ? "text/event-stream" : JSON_TYPE, "");
    return new Endpoint(
        method, path, summary, false, Map.of(), false, done, answers, List.of(404), handler);
  }

  private static Endpoint telling(String path, String summary, String json) {
    return Endpoint.telling(path, summary, false, JSON_TYPE, context -> tell(context, json));
  }

  private static void tell(Context context, String json) {
    context.contentType(JSON_TYPE).result(json);
  }

  private void readiness(Context context) {
    if (!ready) {
      throw stopping();
    }
    tell(context, "{\"ready\":true}");
  }

  private static ProblemException stopping() {
    return Problem.of(503, "stopping", "The server is being stopped.").after(5).thrown();
  }

  private void configure(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.prefer405over404 = true;
    QueuedThreadPool threads =
        new QueuedThreadPool(
            2 * parts.settings().uploads()
                + parts.settings().queue()
                + parts.settings().workers()
                + OTHER_THREADS);
    threads.setName("assay-http");
    config.jetty.threadPool = threads;
    config.jetty.addConnector(this::connector);
    for (Endpoint endpoint : endpoints()) {
      if (endpoint.open()) {
        open.add(endpoint.path());
      }
      config.routes.addHttpHandler(endpoint.method(), endpoint.path(), endpoint.handler());
    }
    around(config.routes);
    config.router.javaLangErrorHandler(HttpService::failed);
  }

  private ServerConnector connector(Server server, HttpConfiguration http) {
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(HEADER_BYTES);
    // Bodies are large: fewer turns between the socket and whoever reads.
    http.setInputBufferSize(INPUT_BYTES);
    HttpConnectionFactory plain = new HttpConnectionFactory(http);
    ServerConnector connector;
    if (tls.isPresent()) {
      http.addCustomizer(new SecureRequestCustomizer(false));
      connector =
          new ServerConnector(
              server, new SslConnectionFactory(tls.get(), plain.getProtocol()), plain);
    } else {
      connector = new ServerConnector(server, plain);
    }
    connector.setHost(parts.settings().host());
    connector.setPort(parts.settings().port());
    connector.setIdleTimeout(IDLE_MILLISECONDS);
    server.addBean(new NetworkConnectionLimit(CONNECTIONS, connector));
    return connector;
  }

  /** What is done around each request. */
  private void around(RoutesConfig routes) {
    routes.before(
        context -> {
          RequestLog.begin(context);
          inFlight.incrementAndGet();
          context.header("X-Content-Type-Options", "nosniff");
          context.header("Referrer-Policy", "no-referrer");
          context.header("Cache-Control", "no-store");
          gate.admit(context, open.contains(context.path()));
          if (!ready && !context.method().equals(HandlerType.GET)) {
            throw stopping();
          }
        });
    routes.exception(ProblemException.class, (e, context) -> send(context, e.problem()));
    routes.exception(
        HttpResponseException.class,
        (e, context) ->
            send(
                context,
                Problem.of(
                    e.getStatus(),
                    "no-such-request",
                    e.getStatus() == HttpStatus.METHOD_NOT_ALLOWED_405
                        ? "This address does not take that method."
                        : "There is no such address; /openapi.json lists those that there are.")));
    routes.exception(
        Exception.class,
        (e, context) -> {
          LOG.log(System.Logger.Level.ERROR, "a request failed", e);
          send(context, BUG);
        });
    routes.after(this::done);
  }

  /** What is no exception, as a class that is missing is not, passes by all that is around. */
  private static void failed(HttpServletResponse response, Error error) {
    LOG.log(System.Logger.Level.ERROR, "a request failed", error);
    response.setStatus(BUG.status());
    response.setContentType(Problem.MEDIA_TYPE);
    try {
      response.getOutputStream().write(BUG.json("").toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // Whoever asked is gone.
    }
  }

  private void done(Context context) {
    inFlight.decrementAndGet();
    RequestLog request = RequestLog.of(context);
    var matched = context.endpoints().lastHttpEndpoint();
    String route = matched == null ? "other" : matched.path;
    parts
        .metrics()
        .answered(
            context.method().name(),
            route,
            context.statusCode(),
            Duration.ofNanos(request.nanoseconds()));
    log.write(context, route, request);
  }

  private static void send(Context context, Problem problem) {
    if (RequestLog.of(context).bytes().isEmpty() && !context.method().equals(HandlerType.GET)) {
      // What is left of a body that was not read would be taken for the next request.
      context.header("Connection", "close");
    }
    if (problem.retryAfter() > 0) {
      context.header("Retry-After", Integer.toString(problem.retryAfter()));
    }
    context
        .status(problem.status())
        .contentType(Problem.MEDIA_TYPE)
        .result(problem.json(RequestLog.of(context).id()).toString());
  }

  /** Takes no more files, and waits for those that it has, if they are answered in time. */
  public void finish(Duration time) throws InterruptedException {
    ready = false;
    parts.jobs().finish();
    long until = System.nanoTime() + time.toNanos();
    while (inFlight.get() > 0 && System.nanoTime() - until < 0) {
      Thread.sleep(20);
    }
  }

  @Override
  public void close() {
    ready = false;
    javalin.stop();
    parts.jobs().close();
  }
}
