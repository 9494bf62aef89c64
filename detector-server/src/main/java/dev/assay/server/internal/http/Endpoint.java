package dev.assay.server.internal.http;

import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.util.List;
import java.util.Map;

/**
 * An address, what answers there, and what the documentation says of it: one table from which both
 * are made.
 *
 * @param open whether it needs no key
 * @param query parameters of its address, by name, with what they are
 * @param takesFile whether a file is its body
 * @param done code of HTTP of its answer
 * @param answers media types of its answer, with the name of a schema; an empty name for none
 * @param problems codes of HTTP by which it says that there is no answer
 */
record Endpoint(
    HandlerType method,
    String path,
    String summary,
    boolean open,
    Map<String, String> query,
    boolean takesFile,
    int done,
    Map<String, String> answers,
    List<Integer> problems,
    Handler handler) {

  Endpoint {
    answers = Map.copyOf(answers);
    problems = List.copyOf(problems);
  }

  /** One that tells something in a form, and takes nothing. */
  static Endpoint telling(
      String path, String summary, boolean open, String mediaType, Handler handler) {
    return new Endpoint(
        HandlerType.GET,
        path,
        summary,
        open,
        Map.of(),
        false,
        200,
        Map.of(mediaType, ""),
        List.of(),
        handler);
  }
}
