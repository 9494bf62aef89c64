package dev.assay.cli;

import dev.assay.Language;
import dev.assay.Report;
import dev.assay.Verdict;
import dev.assay.spi.ReportFormat;
import java.util.Locale;
import java.util.Optional;

/** A report as one line, for a person at a terminal: label, per cent, name, main reason. */
public final class ReportLine implements ReportFormat {

  /** The id of this form. */
  static final String ID = "text";

  private static final int MAX_REASON = 140;

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String summary() {
    return "one line per file, for people";
  }

  @Override
  public Optional<String> one(Report report, Language language) {
    return Optional.of(line(report, language) + "\n");
  }

  private static String line(Report report, Language language) {
    String path = Terminal.safe(report.file().path());
    if (report.verdict().isEmpty()) {
      return line(
          "failed", "", path, report.failure().map(f -> cause(f, report, language)).orElse(""));
    }
    Verdict verdict = report.verdict().get();
    return line(
        verdict.label().code(),
        String.format(Locale.ROOT, "%.1f %%", 100 * verdict.probability()),
        path,
        verdict.reasons().get(0).sentence().in(language));
  }

  /** The name stands before it already. */
  private static String cause(Report.Failure failure, Report report, Language language) {
    String name = report.file().path();
    String message = failure.sentence().in(language);
    return message.startsWith(name)
        ? message.substring(name.length()).replaceFirst("^[:\uff1a] *", "")
        : message;
  }

  private static String line(String label, String percent, String path, String reason) {
    String safe = Terminal.safe(reason);
    String shown = safe.length() > MAX_REASON ? safe.substring(0, MAX_REASON - 3) + "..." : safe;
    return String.format(Locale.ROOT, "%-13s %8s  %s  %s", label, percent, path, shown);
  }
}
