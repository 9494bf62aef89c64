package dev.assay.server.internal.http;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.Detector;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What the server answers, by OpenAPI 3.1, made from the table of its endpoints. */
final class OpenApi {

  static final String REPORT = "report";

  private static final JsonMapper JSON = new JsonMapper();
  private static final Map<Integer, String> STATUS =
      new TreeMap<>(
          Map.of(
              400, "The request is invalid.",
              404, "There is no such job, or not any more.",
              409, "The job is not done yet.",
              413, "The file holds more bytes than it may.",
              415, "The file is no media of a known format, or the body is of another kind.",
              422, "The file could not be examined; the report beside the problem says why.",
              429, "As much waits as may wait, or the key asks too often.",
              503, "The server is stopping, or its installation is broken."));

  private OpenApi() {}

  /** The document. */
  static String document(List<Endpoint> endpoints, boolean keys) {
    ObjectNode root = JSON.createObjectNode();
    root.put("openapi", "3.1.0");
    root.putObject("info")
        .put("title", "Assay")
        .put("summary", "Tells whether images, videos and audio are synthetic, and shows why.")
        .put("version", Detector.VERSION)
        .putObject("license")
        .put("name", "Apache-2.0")
        .put("identifier", "Apache-2.0");
    ObjectNode paths = root.putObject("paths");
    endpoints.forEach(endpoint -> path(paths, endpoint, keys));
    components(root.putObject("components"), keys);
    return root.toString();
  }

  private static void path(ObjectNode paths, Endpoint endpoint, boolean keys) {
    ObjectNode operation =
        paths
            .withObjectProperty(endpoint.path())
            .putObject(endpoint.method().name().toLowerCase(Locale.ROOT));
    operation.put("summary", endpoint.summary());
    ArrayNode parameters = operation.putArray("parameters");
    if (endpoint.path().contains(JobHandlers.ID)) {
      parameters
          .addObject()
          .put("name", "id")
          .put("in", "path")
          .put("required", true)
          .putObject("schema")
          .put("type", "string");
    }
    if (!endpoint.query().isEmpty()) {
      endpoint
          .query()
          .forEach(
              (name, description) ->
                  parameters
                      .addObject()
                      .put("name", name)
                      .put("in", "query")
                      .put("description", description)
                      .putObject("schema")
                      .put("type", "string"));
    }
    switch (endpoint.takes()) {
      case NOTHING -> {}
      case FILE -> file(operation.putObject("requestBody"));
      case LINES -> body(operation, BatchHandler.LINES, "string");
      case IDS -> body(operation, Endpoints.JSON_TYPE, "array");
      case TEXT -> body(operation, "text/plain", "string");
    }
    ObjectNode responses = operation.putObject("responses");
    ObjectNode done =
        responses.putObject(Integer.toString(endpoint.done())).put("description", "The answer.");
    endpoint
        .answers()
        .forEach(
            (type, schema) -> {
              ObjectNode form = done.withObjectProperty("content").putObject(type);
              if (!schema.isEmpty()) {
                form.putObject("schema").put("$ref", "#/components/schemas/" + schema);
              }
            });
    endpoint
        .problems()
        .forEach(
            status ->
                problem(responses, status, STATUS.getOrDefault(status, "There is no answer.")));
    if (keys && !endpoint.open()) {
      problem(responses, 401, "There is no key, or it is unknown.");
      operation.putArray("security").addObject().putArray("key");
    }
  }

  private static void body(ObjectNode operation, String mediaType, String type) {
    operation
        .putObject("requestBody")
        .putObject("content")
        .putObject(mediaType)
        .putObject("schema")
        .put("type", type);
  }

  private static void file(ObjectNode body) {
    ObjectNode content = body.put("required", true).putObject("content");
    content
        .putObject("application/octet-stream")
        .putObject("schema")
        .put("type", "string")
        .put("format", "binary");
    ObjectNode form = content.putObject("multipart/form-data").putObject("schema");
    form.put("type", "object").putArray("required").add(Body.FILE);
    ObjectNode parts = form.putObject("properties");
    parts.putObject(Body.FILE).put("type", "string").put("format", "binary");
    ObjectNode settings = parts.putObject(Body.SETTINGS).put("type", "object");
    RequestSettings.NAMES.forEach(
        (name, description) ->
            settings
                .withObjectProperty("properties")
                .putObject(name)
                .put("description", description));
  }

  private static void problem(ObjectNode responses, int status, String description) {
    responses
        .putObject(Integer.toString(status))
        .put("description", description)
        .putObject("content")
        .putObject(Problem.MEDIA_TYPE)
        .putObject("schema")
        .put("$ref", "#/components/schemas/problem");
  }

  private static void components(ObjectNode components, boolean keys) {
    ObjectNode schemas = components.putObject("schemas");
    schemas.putObject(REPORT).put("$ref", "report.schema.json");
    ObjectNode problem = schemas.putObject("problem").put("type", "object");
    problem.put("description", "RFC 9457.");
    ObjectNode members = problem.putObject("properties");
    members.putObject("type").put("type", "string");
    members.putObject("title").put("type", "string");
    members.putObject("status").put("type", "integer");
    members.putObject("detail").put("type", "string");
    members
        .putObject("code")
        .put("type", "string")
        .put("description", "stable; of files those of docs/codes.md");
    members.putObject("instance").put("type", "string");
    members.putObject(REPORT).put("$ref", "#/components/schemas/report");
    if (keys) {
      components
          .putObject("securitySchemes")
          .putObject("key")
          .put("type", "http")
          .put("scheme", "bearer");
    }
  }
}
