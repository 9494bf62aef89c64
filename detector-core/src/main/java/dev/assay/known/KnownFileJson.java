package dev.assay.known;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalDouble;

/** What an index keeps of a picture, as JSON. */
final class KnownFileJson {

  private static final ObjectMapper JSON = new ObjectMapper();

  private KnownFileJson() {}

  static byte[] write(KnownFile file) {
    ObjectNode json = JSON.createObjectNode();
    json.put("name", file.name());
    file.sha256().ifPresent(value -> json.put("sha256", value));
    if (file.seconds() > 0) {
      json.put("seconds", file.seconds());
    }
    file.label().ifPresent(value -> json.put("label", value));
    file.probability().ifPresent(value -> json.put("probability", value));
    file.judged().ifPresent(value -> json.put("judged", value));
    file.declared().ifPresent(value -> json.put("declared", value));
    file.declaredRatio().ifPresent(value -> json.put("declaredRatio", value));
    json.put("origin", file.origin());
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }

  static KnownFile read(byte[] bytes) throws IOException {
    JsonNode json = JSON.readTree(bytes);
    if (json == null || !json.isObject()) {
      throw new IOException("an entry is no JSON object");
    }
    return new KnownFile(
        json.path("name").asText(),
        text(json, "sha256"),
        Math.max(0, json.path("seconds").asDouble()),
        text(json, "label"),
        number(json, "probability"),
        text(json, "judged"),
        text(json, "declared"),
        number(json, "declaredRatio"),
        json.path("origin").asText());
  }

  private static OptionalDouble number(JsonNode json, String name) {
    JsonNode value = json.path(name);
    return value.isNumber() && Double.isFinite(value.asDouble())
        ? OptionalDouble.of(value.asDouble())
        : OptionalDouble.empty();
  }

  private static Optional<String> text(JsonNode json, String name) {
    return Optional.ofNullable(json.path(name).textValue());
  }
}
