package dev.assay.internal.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.Evidence;
import dev.assay.FailureCode;
import dev.assay.Language;
import dev.assay.MediaKind;
import dev.assay.NoteCode;
import dev.assay.Region;
import dev.assay.Report;
import dev.assay.Sentence;
import dev.assay.TimelinePoint;
import dev.assay.Verdict;
import dev.assay.WarningCode;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportJsonTest {

  private static final String HOSTILE = "a\nb\"<script>\u0000\u202e\ud83d\ude00.jpg";

  @Test
  void writesAVerdictThatTheSchemaAccepts() throws IOException {
    String line = ReportJson.line(judged());
    assertEquals(List.of(), ReportSchema.violations(line));
    assertFalse(line.contains("\n"), "one record of JSON Lines");
    JsonNode json = new ObjectMapper().readTree(line);
    assertEquals(HOSTILE, json.at("/file/path").asText());
    assertEquals("synthetic", json.at("/verdict/label").asText());
    assertEquals(0.123457, json.at("/verdict/probability").asDouble());
    assertEquals("[\"declared\",\"detected\"]", json.at("/verdict/basis").toString());
    assertEquals(0, json.at("/verdict/reasons/0/evidence").asInt(-1));
    assertTrue(json.at("/verdict/reasons/1/evidence").isMissingNode());
    assertEquals(7, json.at("/evidence/0/regions/0/width").asInt());
    assertEquals("model", json.at("/evidence/0/source/type").asText());
    assertEquals("edited", json.at("/evidence/0/effect").asText());
    assertEquals("edited-with-ai", json.at("/notes/0/code").asText());
    assertEquals(1.5, json.at("/evidence/0/timeline/0/timeSeconds").asDouble());
    assertEquals("[1,\"two\",true,{\"x\":0.5}]", json.at("/evidence/0/details/list").toString());
    assertTrue(json.at("/evidence/1/logLikelihoodRatio").isMissingNode());
    assertTrue(json.at("/verdict/errorRate").isMissingNode(), "it does not rest on models alone");
  }

  @Test
  void writesTheErrorRateOfAnAnswerThatRestsOnModelsAlone() throws IOException {
    Verdict of = judged().verdict().orElseThrow();
    Verdict detected =
        new Verdict(
            Verdict.Label.NOT_SYNTHETIC,
            of.probability(),
            of.logLikelihoodRatio(),
            of.prior(),
            Set.of(Verdict.Basis.DETECTED),
            of.reasons(),
            of.contributions(),
            of.stability(),
            of.measured(),
            of.parts());
    String line = ReportJson.line(judged(detected));
    assertEquals(List.of(), ReportSchema.violations(line));
    JsonNode rate = new ObjectMapper().readTree(line).at("/verdict/errorRate");
    assertEquals("synthetic", rate.path("wrongly").asText());
    assertEquals(0.05, rate.path("share").asDouble());
  }

  @ParameterizedTest
  @EnumSource
  void writesEveryFailureSoThatTheSchemaAcceptsIt(FailureCode code) throws IOException {
    Report failed =
        new Report(
            tool(),
            facts("x.jpg"),
            Optional.empty(),
            Optional.of(
                new Report.Failure(
                    code, Sentence.of("{0}: a {1}.", "x.jpg", Sentence.of("sentence")))),
            Optional.empty(),
            List.of(),
            List.of(),
            List.of(),
            Map.of(),
            Optional.empty());
    String json = ReportJson.line(failed);
    assertEquals(List.of(), ReportSchema.violations(json));
    assertEquals(code.code(), new ObjectMapper().readTree(json).at("/error/code").asText());
  }

  @Test
  void readsBackWhatItWrote() throws IOException {
    for (Report report : List.of(judged(), failed("x.jpg"))) {
      String line = ReportJson.line(report);
      assertEquals(line, ReportJson.line(ReportReader.read(line)));
      assertEquals(line, ReportJson.line(ReportReader.read(ReportJson.indented(report))));
    }
  }

  @Test
  void readsWhatSchema1CalledAuthentic() throws IOException {
    String old =
        ReportJson.line(judged())
            .replace("\"schemaVersion\":\"2.0\"", "\"schemaVersion\":\"1.5\"")
            .replace("\"label\":\"synthetic\"", "\"label\":\"authentic\"")
            .replace(",\"missed\":0.05", "");
    Verdict verdict = ReportReader.read(old).verdict().orElseThrow();
    assertEquals(Verdict.Label.NOT_SYNTHETIC, verdict.label());
    assertEquals(OptionalDouble.empty(), verdict.measured().orElseThrow().missed());
    assertTrue(ReportJson.line(ReportReader.read(old)).contains("\"label\":\"not-synthetic\""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "{\"schemaVersion\":\"3.0\"}",
        "{\"schemaVersion\":\"2.0\"}",
        "{\"schemaVersion\":\"1.5\"}",
        "{\"schemaVersion\":\"1.5\",\"tool\":7}"
      })
  void refusesToReadWhatIsNoReport(String text) {
    assertThrows(IOException.class, () -> ReportReader.read(text));
  }

  @Test
  void refusesToReadAReportThatIsCutAnywhere() {
    String line = ReportJson.line(judged());
    for (int end = 0; end < line.length(); end++) {
      String cut = line.substring(0, end);
      assertThrows(IOException.class, () -> ReportReader.read(cut), cut);
    }
  }

  @Test
  void saysTheSameIndented() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    String indented = ReportJson.indented(judged());
    assertTrue(indented.startsWith("{\n  \"schemaVersion\""), indented);
    assertEquals(mapper.readTree(ReportJson.line(judged())), mapper.readTree(indented));
  }

  @Test
  void writesHostileNamesIntoTablesAsOneHarmlessCell() {
    String row = row(judged());
    assertTrue(row.startsWith("\"a\\u000ab\"\"<script>\\u0000\\u202e"), row);
    assertFalse(row.contains("\n"), row);
    for (String name : List.of("=1+1;2", "+1", "-1", "@x", "\uff1d1")) {
      String cell = row(failed(name)).split(",", 2)[0];
      assertTrue(cell.startsWith("\"'"), cell);
      assertTrue(cell.endsWith("\""), cell);
    }
    assertTrue(row(failed("\u001b[31m;x")).startsWith("\"\\u001b[31m;x\","));
  }

  private static String row(Report report) {
    return new ReportCsv().one(report, Language.ENGLISH).orElseThrow().stripTrailing();
  }

  private static Report failed(String name) {
    return new Report(
        tool(),
        facts(name),
        Optional.empty(),
        Optional.of(
            new Report.Failure(FailureCode.EMPTY_FILE, Sentence.of(name + ": a sentence."))),
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        Map.of(),
        Optional.empty());
  }

  private static Report judged() {
    return judged(
        new Verdict(
            Verdict.Label.SYNTHETIC,
            0.1234567,
            -1.959,
            0.9999999999,
            Set.of(Verdict.Basis.DETECTED, Verdict.Basis.DECLARED),
            List.of(
                new Verdict.Reason(0, Sentence.of("A sentence.")),
                new Verdict.Reason(-1, Sentence.of("Another."))),
            List.of(new Verdict.Contribution(0, -2), new Verdict.Contribution(-1, 0.041)),
            List.of(new Verdict.Copy("jpeg-75", 0.2)),
            Optional.of(
                new Verdict.Measured(Verdict.Unseen.SOURCES, 0.02, 0.5, OptionalDouble.of(0.05))),
            List.of(
                new Verdict.Part(Verdict.Medium.PICTURE, Verdict.Label.SYNTHETIC, 0.75, 1.25),
                new Verdict.Part(Verdict.Medium.SPEECH, Verdict.Label.INCONCLUSIVE, 0.5, 0))));
  }

  private static Report judged(Verdict verdict) {
    Evidence score =
        Evidence.of("test", Evidence.Kind.CLASSIFIER, "classifier.score", "A sentence.")
            .from(Evidence.Source.model("m"))
            .effect(Evidence.Effect.EDITED)
            .logLikelihoodRatio(2.34567)
            .details(Map.of("list", List.of(1, "two", true, Map.of("x", 0.5))))
            .regions(List.of(new Region(1, 2, 7, 8, -0.5)))
            .timeline(List.of(new TimelinePoint(1.5, 0.25)))
            .build();
    Evidence fact = Evidence.of("test", Evidence.Kind.FACT, "test.fact", "A fact.").build();
    return new Report(
        tool(),
        new Report.FileFacts(
            HOSTILE,
            Optional.of("0".repeat(64)),
            Optional.of(12L),
            Optional.of("image/jpeg"),
            Optional.of(Instant.ofEpochMilli(1_700_000_000_123L)),
            Optional.of("b.jpg"),
            Optional.of("1".repeat(64))),
        Optional.of(
            new Report.MediaFacts(
                MediaKind.IMAGE,
                OptionalInt.of(10),
                OptionalInt.of(20),
                OptionalDouble.empty(),
                OptionalInt.of(1),
                OptionalInt.of(1),
                Optional.of("jpeg"),
                Optional.of("test 1"),
                List.of(
                    new Report.SoundTrack(
                        2, "aac", 44_100, 2, OptionalLong.of(64_000), Optional.of(HOSTILE))),
                List.of(new Report.FrameHash(1.5, "0f".repeat(32), 77)))),
        Optional.empty(),
        Optional.of(verdict),
        List.of(score, fact),
        List.of(new Report.Note(NoteCode.EDITED_WITH_AI, Sentence.of("A note of {0}.", 7), 0)),
        List.of(new Report.Warning(WarningCode.TRUNCATED, "A warning.")),
        Map.of("total", 1.23456),
        Optional.of(
            new Report.Previous(
                tool(),
                Optional.of(Verdict.Label.INCONCLUSIVE),
                OptionalDouble.of(0.5),
                Optional.empty())));
  }

  private static Report.Tool tool() {
    return new Report.Tool(
        "assay", "1", List.of(new Report.ModelReference("m", "1", "f".repeat(64))));
  }

  private static Report.FileFacts facts(String name) {
    return new Report.FileFacts(
        name, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }
}
