package dev.assay.server.internal.http;

import dev.assay.Report;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.ForwardedRequestCustomizer;
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

  /** Threads beside those that receive bodies or wait for answers. */
  private static final int OTHER_THREADS = 24;

  private static final int IDLE_MILLISECONDS = 30_000;
  private static final int CONNECTIONS = 4096;
  private static final int HEADER_BYTES = 8192;
  private static final int INPUT_BYTES = 1 << 17;

  private final Parts parts;
  private final Gate gate;
  private final Optional<Desk> desk;
  private final List<StaticFiles> pages;
  private final AccessLog log;
  private final Report.Tool tool;
  private final Optional<SslContextFactory.Server> tls;
  private final UnreadBody unread = new UnreadBody();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final Set<String> open = new HashSet<>();
  private final Javalin javalin;
  private volatile boolean ready = true;
  private volatile boolean warm = true;

  HttpService(
      Parts parts,
      Gate gate,
      Optional<Desk> desk,
      AccessLog log,
      Report.Tool tool,
      Optional<SslContextFactory.Server> tls) {
    this.parts = parts;
    this.gate = gate;
    this.desk = desk;
    this.pages =
        desk.isPresent() ? List.of(Desk.files(), ApiPage.files()) : List.of(ApiPage.files());
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

  /** Whether the first file would be examined at once. */
  public void warm(boolean value) {
    warm = value;
  }

  private void readiness(Context context) {
    if (!ready) {
      throw stopping();
    }
    if (!warm) {
      throw Problem.of(503, "starting", "Models are being read.").after(2).thrown();
    }
    Endpoints.tell(context, "{\"ready\":true}");
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
    for (Endpoint endpoint : new Endpoints(parts, tool, this::readiness).all()) {
      if (endpoint.open()) {
        open.add(endpoint.path());
      }
      config.routes.addHttpHandler(endpoint.method(), endpoint.path(), endpoint.handler());
    }
    desk.ifPresent(page -> page.addTo(config.routes));
    pages.forEach(page -> page.addTo(config.routes));
    config.routes.get(
        "/", context -> context.redirect(desk.isPresent() ? Desk.PATH : ApiPage.PATH));
    around(config.routes);
    config.router.javaLangErrorHandler(HttpService::failed);
  }

  private ServerConnector connector(Server server, HttpConfiguration http) {
    http.setSendServerVersion(false);
    if (parts.settings().proxied()) {
      http.addCustomizer(new ForwardedRequestCustomizer());
    }
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
          admit(context);
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

  private void admit(Context context) {
    if (context.path().equals("/") || pages.stream().anyMatch(page -> page.has(context))) {
      gate.admitHost(context);
    } else {
      gate.admit(context, open.contains(context.path()) || Desk.isSession(context));
    }
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

  private void send(Context context, Problem problem) {
    boolean bodied = !context.method().equals(HandlerType.GET);
    if (bodied && RequestLog.of(context).bytes().isEmpty() && !unread.isRead(context)) {
      // What is left of a body would be taken for the next request.
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
