package dev.assay.server.internal.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.Detector;
import dev.assay.DetectorSettings;
import dev.assay.spi.ExaminerInfo;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The settings of one examination: those of the server, but for what a request may choose. Paths of
 * this machine, what is fetched, threads and limits are the operator's.
 */
final class RequestSettings {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /** What a request may choose, and how it is told in the documentation. */
  static final Map<String, String> NAMES = names();

  private final DetectorSettings base;
  private final Set<String> examiners;

  /** Within these settings. */
  RequestSettings(DetectorSettings base) {
    this.base = base;
    this.examiners =
        Detector.examiners().stream().map(ExaminerInfo::id).collect(Collectors.toSet());
  }

  private static Map<String, String> names() {
    Map<String, String> names = new LinkedHashMap<>();
    names.put("profile", "fast, balanced or thorough");
    names.put("only", "ids of the examiners that may look; comma-separated in a query");
    names.put("copies", "none, shown or decisive: what is made of changed copies of a picture");
    names.put("maps", "true or false: whether forensic maps look at pictures");
    names.put("redact", "true or false: whether prompts and what may be private are left out");
    names.put("prior", "probability that a file is synthetic before anything is seen, 0 to 1");
    return names;
  }

  /**
   * The settings that the parameters of a request name, within the limits of its key: known before
   * its body is received.
   *
   * @throws ProblemException if a setting has no such value
   */
  DetectorSettings of(Context context) {
    return within(context, queried(context));
  }

  /**
   * The same with those that its body names, which win.
   *
   * @param queried what its parameters name
   * @param json an object of settings; blank for none
   * @throws ProblemException if a setting is unknown or has no such value
   */
  DetectorSettings of(Context context, DetectorSettings queried, String json) {
    if (json.isBlank()) {
      return queried;
    }
    ObjectNode given = object(json);
    given
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!NAMES.containsKey(name)) {
                throw invalid(
                    "A request may choose "
                        + String.join(", ", NAMES.keySet())
                        + ", and nothing else.");
              }
            });
    ObjectNode all = queried(context);
    all.setAll(given);
    return within(context, all);
  }

  private ObjectNode queried(Context context) {
    Map<String, List<String>> query = context.queryParamMap();
    ObjectNode all = object(base.json());
    for (String name : NAMES.keySet()) {
      List<String> values = query.getOrDefault(name, List.of());
      if (!values.isEmpty()) {
        all.set(name, value(name, values.get(values.size() - 1)));
      }
    }
    return all;
  }

  private DetectorSettings within(Context context, ObjectNode all) {
    DetectorSettings wanted = within(all);
    return wanted.withLimits(RequestLog.of(context).limits().of(wanted.limits()));
  }

  private DetectorSettings within(ObjectNode all) {
    try {
      DetectorSettings settings = DetectorSettings.read(all.toString());
      if (!examiners.containsAll(settings.only())) {
        throw invalid(
            "Examiners are " + examiners.stream().sorted().collect(Collectors.joining(", ")) + ".");
      }
      return base.redacted() ? settings.withRedaction() : settings;
    } catch (IllegalArgumentException e) {
      throw invalid(String.valueOf(e.getMessage()));
    }
  }

  private static JsonNode value(String name, String text) {
    return switch (name) {
      case "only" -> JSON.valueToTree(List.of(text.split(",", -1)));
      case "maps", "redact" ->
          text.isEmpty() || text.equals("true") || text.equals("false")
              ? JSON.getNodeFactory().booleanNode(!text.equals("false"))
              : JSON.getNodeFactory().textNode(text);
      case "prior" -> number(text);
      default -> JSON.getNodeFactory().textNode(text);
    };
  }

  private static JsonNode number(String text) {
    try {
      return JSON.getNodeFactory().numberNode(Double.parseDouble(text));
    } catch (NumberFormatException e) {
      return JSON.getNodeFactory().textNode(text);
    }
  }

  private static ObjectNode object(String json) {
    try {
      if (JSON.readTree(json) instanceof ObjectNode object) {
        return object;
      }
      throw invalid("Settings are a JSON object.");
    } catch (JsonProcessingException e) {
      throw invalid("The settings are no JSON: " + e.getOriginalMessage() + ".");
    }
  }

  private static ProblemException invalid(String detail) {
    return Problem.of(400, "invalid-settings", detail).thrown();
  }
}
