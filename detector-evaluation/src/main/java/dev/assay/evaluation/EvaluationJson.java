package dev.assay.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** An evaluation as JSON: the record and those in it, field by field. */
public final class EvaluationJson {

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private EvaluationJson() {}

  /** The JSON text, indented. */
  public static String of(Evaluation evaluation) {
    try {
      return JSON.writeValueAsString(evaluation) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("records of numbers and texts cannot fail to be written", e);
    }
  }
}
