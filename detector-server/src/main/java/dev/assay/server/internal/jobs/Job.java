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
 * @param settings of its examination
 * @param created when it was taken
 * @param idempotency what its sender named the request, so that sending it again makes no other
 * @param webhook who is told when it is done
 * @param status how far it is
 * @param finished when its report was written
 */
public record Job(
    String id,
    String owner,
    String name,
    String sha256,
    DetectorSettings settings,
    Instant created,
    Optional<String> idempotency,
    Optional<URI> webhook,
    Status status,
    Optional<Instant> finished) {

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

  /** The same, further on. */
  Job now(Status next) {
    return new Job(
        id, owner, name, sha256, settings, created, idempotency, webhook, next, finished);
  }

  /** The same with its report written. */
  Job doneAt(Instant time) {
    return new Job(
        id,
        owner,
        name,
        sha256,
        settings,
        created,
        idempotency,
        webhook,
        Status.DONE,
        Optional.of(time));
  }

  /** Whether both are the same request. */
  boolean isSameAs(Job other) {
    return sha256.equals(other.sha256) && settings.equals(other.settings);
  }

  /** What a webhook is told once its report is there. */
  String told(String report) {
    ObjectNode json = JSON.createObjectNode();
    json.put("id", id);
    json.put("status", status.code());
    return json.putRawValue("report", new RawValue(report)).toString();
  }

  /** What is kept of it on disk. */
  String json() {
    ObjectNode json = JSON.createObjectNode();
    json.put("id", id);
    json.put("owner", owner);
    json.put("name", name);
    json.put("sha256", sha256);
    json.put("settings", settings.json());
    json.put("created", created.toString());
    idempotency.ifPresent(value -> json.put("idempotency", value));
    webhook.ifPresent(value -> json.put("webhook", value.toString()));
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
      return new Job(
          json.path("id").asText(),
          json.path("owner").asText(),
          json.path("name").asText(),
          json.path("sha256").asText(),
          DetectorSettings.read(json.path("settings").asText()),
          Instant.parse(json.path("created").asText()),
          Optional.ofNullable(json.path("idempotency").textValue()),
          Optional.ofNullable(json.path("webhook").textValue()).map(URI::create),
          Status.QUEUED,
          Optional.empty());
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new IOException("no job: " + text, e);
    }
  }
}
