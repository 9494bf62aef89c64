package dev.assay.server.internal.http;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jetty.http.HttpStatus;

/**
 * Why a request has no answer, told by RFC 9457.
 *
 * @param status of HTTP
 * @param code stable name of the cause; those of files are those of {@code error.code} in reports
 * @param detail what is the matter, and the way out, as sentences
 * @param retryAfter seconds after which asking again is worth it; 0 for no such time
 * @param more further members
 */
record Problem(int status, String code, String detail, int retryAfter, Map<String, Object> more) {

  static final String MEDIA_TYPE = "application/problem+json";

  private static final JsonMapper JSON = new JsonMapper();

  Problem {
    more = Map.copyOf(more);
  }

  static Problem of(int status, String code, String detail) {
    return new Problem(status, code, detail, 0, Map.of());
  }

  /** The same where asking again is worth it after some seconds. */
  Problem after(int seconds) {
    return new Problem(status, code, detail, seconds, more);
  }

  /** The same with a further member. */
  Problem with(String name, Object value) {
    Map<String, Object> all = new LinkedHashMap<>(more);
    all.put(name, value);
    return new Problem(status, code, detail, retryAfter, all);
  }

  /**
   * As JSON.
   *
   * @param request id of the request; empty for one of its lines
   */
  ObjectNode json(String request) {
    ObjectNode body = JSON.createObjectNode();
    body.put("type", "about:blank");
    body.put("title", HttpStatus.getMessage(status));
    body.put("status", status);
    body.put("code", code);
    body.put("detail", detail);
    if (!request.isEmpty()) {
      body.put("instance", "urn:uuid:" + request);
    }
    more.forEach((name, value) -> body.set(name, JSON.valueToTree(value)));
    return body;
  }

  /** As an exception, for code that cannot go on. */
  ProblemException thrown() {
    return new ProblemException(this);
  }
}
