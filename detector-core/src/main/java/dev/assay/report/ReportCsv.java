package dev.assay.report;

import dev.assay.Report;
import dev.assay.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Writes reports as a table after RFC 4180: the verdict and what leads to it at a glance; the
 * evidence is in the JSON form.
 */
public final class ReportCsv {

  private static final List<String> COLUMNS =
      List.of(
          "path",
          "sha256",
          "size",
          "mediaType",
          "status",
          "label",
          "probability",
          "basis",
          "reason",
          "errorCode",
          "errorMessage");

  private ReportCsv() {}

  /** The line of column names, without a line end. */
  public static String header() {
    return String.join(",", COLUMNS);
  }

  /** One report as a line, without a line end. */
  public static String row(Report report) {
    Optional<Verdict> verdict = report.verdict();
    List<String> cells =
        List.of(
            report.file().path(),
            report.file().sha256().orElse(""),
            report.file().size().map(Object::toString).orElse(""),
            report.file().mediaType().orElse(""),
            report.ok() ? "ok" : "failed",
            verdict.map(v -> v.label().code()).orElse(""),
            verdict.map(v -> String.format(Locale.ROOT, "%.6f", v.probability())).orElse(""),
            verdict.map(ReportCsv::basis).orElse(""),
            verdict
                .flatMap(v -> v.reasons().stream().findFirst())
                .map(Verdict.Reason::text)
                .orElse(""),
            report.failure().map(failure -> failure.code().code()).orElse(""),
            report.failure().map(Report.Failure::message).orElse(""));
    return cells.stream().map(ReportCsv::cell).collect(Collectors.joining(","));
  }

  private static String basis(Verdict verdict) {
    return verdict.basis().stream()
        .sorted()
        .map(basis -> basis.code())
        .collect(Collectors.joining(" "));
  }

  /**
   * Quotes a cell where needed, and keeps a spreadsheet from taking a hostile file name for a
   * formula.
   */
  private static String cell(String text) {
    String safe = text.isEmpty() || "=+-@\t\r".indexOf(text.charAt(0)) < 0 ? text : "'" + text;
    boolean quote = safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return quote ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
  }
}
