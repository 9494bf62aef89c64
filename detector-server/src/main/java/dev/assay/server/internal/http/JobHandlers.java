package dev.assay.server.internal.http;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.DetectorSettings;
import dev.assay.server.internal.intake.Upload;
import dev.assay.server.internal.jobs.ConflictException;
import dev.assay.server.internal.jobs.Job;
import dev.assay.server.internal.jobs.Job.Status;
import dev.assay.server.internal.jobs.JobRequest;
import dev.assay.server.internal.jobs.Jobs;
import dev.assay.server.internal.work.BusyException;
import io.javalin.http.Context;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Files that are examined while their sender does something else: sent, asked for, forgotten. */
final class JobHandlers {

  static final String ID = "{id}";

  static final String WEBHOOK = "webhook";

  static final String PAGE = "page";

  private static final String IDEMPOTENCY = "Idempotency-Key";
  private static final int MAX_IDEMPOTENCY = 255;
  private static final Duration BEAT = Duration.ofSeconds(10);
  private static final Duration LONGEST_STREAM = Duration.ofHours(1);
  private static final JsonMapper JSON = new JsonMapper();

  private final Parts parts;
  private final Jobs jobs;
  private final OwnJobs own;
  private final RequestSettings settings;
  private final Semaphore streams;

  JobHandlers(Parts parts, OwnJobs own) {
    this.parts = parts;
    this.jobs = own.jobs();
    this.own = own;
    this.settings = new RequestSettings(parts.settings().detector());
    this.streams = new Semaphore(parts.settings().uploads());
  }

  /** Takes a file. */
  void add(Context context) throws IOException {
    if (!jobs.hasRoom()) {
      throw busy();
    }
    Optional<String> idempotency = Optional.ofNullable(context.header(IDEMPOTENCY));
    if (idempotency.filter(key -> key.length() > MAX_IDEMPOTENCY).isPresent()) {
      throw Problem.of(400, "invalid-header", IDEMPOTENCY + " is not that long.").thrown();
    }
    Optional<URI> webhook = webhook(context.queryParam(WEBHOOK));
    Optional<String> page =
        Optional.ofNullable(context.queryParam(PAGE)).map(RequestLanguage::required);
    DetectorSettings queried = settings.of(context);
    Body body = parts.received(context);
    try (Upload upload = body.upload()) {
      RequestLog log = RequestLog.of(context);
      log.received(upload.size(), upload.name());
      DetectorSettings wanted = settings.of(context, queried, body.settings());
      Job job = jobs.add(upload, new JobRequest(wanted, page, idempotency, webhook), log.keyName());
      context.header("Location", "/v1/jobs/" + job.id());
      send(context.status(202), job);
    } catch (BusyException e) {
      throw busy();
    } catch (ConflictException e) {
      throw Problem.of(
              422, "idempotency-conflict", "Another file, or other settings, had this key before.")
          .thrown();
    }
  }

  private Optional<URI> webhook(@Nullable String address) {
    if (address == null) {
      return Optional.empty();
    }
    Optional<URI> listed = parts.webhooks().flatMap(webhooks -> webhooks.listed(address));
    if (listed.isEmpty()) {
      throw Problem.of(
              400, "invalid-webhook", "Only hosts that the operator lists are told of jobs.")
          .thrown();
    }
    return listed;
  }

  private static ProblemException busy() {
    return Problem.of(429, "busy", "As many jobs wait as may wait.").after(30).thrown();
  }

  /** How far a job is; its report once it is done. */
  void tell(Context context) throws IOException {
    send(context, own.named(context));
  }

  /** The report of a job alone; until it is there how far the job is, with another status. */
  void report(Context context) throws IOException {
    Job job = own.named(context);
    Optional<String> report = jobs.report(job);
    if (report.isPresent()) {
      context.contentType("application/json").result(report.get());
    } else {
      context.header("Retry-After", "1");
      send(context.status(202), job);
    }
  }

  /** Forgets a job. */
  void remove(Context context) throws IOException {
    jobs.remove(own.named(context));
    context.status(204);
  }

  /** Tells by server-sent events how far it is, until it is done. */
  void events(Context context) throws IOException, InterruptedException {
    Job job = own.named(context);
    if (!streams.tryAcquire()) {
      throw Problem.of(429, "busy", "As many streams are open as may be.").after(10).thrown();
    }
    try {
      context.contentType("text/event-stream; charset=utf-8");
      stream(context, job);
    } finally {
      streams.release();
    }
  }

  private void stream(Context context, Job first) throws IOException, InterruptedException {
    long until = System.nanoTime() + LONGEST_STREAM.toNanos();
    Optional<Job> job = Optional.of(first);
    write(context, "event: " + first.status().code() + "\ndata: " + json(first) + "\n\n");
    while (job.isPresent()
        && job.get().status() != Status.DONE
        && System.nanoTime() - until < 0
        && !jobs.isEnding()) {
      Job last = job.get();
      job = jobs.further(last, BEAT);
      boolean changed = job.filter(now -> now.status() == last.status()).isEmpty();
      if (!changed) {
        write(context, ":\n\n");
      } else if (job.isPresent()) {
        write(
            context, "event: " + job.get().status().code() + "\ndata: " + json(job.get()) + "\n\n");
      }
    }
  }

  private static void write(Context context, String text) throws IOException {
    context.outputStream().write(text.getBytes(StandardCharsets.UTF_8));
    context.outputStream().flush();
  }

  private void send(Context context, Job job) throws IOException {
    context.contentType("application/json").result(json(job));
  }

  private String json(Job job) throws IOException {
    ObjectNode json = own.json(job);
    Optional<String> report = jobs.report(job);
    if (report.isPresent()) {
      json.set("report", JSON.readTree(report.get()));
    }
    return json.toString();
  }
}
