package dev.assay.internal.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.assay.Evidence;
import dev.assay.FailureCode;
import dev.assay.MediaKind;
import dev.assay.NoteCode;
import dev.assay.Region;
import dev.assay.Report;
import dev.assay.Sentence;
import dev.assay.TimelinePoint;
import dev.assay.Verdict;
import dev.assay.WarningCode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Reads reports back from the JSON that {@link ReportJson} wrote: schema 1.x and 2.x.
 *
 * <p>What schema 1 calls {@code authentic} is {@code not-synthetic} since schema 2. Members that
 * this release does not know are passed over; what is written again is what was read.
 */
public final class ReportReader {

  private static final ObjectReader JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build()
          .readerFor(JsonNode.class);

  private ReportReader() {}

  /**
   * Reads a report.
   *
   * @param text one JSON object
   * @throws IOException if it is no report of schema 1.x or 2.x; the message says why
   */
  public static Report read(String text) throws IOException {
    try {
      return report(JSON.readTree(text));
    } catch (JsonProcessingException e) {
      throw new IOException("it is no JSON: " + e.getOriginalMessage(), e);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new IOException("it is no report: " + e.getMessage(), e);
    }
  }

  /** The path of the file that a line is about; empty where it is no report. */
  public static Optional<String> path(String line) {
    try {
      JsonNode path = JSON.readTree(line).at("/file/path");
      return path.isTextual() ? Optional.of(path.textValue()) : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static Report report(JsonNode json) {
    String version = text(json, "schemaVersion");
    if (!version.startsWith("1.") && !version.startsWith("2.")) {
      throw new IllegalArgumentException("schema " + version + " is not known to this release");
    }
    return new Report(
        tool(member(json, "tool")),
        file(member(json, "file")),
        optional(json, "media").map(ReportReader::media),
        optional(json, "error")
            .map(
                error ->
                    new Report.Failure(failure(text(error, "code")), sentence(error, "message"))),
        optional(json, "verdict").map(ReportReader::verdict),
        list(json, "evidence", ReportReader::evidence),
        list(
            json,
            "notes",
            note ->
                new Report.Note(
                    constant(NoteCode.values(), NoteCode::code, text(note, "code")),
                    sentence(note, "message"),
                    member(note, "evidence").asInt())),
        list(
            json,
            "warnings",
            warning ->
                new Report.Warning(
                    constant(WarningCode.values(), WarningCode::code, text(warning, "code")),
                    sentence(warning, "message"))),
        timings(member(json, "timings")),
        optional(json, "previous").map(ReportReader::previous));
  }

  private static Report.Tool tool(JsonNode json) {
    return new Report.Tool(
        text(json, "name"),
        text(json, "version"),
        list(
            json,
            "models",
            model ->
                new Report.ModelReference(
                    text(model, "id"), text(model, "version"), text(model, "sha256"))));
  }

  private static Report.FileFacts file(JsonNode json) {
    return new Report.FileFacts(
        text(json, "path"),
        string(json, "sha256"),
        optional(json, "size").map(JsonNode::asLong),
        string(json, "mediaType"),
        string(json, "modified").map(Instant::parse),
        string(json, "sameContentAs"),
        string(json, "sidecarSha256"));
  }

  private static Report.MediaFacts media(JsonNode json) {
    return new Report.MediaFacts(
        constant(MediaKind.values(), MediaKind::code, text(json, "kind")),
        integer(json, "width"),
        integer(json, "height"),
        number(json, "durationSeconds"),
        integer(json, "frames"),
        integer(json, "framesExamined"),
        string(json, "codec"),
        string(json, "decoder"),
        list(json, "sound", ReportReader::soundTrack),
        list(
            json,
            "hashes",
            hash ->
                new Report.FrameHash(
                    member(hash, "seconds").asDouble(),
                    text(hash, "pdq"),
                    hash.path("quality").asInt())));
  }

  private static Report.SoundTrack soundTrack(JsonNode json) {
    return new Report.SoundTrack(
        json.path("number").asInt(),
        text(json, "codec"),
        json.path("rate").asInt(),
        json.path("channels").asInt(),
        optional(json, "bitRate")
            .map(n -> OptionalLong.of(n.asLong()))
            .orElse(OptionalLong.empty()),
        string(json, "language"));
  }

  private static Verdict verdict(JsonNode json) {
    return new Verdict(
        label(text(json, "label")),
        member(json, "probability").asDouble(),
        member(json, "logLikelihoodRatio").asDouble(),
        member(json, "prior").asDouble(),
        new LinkedHashSet<>(
            list(
                json,
                "basis",
                basis -> constant(Verdict.Basis.values(), Verdict.Basis::code, basis.textValue()))),
        list(
            json,
            "reasons",
            reason ->
                new Verdict.Reason(
                    integer(reason, "evidence").orElse(-1), sentence(reason, "text"))),
        list(
            json,
            "contributions",
            part ->
                new Verdict.Contribution(
                    integer(part, "evidence").orElse(-1),
                    member(part, "logLikelihoodRatio").asDouble())),
        list(
            json,
            "stability",
            copy -> new Verdict.Copy(text(copy, "change"), member(copy, "probability").asDouble())),
        optional(json, "measured")
            .map(
                measured ->
                    new Verdict.Measured(
                        unseen(measured),
                        member(measured, "falsePositives").asDouble(),
                        member(measured, "recall").asDouble(),
                        number(measured, "missed"))),
        list(json, "parts", ReportReader::part));
  }

  private static Verdict.Part part(JsonNode json) {
    return new Verdict.Part(
        constant(Verdict.Medium.values(), Verdict.Medium::code, text(json, "medium")),
        label(text(json, "label")),
        member(json, "probability").asDouble(),
        member(json, "logLikelihoodRatio").asDouble());
  }

  private static Evidence evidence(JsonNode json) {
    return new Evidence(
        text(json, "examiner"),
        constant(Evidence.Kind.values(), Evidence.Kind::code, text(json, "kind")),
        text(json, "code"),
        optional(json, "source")
            .map(
                source ->
                    new Evidence.Source(
                        constant(
                            Evidence.Source.Type.values(),
                            Evidence.Source.Type::code,
                            text(source, "type")),
                        text(source, "id"))),
        string(json, "effect")
            .map(code -> constant(Evidence.Effect.values(), Evidence.Effect::code, code)),
        number(json, "logLikelihoodRatio"),
        sentence(json, "summary"),
        object(member(json, "details")),
        list(json, "regions", ReportReader::region),
        list(
            json,
            "timeline",
            point ->
                new TimelinePoint(
                    member(point, "timeSeconds").asDouble(),
                    member(point, "logLikelihoodRatio").asDouble(),
                    Optional.ofNullable(point.get("region")).map(ReportReader::region))));
  }

  private static Region region(JsonNode json) {
    return new Region(
        member(json, "x").asInt(),
        member(json, "y").asInt(),
        member(json, "width").asInt(),
        member(json, "height").asInt(),
        member(json, "logLikelihoodRatio").asDouble());
  }

  private static Report.Previous previous(JsonNode json) {
    return new Report.Previous(
        tool(member(json, "tool")),
        string(json, "label").map(ReportReader::label),
        number(json, "probability"),
        string(json, "errorCode").map(ReportReader::failure));
  }

  private static Map<String, Double> timings(JsonNode json) {
    Map<String, Double> timings = new LinkedHashMap<>();
    json.properties().forEach(field -> timings.put(field.getKey(), field.getValue().asDouble()));
    return timings;
  }

  static FailureCode failure(String code) {
    return constant(FailureCode.values(), FailureCode::code, code);
  }

  static Verdict.Label label(String code) {
    if (code.equals("authentic")) {
      return Verdict.Label.NOT_SYNTHETIC;
    }
    return constant(Verdict.Label.values(), Verdict.Label::code, code);
  }

  private static Map<String, Object> object(JsonNode json) {
    Map<String, Object> members = new LinkedHashMap<>();
    json.properties().forEach(field -> members.put(field.getKey(), plain(field.getValue())));
    return members;
  }

  private static Object plain(JsonNode json) {
    if (json.isObject()) {
      return object(json);
    }
    if (json.isArray()) {
      List<Object> values = new ArrayList<>();
      json.forEach(value -> values.add(plain(value)));
      return values;
    }
    if (json.isBoolean()) {
      return json.booleanValue();
    }
    if (json.isIntegralNumber()) {
      return json.longValue();
    }
    return json.isNumber() ? (Object) json.doubleValue() : json.asText();
  }

  private static Sentence sentence(JsonNode json, String name) {
    return Sentence.read(text(json, name), plain(json.path("words")));
  }

  private static <T> T constant(T[] values, Function<T, String> code, String text) {
    for (T value : values) {
      if (code.apply(value).equals(text)) {
        return value;
      }
    }
    throw new IllegalArgumentException("the code '" + text + "' is not known to this release");
  }

  private static JsonNode member(JsonNode json, String name) {
    return optional(json, name)
        .orElseThrow(() -> new IllegalArgumentException("'" + name + "' is missing"));
  }

  private static Optional<JsonNode> optional(JsonNode json, String name) {
    return Optional.ofNullable(json.get(name)).filter(value -> !value.isNull());
  }

  private static String text(JsonNode json, String name) {
    return string(json, name)
        .orElseThrow(() -> new IllegalArgumentException("'" + name + "' is missing"));
  }

  private static Optional<String> string(JsonNode json, String name) {
    return optional(json, name).map(JsonNode::textValue);
  }

  private static OptionalInt integer(JsonNode json, String name) {
    return optional(json, name)
        .map(value -> OptionalInt.of(value.asInt()))
        .orElse(OptionalInt.empty());
  }

  /** Reports of before it was said are of generators never seen. */
  private static Verdict.Unseen unseen(JsonNode measured) {
    return measured.path("unseen").asText().equals(Verdict.Unseen.SOURCES.code())
        ? Verdict.Unseen.SOURCES
        : Verdict.Unseen.GENERATORS;
  }

  private static OptionalDouble number(JsonNode json, String name) {
    return optional(json, name)
        .map(value -> OptionalDouble.of(value.asDouble()))
        .orElse(OptionalDouble.empty());
  }

  private static <T> List<T> list(JsonNode json, String name, Function<JsonNode, T> read) {
    List<T> values = new ArrayList<>();
    optional(json, name).ifPresent(array -> array.forEach(item -> values.add(read.apply(item))));
    return values;
  }
}
