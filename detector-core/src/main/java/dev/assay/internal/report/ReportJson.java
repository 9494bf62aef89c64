package dev.assay.internal.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.assay.Evidence;
import dev.assay.FailureCode;
import dev.assay.Region;
import dev.assay.Report;
import dev.assay.Sentence;
import dev.assay.TimelinePoint;
import dev.assay.Verdict;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Writes a report as JSON, schema 2.0.
 *
 * <p>Members come in a fixed order; what is unknown is left out. Probabilities and log-likelihood
 * ratios are rounded to six and four decimals, far below what the evidence carries, so that the
 * same file gives the same line on every machine.
 */
public final class ReportJson {

  private static final JsonFactory FACTORY = new JsonFactory();
  private static final int PROBABILITY_DECIMALS = 6;
  private static final int RATIO_DECIMALS = 4;
  private static final int TIME_DECIMALS = 3;

  /** How every report begins. */
  static final String LEAD = "{\"schemaVersion\":";

  private ReportJson() {}

  /** The report on one line, without a line end: one record of JSON Lines. */
  public static String line(Report report) {
    return write(report, false);
  }

  /** The report on many lines, indented by two spaces. */
  public static String indented(Report report) {
    return write(report, true);
  }

  private static String write(Report report, boolean indent) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      if (indent) {
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        json.setPrettyPrinter(
            new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines));
      }
      report(json, report);
    } catch (IOException e) {
      throw new UncheckedIOException("a string cannot fail to be written to", e);
    }
    return text.toString();
  }

  private static void report(JsonGenerator json, Report report) throws IOException {
    json.writeStartObject();
    json.writeStringField("schemaVersion", Report.SCHEMA_VERSION);
    tool(json, report.tool());
    file(json, report.file());
    if (report.media().isPresent()) {
      media(json, report.media().get());
    }
    json.writeStringField("status", report.ok() ? "ok" : "failed");
    if (report.failure().isPresent()) {
      json.writeObjectFieldStart("error");
      json.writeStringField("code", report.failure().get().code().code());
      sentence(json, "message", report.failure().get().sentence());
      json.writeEndObject();
    }
    if (report.verdict().isPresent()) {
      verdict(json, report.verdict().get());
    }
    json.writeArrayFieldStart("evidence");
    for (Evidence evidence : report.evidence()) {
      evidence(json, evidence);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("notes");
    for (Report.Note note : report.notes()) {
      json.writeStartObject();
      json.writeStringField("code", note.code().code());
      sentence(json, "message", note.sentence());
      json.writeNumberField("evidence", note.evidence());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("warnings");
    for (Report.Warning warning : report.warnings()) {
      json.writeStartObject();
      json.writeStringField("code", warning.code().code());
      sentence(json, "message", warning.sentence());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeObjectFieldStart("timings");
    for (Map.Entry<String, Double> timing : report.timings().entrySet()) {
      number(json, timing.getKey(), timing.getValue(), TIME_DECIMALS);
    }
    json.writeEndObject();
    if (report.previous().isPresent()) {
      previous(json, report.previous().get());
    }
    json.writeEndObject();
  }

  private static void previous(JsonGenerator json, Report.Previous previous) throws IOException {
    json.writeObjectFieldStart("previous");
    tool(json, previous.tool());
    string(json, "label", previous.label().map(Verdict.Label::code));
    if (previous.probability().isPresent()) {
      number(json, "probability", previous.probability().getAsDouble(), PROBABILITY_DECIMALS);
    }
    string(json, "errorCode", previous.failure().map(FailureCode::code));
    json.writeEndObject();
  }

  private static void tool(JsonGenerator json, Report.Tool tool) throws IOException {
    json.writeObjectFieldStart("tool");
    json.writeStringField("name", tool.name());
    json.writeStringField("version", tool.version());
    json.writeArrayFieldStart("models");
    for (Report.ModelReference model : tool.models()) {
      json.writeStartObject();
      json.writeStringField("id", model.id());
      json.writeStringField("version", model.version());
      json.writeStringField("sha256", model.sha256());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void file(JsonGenerator json, Report.FileFacts file) throws IOException {
    json.writeObjectFieldStart("file");
    json.writeStringField("path", file.path());
    string(json, "sha256", file.sha256());
    if (file.size().isPresent()) {
      json.writeNumberField("size", file.size().get());
    }
    string(json, "mediaType", file.mediaType());
    string(json, "modified", file.modified().map(Instant::toString));
    string(json, "sameContentAs", file.sameContentAs());
    string(json, "sidecarSha256", file.sidecarSha256());
    json.writeEndObject();
  }

  private static void media(JsonGenerator json, Report.MediaFacts media) throws IOException {
    json.writeObjectFieldStart("media");
    json.writeStringField("kind", media.kind().code());
    integer(json, "width", media.width());
    integer(json, "height", media.height());
    if (media.durationSeconds().isPresent()) {
      number(json, "durationSeconds", media.durationSeconds().getAsDouble(), TIME_DECIMALS);
    }
    integer(json, "frames", media.frames());
    integer(json, "framesExamined", media.framesExamined());
    string(json, "codec", media.codec());
    string(json, "decoder", media.decoder());
    if (!media.sound().isEmpty()) {
      json.writeArrayFieldStart("sound");
      for (Report.SoundTrack track : media.sound()) {
        soundTrack(json, track);
      }
      json.writeEndArray();
    }
    if (!media.hashes().isEmpty()) {
      json.writeArrayFieldStart("hashes");
      for (Report.FrameHash hash : media.hashes()) {
        frameHash(json, hash);
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  private static void frameHash(JsonGenerator json, Report.FrameHash hash) throws IOException {
    json.writeStartObject();
    number(json, "seconds", hash.seconds(), TIME_DECIMALS);
    json.writeStringField("pdq", hash.pdq());
    json.writeNumberField("quality", hash.quality());
    json.writeEndObject();
  }

  private static void soundTrack(JsonGenerator json, Report.SoundTrack track) throws IOException {
    json.writeStartObject();
    json.writeNumberField("number", track.number());
    json.writeStringField("codec", track.codec());
    json.writeNumberField("rate", track.rate());
    json.writeNumberField("channels", track.channels());
    if (track.bitRate().isPresent()) {
      json.writeNumberField("bitRate", track.bitRate().getAsLong());
    }
    string(json, "language", track.language());
    json.writeEndObject();
  }

  private static void verdict(JsonGenerator json, Verdict verdict) throws IOException {
    json.writeObjectFieldStart("verdict");
    json.writeStringField("label", verdict.label().code());
    number(json, "probability", verdict.probability(), PROBABILITY_DECIMALS);
    number(json, "logLikelihoodRatio", verdict.logLikelihoodRatio(), RATIO_DECIMALS);
    // Not rounded: it is the user's, and must stay between 0 and 1.
    json.writeNumberField("prior", verdict.prior());
    json.writeArrayFieldStart("basis");
    for (Verdict.Basis basis : verdict.basis().stream().sorted().toList()) {
      json.writeString(basis.code());
    }
    json.writeEndArray();
    json.writeArrayFieldStart("reasons");
    for (Verdict.Reason reason : verdict.reasons()) {
      json.writeStartObject();
      sentence(json, "text", reason.sentence());
      if (reason.evidence() >= 0) {
        json.writeNumberField("evidence", reason.evidence());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("contributions");
    for (Verdict.Contribution contribution : verdict.contributions()) {
      json.writeStartObject();
      if (contribution.evidence() >= 0) {
        json.writeNumberField("evidence", contribution.evidence());
      }
      number(json, "logLikelihoodRatio", contribution.logLikelihoodRatio(), RATIO_DECIMALS);
      json.writeEndObject();
    }
    json.writeEndArray();
    if (!verdict.stability().isEmpty()) {
      json.writeArrayFieldStart("stability");
      for (Verdict.Copy copy : verdict.stability()) {
        json.writeStartObject();
        json.writeStringField("change", copy.change());
        number(json, "probability", copy.probability(), PROBABILITY_DECIMALS);
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    if (!verdict.parts().isEmpty()) {
      json.writeArrayFieldStart("parts");
      for (Verdict.Part part : verdict.parts()) {
        json.writeStartObject();
        json.writeStringField("medium", part.medium().code());
        json.writeStringField("label", part.label().code());
        number(json, "probability", part.probability(), PROBABILITY_DECIMALS);
        number(json, "logLikelihoodRatio", part.logLikelihoodRatio(), RATIO_DECIMALS);
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    if (verdict.measured().isPresent()) {
      json.writeObjectFieldStart("measured");
      json.writeStringField("unseen", verdict.measured().get().unseen().code());
      number(json, "falsePositives", verdict.measured().get().falsePositives(), RATIO_DECIMALS);
      number(json, "recall", verdict.measured().get().recall(), RATIO_DECIMALS);
      if (verdict.measured().get().missed().isPresent()) {
        number(json, "missed", verdict.measured().get().missed().getAsDouble(), RATIO_DECIMALS);
      }
      json.writeEndObject();
    }
    if (verdict.errorRate().isPresent()) {
      Verdict.ErrorRate rate = verdict.errorRate().get();
      json.writeObjectFieldStart("errorRate");
      json.writeStringField("wrongly", rate.wrongly().code());
      number(json, "share", rate.share(), RATIO_DECIMALS);
      json.writeStringField("unseen", rate.unseen().code());
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  /** In English, and beside it the words from which it is said in other languages. */
  private static void sentence(JsonGenerator json, String field, Sentence sentence)
      throws IOException {
    json.writeStringField(field, sentence.text());
    if (!sentence.values().isEmpty()) {
      json.writeFieldName("words");
      plain(json, sentence.words());
    }
  }

  private static void evidence(JsonGenerator json, Evidence evidence) throws IOException {
    json.writeStartObject();
    json.writeStringField("examiner", evidence.examiner());
    json.writeStringField("kind", evidence.kind().code());
    json.writeStringField("code", evidence.code());
    if (evidence.source().isPresent()) {
      json.writeObjectFieldStart("source");
      json.writeStringField("type", evidence.source().get().type().code());
      json.writeStringField("id", evidence.source().get().id());
      json.writeEndObject();
    }
    string(json, "effect", evidence.effect().map(Evidence.Effect::code));
    ratio(json, evidence.logLikelihoodRatio());
    sentence(json, "summary", evidence.sentence());
    json.writeFieldName("details");
    plain(json, evidence.details());
    json.writeArrayFieldStart("regions");
    for (Region region : evidence.regions()) {
      region(json, region);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("timeline");
    for (TimelinePoint point : evidence.timeline()) {
      json.writeStartObject();
      number(json, "timeSeconds", point.timeSeconds(), TIME_DECIMALS);
      ratio(json, OptionalDouble.of(point.logLikelihoodRatio()));
      if (point.region().isPresent()) {
        json.writeFieldName("region");
        region(json, point.region().get());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void region(JsonGenerator json, Region region) throws IOException {
    json.writeStartObject();
    json.writeNumberField("x", region.x());
    json.writeNumberField("y", region.y());
    json.writeNumberField("width", region.width());
    json.writeNumberField("height", region.height());
    ratio(json, OptionalDouble.of(region.logLikelihoodRatio()));
    json.writeEndObject();
  }

  private static void plain(JsonGenerator json, Object value) throws IOException {
    if (value instanceof Map<?, ?> map) {
      json.writeStartObject();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        json.writeFieldName(String.valueOf(entry.getKey()));
        plain(json, entry.getValue());
      }
      json.writeEndObject();
    } else if (value instanceof List<?> list) {
      json.writeStartArray();
      for (Object inner : list) {
        plain(json, inner);
      }
      json.writeEndArray();
    } else if (value instanceof Boolean flag) {
      json.writeBoolean(flag);
    } else if (value instanceof Double || value instanceof Float) {
      json.writeNumber(rounded(((Number) value).doubleValue(), RATIO_DECIMALS));
    } else if (value instanceof Number number) {
      json.writeNumber(number.longValue());
    } else {
      json.writeString(value.toString());
    }
  }

  private static void ratio(JsonGenerator json, OptionalDouble ratio) throws IOException {
    if (ratio.isPresent()) {
      number(json, "logLikelihoodRatio", ratio.getAsDouble(), RATIO_DECIMALS);
    }
  }

  private static void number(JsonGenerator json, String name, double value, int decimals)
      throws IOException {
    json.writeFieldName(name);
    json.writeNumber(rounded(value, decimals));
  }

  private static double rounded(double value, int decimals) {
    return BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_EVEN).doubleValue();
  }

  private static void integer(JsonGenerator json, String name, OptionalInt value)
      throws IOException {
    if (value.isPresent()) {
      json.writeNumberField(name, value.getAsInt());
    }
  }

  private static void string(JsonGenerator json, String name, Optional<String> value)
      throws IOException {
    if (value.isPresent()) {
      json.writeStringField(name, value.get());
    }
  }
}
