package dev.assay.internal.report;

import dev.assay.Language;
import dev.assay.Report;
import dev.assay.Verdict;
import dev.assay.spi.ReportFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.QuoteMode;

/**
 * Writes reports as a table after RFC 4180: the verdict and what leads to it at a glance; the
 * evidence is in the JSON form.
 *
 * <p>Every cell is quoted, so that no spreadsheet splits a file name at another separator; control
 * characters and what cannot be seen are written by their numbers ({@link SafeText}), and what a
 * spreadsheet would take for a formula begins with an apostrophe.
 */
public final class ReportCsv implements ReportFormat {

  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setQuoteMode(QuoteMode.ALL).get();

  /** What begins a formula, also in full-width forms. */
  private static final String FORMULA_STARTERS = "=+-@\uff1d\uff0b\uff0d\uff20";

  private static final String[] COLUMNS = {
    "path",
    "sha256",
    "size",
    "mediaType",
    "kind",
    "frames",
    "framesExamined",
    "status",
    "label",
    "probability",
    "basis",
    "reason",
    "notes",
    "warnings",
    "errorCode",
    "errorMessage",
    "parts"
  };

  private static final String LINE_END = "\r\n";

  @Override
  public String id() {
    return "csv";
  }

  @Override
  public String summary() {
    return "a table for spreadsheets: verdicts and main reasons";
  }

  @Override
  public List<String> leads() {
    return List.of("\"path\",\"sha256\"");
  }

  @Override
  public boolean marksFiles() {
    return true;
  }

  @Override
  public String open() {
    return FORMAT.format((Object[]) COLUMNS) + LINE_END;
  }

  @Override
  public Optional<String> one(Report report, Language language) {
    return Optional.of(row(report) + LINE_END);
  }

  private static String row(Report report) {
    Optional<Verdict> verdict = report.verdict();
    Optional<Report.MediaFacts> media = report.media();
    return FORMAT.format(
        cell(report.file().path()),
        report.file().sha256().orElse(""),
        report.file().size().map(Object::toString).orElse(""),
        report.file().mediaType().orElse(""),
        media.map(m -> m.kind().code()).orElse(""),
        media.map(m -> number(m.frames())).orElse(""),
        media.map(m -> number(m.framesExamined())).orElse(""),
        report.ok() ? "ok" : "failed",
        verdict.map(v -> v.label().code()).orElse(""),
        verdict.map(v -> String.format(Locale.ROOT, "%.6f", v.probability())).orElse(""),
        verdict.map(ReportCsv::basis).orElse(""),
        cell(verdict.map(v -> v.reasons().get(0).text()).orElse("")),
        codes(report.notes().stream().map(note -> note.code().code()).toList()),
        codes(report.warnings().stream().map(warning -> warning.code().code()).toList()),
        report.failure().map(failure -> failure.code().code()).orElse(""),
        cell(report.failure().map(Report.Failure::message).orElse("")),
        verdict.map(ReportCsv::parts).orElse(""));
  }

  private static String basis(Verdict verdict) {
    return verdict.basis().stream()
        .sorted()
        .map(Verdict.Basis::code)
        .collect(Collectors.joining(" "));
  }

  /** What pictures, speech and music say each by itself. */
  private static String parts(Verdict verdict) {
    return codes(
        verdict.parts().stream()
            .map(part -> part.medium().code() + ":" + part.label().code())
            .toList());
  }

  private static String codes(List<String> codes) {
    return String.join(" ", codes);
  }

  private static String number(OptionalInt value) {
    return value.isPresent() ? Integer.toString(value.getAsInt()) : "";
  }

  /** Makes text from outside safe for spreadsheets and terminals. */
  private static String cell(String text) {
    boolean formula = !text.isEmpty() && FORMULA_STARTERS.indexOf(text.charAt(0)) >= 0;
    return (formula ? "'" : "") + SafeText.escaped(text);
  }
}
