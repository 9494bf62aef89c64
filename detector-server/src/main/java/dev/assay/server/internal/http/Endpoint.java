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
 * @param takes what its body is
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
    Takes takes,
    int done,
    Map<String, String> answers,
    List<Integer> problems,
    Handler handler) {

  /** What a body is. */
  enum Takes {
    /** There is none. */
    NOTHING,
    /** A file of media, alone or in a form. */
    FILE,
    /** Lines of JSON. */
    LINES,
    /** An array of ids of jobs. */
    IDS,
    /** Plain text. */
    TEXT
  }

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
        Takes.NOTHING,
        200,
        Map.of(mediaType, ""),
        List.of(),
        handler);
  }
}
