package org.example.assay;

import dev.assay.Language;
import dev.assay.Report;
import dev.assay.Verdict;
import dev.assay.spi.ReportFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reports as a table in Markdown, for the description of a pull request. */
public final class MarkdownTable implements ReportFormat {

  @Override
  public String id() {
    return "markdown";
  }

  @Override
  public String summary() {
    return "a table in Markdown";
  }

  @Override
  public List<String> leads() {
    return List.of(open());
  }

  @Override
  public String open() {
    return "| file | label | probability of being synthetic | main reason |\n|---|---|---|---|\n";
  }

  @Override
  public Optional<String> one(Report report, Language language) {
    String label = report.verdict().map(Verdict::label).map(Verdict.Label::code).orElse("failed");
    String probability =
        report
            .verdict()
            .map(verdict -> String.format(Locale.ROOT, "%.2f", verdict.probability()))
            .orElse("");
    String reason =
        report
            .verdict()
            .map(verdict -> verdict.reasons().get(0).text())
            .or(() -> report.failure().map(Report.Failure::message))
            .orElse("");
    List<String> cells = List.of(cell(report.file().path()), label, probability, cell(reason));
    return Optional.of("| " + String.join(" | ", cells) + " |\n");
  }

  /** Text from outside as plain text: no mark of Markdown or HTML, and on one line. */
  private static String cell(String text) {
    StringBuilder cell = new StringBuilder();
    text.codePoints()
        .map(c -> Character.isISOControl(c) ? ' ' : c)
        .forEach(c -> cell.append(isMark(c) ? "\\" : "").appendCodePoint(c));
    return cell.toString();
  }

  private static boolean isMark(int c) {
    return c < 128 && !Character.isLetterOrDigit(c) && !Character.isWhitespace(c);
  }
}
