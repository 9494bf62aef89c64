package dev.assay.internal.metadata.generator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** JSON as generators embed it, held to a depth. */
final class Json {

  // Python's writer puts NaN where JSON has no word for it.
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              com.fasterxml.jackson.core.JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(200).build())
                  .build())
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .build();

  private Json() {}

  /** The object that the text is, or a missing node. */
  static JsonNode object(String text) {
    if (!text.stripLeading().startsWith("{")) {
      return MissingNode.getInstance();
    }
    try {
      JsonNode node = MAPPER.readTree(text);
      return node.isObject() ? node : MissingNode.getInstance();
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  /** The members of these names that are plain values, as text. */
  static Map<String, String> settings(JsonNode object, String... names) {
    Map<String, String> settings = new LinkedHashMap<>();
    for (String name : names) {
      JsonNode value = object.path(name);
      if (value.isValueNode() && !value.isNull()) {
        settings.put(name, value.asText());
      }
    }
    return settings;
  }
}
