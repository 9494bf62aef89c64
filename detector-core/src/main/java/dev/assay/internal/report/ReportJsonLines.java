package dev.assay.internal.report;

import dev.assay.Language;
import dev.assay.Report;
import dev.assay.spi.ReportFormat;
import java.util.List;
import java.util.Optional;

/** JSON Lines: a report on each line. A scan keeps its reports in this form. */
public final class ReportJsonLines implements ReportFormat {

  /** The id of this form. */
  public static final String ID = "jsonl";

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String summary() {
    return "a JSON object per line; only this form can be resumed and chained";
  }

  @Override
  public List<String> leads() {
    return List.of(ReportJson.LEAD);
  }

  @Override
  public Optional<String> one(Report report, Language language) {
    return Optional.of(ReportJson.line(report) + "\n");
  }
}
