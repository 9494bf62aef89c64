package dev.assay.internal.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.assay.Evidence;
import dev.assay.Language;
import dev.assay.Region;
import dev.assay.Report;
import dev.assay.Verdict;
import dev.assay.internal.resource.Version;
import dev.assay.spi.ReportFormat;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Writes reports as SARIF 2.1.0 (OASIS), which continuous integration systems show beside a change.
 *
 * <p>A file that is called synthetic or altered is a result of kind {@code fail} and level {@code
 * warning}; an inconclusive one is to be reviewed, one that could not be examined is open; one that
 * is not synthetic has no result.
 */
public final class ReportSarif implements ReportFormat {

  private static final JsonFactory FACTORY = new JsonFactory();
  private static final String SCHEMA =
      "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
  private static final double PERCENT = 100;

  /** The rules, one for each kind of result. */
  private enum Rule {
    SYNTHETIC(
        "synthetic-media", "SyntheticMedia", "The file is called synthetic.", "fail", "warning"),
    ALTERED("altered-media", "AlteredMedia", "A part of the file was changed.", "fail", "warning"),
    INCONCLUSIVE(
        "inconclusive-media",
        "InconclusiveMedia",
        "The evidence does not carry a claim; a person should look at the file.",
        "review",
        "none"),
    FAILED(
        "media-not-examined",
        "MediaNotExamined",
        "The file could not be examined.",
        "open",
        "none");

    private final String id;
    private final String title;
    private final String text;
    private final String kind;
    private final String level;

    Rule(String id, String title, String text, String kind, String level) {
      this.id = id;
      this.title = title;
      this.text = text;
      this.kind = kind;
      this.level = level;
    }

    static Optional<Rule> of(Report report) {
      if (report.verdict().isEmpty()) {
        return Optional.of(FAILED);
      }
      return switch (report.verdict().get().label()) {
        case SYNTHETIC -> Optional.of(SYNTHETIC);
        case ALTERED -> Optional.of(ALTERED);
        case INCONCLUSIVE -> Optional.of(INCONCLUSIVE);
        case NOT_SYNTHETIC -> Optional.empty();
      };
    }
  }

  private static final String CLOSE = "]}]}";

  @Override
  public String id() {
    return "sarif";
  }

  @Override
  public String summary() {
    return "SARIF 2.1.0, for continuous integration: what a person should look at";
  }

  @Override
  public List<String> leads() {
    return List.of("{\"$schema\":\"https://docs.oasis-open.org/sarif/");
  }

  /** The log as far as the opening of the array of results. */
  @Override
  public String open() {
    String log =
        write(
            json -> {
              json.writeStartObject();
              json.writeStringField("$schema", SCHEMA);
              json.writeStringField("version", "2.1.0");
              json.writeArrayFieldStart("runs");
              json.writeStartObject();
              tool(json);
              json.writeArrayFieldStart("invocations");
              json.writeStartObject();
              json.writeBooleanField("executionSuccessful", true);
              json.writeEndObject();
              json.writeEndArray();
              json.writeArrayFieldStart("results");
              json.writeEndArray();
              json.writeEndObject();
              json.writeEndArray();
              json.writeEndObject();
            });
    return log.substring(0, log.length() - CLOSE.length());
  }

  @Override
  public Optional<String> one(Report report, Language language) {
    return Rule.of(report).map(rule -> "\n" + write(json -> result(json, report, rule)));
  }

  @Override
  public String between() {
    return ",";
  }

  @Override
  public String close() {
    return "\n" + CLOSE + "\n";
  }

  private static void tool(JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("tool");
    json.writeObjectFieldStart("driver");
    json.writeStringField("name", "Assay");
    json.writeStringField("version", Version.VALUE);
    json.writeArrayFieldStart("rules");
    for (Rule rule : Rule.values()) {
      json.writeStartObject();
      json.writeStringField("id", rule.id);
      json.writeStringField("name", rule.title);
      message(json, "shortDescription", rule.text);
      json.writeObjectFieldStart("defaultConfiguration");
      json.writeStringField("level", rule.level);
      json.writeEndObject();
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void result(JsonGenerator json, Report report, Rule rule) throws IOException {
    json.writeStartObject();
    json.writeStringField("ruleId", rule.id);
    json.writeStringField("kind", rule.kind);
    json.writeStringField("level", rule.level);
    message(json, "message", text(report));
    json.writeArrayFieldStart("locations");
    json.writeStartObject();
    json.writeObjectFieldStart("physicalLocation");
    json.writeObjectFieldStart("artifactLocation");
    json.writeStringField("uri", uri(report.file().path()));
    json.writeEndObject();
    json.writeEndObject();
    json.writeEndObject();
    json.writeEndArray();
    if (report.file().sha256().isPresent()) {
      json.writeObjectFieldStart("partialFingerprints");
      json.writeStringField("contentSha256/v1", report.file().sha256().get());
      json.writeEndObject();
    }
    if (rule == Rule.ALTERED) {
      attachment(json, report);
    }
    if (report.verdict().isPresent()) {
      json.writeObjectFieldStart("properties");
      json.writeNumberField("probability", report.verdict().get().probability());
      for (Verdict.Part part : report.verdict().get().parts()) {
        json.writeStringField(part.medium().code(), part.label().code());
      }
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  /** The picture with the rectangles of its changed part, in pixels (SARIF 2.1.0, 3.21.5). */
  private static void attachment(JsonGenerator json, Report report) throws IOException {
    json.writeArrayFieldStart("attachments");
    json.writeStartObject();
    json.writeObjectFieldStart("artifactLocation");
    json.writeStringField("uri", uri(report.file().path()));
    json.writeEndObject();
    json.writeArrayFieldStart("rectangles");
    for (Evidence piece : report.evidence()) {
      if (piece.code().equals(Evidence.LOCAL_EDIT)) {
        for (Region part : piece.regions()) {
          json.writeStartObject();
          json.writeNumberField("top", part.y());
          json.writeNumberField("left", part.x());
          json.writeNumberField("bottom", part.y() + part.height());
          json.writeNumberField("right", part.x() + part.width());
          json.writeEndObject();
        }
      }
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndArray();
  }

  private static String text(Report report) {
    if (report.failure().isPresent()) {
      return report.failure().get().message();
    }
    Verdict verdict = report.verdict().orElseThrow();
    return String.format(
        Locale.ROOT,
        "%s is %s: probability of being synthetic %.1f %%. %s",
        report.file().path(),
        verdict.label().code(),
        verdict.probability() * PERCENT,
        verdict.reasons().get(0).text());
  }

  private static void message(JsonGenerator json, String name, String text) throws IOException {
    json.writeObjectFieldStart(name);
    json.writeStringField("text", text);
    json.writeEndObject();
  }

  /** A path as a URI reference: relative ones stay relative. */
  private static String uri(String path) {
    String slashes = path.replace('\\', '/');
    try {
      if (slashes.startsWith("/")) {
        return new URI("file", "", slashes, null).toASCIIString();
      }
      // Without the dot, what stands before a colon would be taken for a scheme.
      String relative = new URI(null, null, "./" + slashes, null).toASCIIString();
      return relative.substring(relative.contains(":") ? 0 : 2);
    } catch (URISyntaxException e) {
      throw new IllegalStateException("every character of a path can be encoded: " + path, e);
    }
  }

  /** Writes some JSON. */
  @FunctionalInterface
  private interface Content {
    void write(JsonGenerator json) throws IOException;
  }

  private static String write(Content content) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      content.write(json);
    } catch (IOException e) {
      throw new UncheckedIOException("a string cannot fail to be written to", e);
    }
    return text.toString();
  }
}
