package dev.assay.server.internal.http;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.Report;
import dev.assay.internal.format.Format;
import dev.assay.internal.resource.ShippedData;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What the server says of itself, as JSON. */
final class InfoHandlers {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String SCHEMA = "/dev/assay/server/report.schema.json";

  private InfoHandlers() {}

  /** The release. */
  static String version(Report.Tool tool) {
    return JSON.createObjectNode()
        .put("name", tool.name())
        .put("version", tool.version())
        .put("schemaVersion", Report.SCHEMA_VERSION)
        .toString();
  }

  /** The models that are asked. */
  static String models(Report.Tool tool) {
    ArrayNode models = JSON.createArrayNode();
    tool.models()
        .forEach(
            model ->
                models
                    .addObject()
                    .put("id", model.id())
                    .put("version", model.version())
                    .put("sha256", model.sha256()));
    return models.toString();
  }

  /** The formats that are examined. */
  static String formats() {
    ArrayNode formats = JSON.createArrayNode();
    for (Format format : Format.values()) {
      ObjectNode row =
          formats
              .addObject()
              .put("kind", format.kind().name().toLowerCase(Locale.ROOT))
              .put("mediaType", format.mediaType());
      ArrayNode extensions = row.putArray("extensions");
      format.extensions().forEach(extensions::add);
    }
    return formats.toString();
  }

  /** The schema of reports. */
  static String schema() {
    return new String(ShippedData.bytes(SCHEMA), StandardCharsets.UTF_8);
  }
}
