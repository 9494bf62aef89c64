package dev.assay.internal.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.assay.Evidence;
import dev.assay.FailureCode;
import dev.assay.Report;
import dev.assay.Sentence;
import dev.assay.WarningCode;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What was written is what is read, whatever stands in names, sentences and details. */
class ReportPropertiesTest {

  @Provide
  Arbitrary<String> texts() {
    // Halves of pairs have no form in UTF-8.
    return Arbitraries.strings()
        .ofMaxLength(30)
        .filter(
            text -> text.codePoints().noneMatch(c -> Character.getType(c) == Character.SURROGATE));
  }

  @Provide
  Arbitrary<Sentence> sentences() {
    Arbitrary<String> pattern = texts().map(text -> "x" + text);
    return Combinators.combine(pattern, texts(), texts())
        .as(
            (words, first, second) ->
                Sentence.of(words + " {0} {1}", first, Sentence.of("y{0}", second)));
  }

  @Provide
  Arbitrary<Object> details() {
    Arbitrary<Object> plain =
        Arbitraries.oneOf(
            texts().map(text -> (Object) text),
            Arbitraries.longs().map(number -> (Object) number),
            Arbitraries.doubles().between(-1e6, 1e6).ofScale(4).map(number -> (Object) number),
            Arbitraries.of(true, false).map(flag -> (Object) flag));
    return Arbitraries.oneOf(
        plain,
        plain.list().ofMaxSize(3).map(list -> (Object) list),
        Arbitraries.maps(texts(), plain).ofMaxSize(3).map(map -> (Object) map));
  }

  @Property
  void whatIsWrittenIsRead(
      @ForAll("texts") String name,
      @ForAll("sentences") Sentence sentence,
      @ForAll("details") Object detail,
      @ForAll("texts") String key)
      throws IOException {
    Report report =
        new Report(
            new Report.Tool("assay", name, List.of()),
            new Report.FileFacts(
                name,
                Optional.of("a".repeat(64)),
                Optional.of(3L),
                Optional.of("image/png"),
                Optional.of(Instant.ofEpochMilli(name.hashCode())),
                Optional.of(key),
                Optional.of("b".repeat(64))),
            Optional.empty(),
            Optional.of(new Report.Failure(FailureCode.CORRUPT, sentence)),
            Optional.empty(),
            List.of(
                Evidence.of("own", Evidence.Kind.FACT, "own.fact", sentence)
                    .details(Map.of(key, detail))
                    .build()),
            List.of(),
            List.of(new Report.Warning(WarningCode.TRUNCATED, sentence)),
            Map.of("total", 1.5),
            Optional.empty());
    String line = ReportJson.line(report);
    Report read = ReportReader.read(line);
    assertEquals(line, ReportJson.line(read));
    assertEquals(report.file(), read.file());
    assertEquals(report.failure(), read.failure());
    assertEquals(report.warnings(), read.warnings());
    assertEquals(line, ReportJson.line(ReportReader.read(ReportJson.indented(report))));
  }
}
