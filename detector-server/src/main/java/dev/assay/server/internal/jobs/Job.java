package dev.assay.server.internal.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.assay.DetectorSettings;
import java.io.IOException;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * A file that was sent to be examined later.
 *
 * @param id by which it is asked for
 * @param owner name of the access key that sent it; empty where there are no keys
 * @param name what its sender calls the file
 * @param sha256 of its content
 * @param request what is asked of it
 * @param created when it was taken
 * @param progress how far it is
 * @param note what its owner wrote of it; empty for nothing
 */
public record Job(
    String id,
    String owner,
    String name,
    String sha256,
    JobRequest request,
    Instant created,
    Progress progress,
    String note) {

  private static final JsonMapper JSON = new JsonMapper();

  /** How far a job is. */
  public enum Status {
    /** It waits. */
    QUEUED,
    /** It is examined. */
    RUNNING,
    /** Its report is there, also where that says why there is no verdict. */
    DONE;

    /** As answers spell it. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * How far a job is, and since when.
   *
   * @param since when its examination began, or its report was written; empty while it waits
   */
  public record Progress(Status status, Optional<Instant> since) {

    /** Of one that waits. */
    static final Progress QUEUED = new Progress(Status.QUEUED, Optional.empty());

    /** Of one that is examined. */
    static Progress runningSince(Instant time) {
      return new Progress(Status.RUNNING, Optional.of(time));
    }

    /** Of one whose report was written. */
    static Progress doneAt(Instant time) {
      return new Progress(Status.DONE, Optional.of(time));
    }
  }

  /** When its report was written. */
  public Optional<Instant> finished() {
    return progress.since().filter(time -> status() == Status.DONE);
  }

  /** When its examination began, while it lasts. */
  public Optional<Instant> started() {
    return progress.since().filter(time -> status() == Status.RUNNING);
  }

  /** How far it is. */
  public Status status() {
    return progress.status();
  }

  /** The same, further on. */
  Job at(Progress next) {
    return new Job(id, owner, name, sha256, request, created, next, note);
  }

  /** The same with another note. */
  Job noted(String text) {
    return new Job(id, owner, name, sha256, request, created, progress, text);
  }

  /** Whether both are the same request. */
  boolean isSameAs(Job other) {
    return sha256.equals(other.sha256) && request.isSameAs(other.request);
  }

  /** What a webhook is told once its report is there. */
  String told(String report) {
    ObjectNode json = JSON.createObjectNode();
    json.put("id", id);
    json.put("status", status().code());
    return json.putRawValue("report", new RawValue(report)).toString();
  }

  /** What is kept of it on disk: all but its progress and note. */
  String json() {
    ObjectNode json = JSON.createObjectNode();
    json.put("id", id);
    json.put("owner", owner);
    json.put("name", name);
    json.put("sha256", sha256);
    json.put("settings", request.settings().json());
    json.put("created", created.toString());
    request.page().ifPresent(value -> json.put("page", value));
    request.idempotency().ifPresent(value -> json.put("idempotency", value));
    request.webhook().ifPresent(value -> json.put("webhook", value.toString()));
    return json.toString();
  }

  /**
   * Reads what was kept; it waits again.
   *
   * @throws IOException if that is none
   */
  static Job read(String text) throws IOException {
    JsonNode json = JSON.readTree(text);
    try {
      JobRequest request =
          new JobRequest(
              DetectorSettings.read(json.path("settings").asText()),
              Optional.ofNullable(json.path("page").textValue()),
              Optional.ofNullable(json.path("idempotency").textValue()),
              Optional.ofNullable(json.path("webhook").textValue()).map(URI::create));
      return new Job(
          json.path("id").asText(),
          json.path("owner").asText(),
          json.path("name").asText(),
          json.path("sha256").asText(),
          request,
          Instant.parse(json.path("created").asText()),
          Progress.QUEUED,
          "");
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new IOException("no job: " + text, e);
    }
  }
}
