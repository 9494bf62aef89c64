package dev.assay.internal.engine;

import dev.assay.Evidence;
import dev.assay.Sentence;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Takes what may be private out of evidence: prompts and parameters of generators, titles,
 * descriptions, addresses, and the names and accounts of people. Positions and serial numbers are
 * in no report to begin with.
 */
final class Redaction {

  private static final Set<String> PRIVATE =
      Set.of("prompt", "parameters", "title", "description", "address", "names");

  private static final String ELSEWHERE = "The file points to something elsewhere.";

  private Redaction() {}

  static Evidence of(Evidence piece) {
    boolean addressed = piece.details().containsKey("address");
    return new Evidence(
        piece.examiner(),
        piece.kind(),
        piece.code(),
        piece.source(),
        piece.effect(),
        piece.logLikelihoodRatio(),
        addressed ? Sentence.of(ELSEWHERE) : piece.sentence(),
        without(piece.details()),
        piece.regions(),
        piece.timeline());
  }

  private static Map<String, Object> without(Map<?, ?> details) {
    Map<String, Object> left = new LinkedHashMap<>();
    details.forEach(
        (name, value) -> {
          if (!PRIVATE.contains(String.valueOf(name))) {
            left.put(String.valueOf(name), value(value));
          }
        });
    return left;
  }

  private static Object value(Object value) {
    if (value instanceof Map<?, ?> map) {
      return without(map);
    }
    return value instanceof List<?> list ? list.stream().map(Redaction::value).toList() : value;
  }
}
