package dev.assay.internal.report;

import dev.assay.Language;
import dev.assay.Report;
import dev.assay.spi.ReportFormat;
import java.util.List;
import java.util.Optional;

/** One JSON array of reports. */
public final class ReportJsonArray implements ReportFormat {

  @Override
  public String id() {
    return "json";
  }

  @Override
  public String summary() {
    return "one JSON array";
  }

  @Override
  public List<String> leads() {
    return List.of(open() + "\n" + ReportJson.LEAD, open() + close());
  }

  @Override
  public String open() {
    return "[";
  }

  @Override
  public Optional<String> one(Report report, Language language) {
    return Optional.of("\n" + ReportJson.line(report));
  }

  @Override
  public String between() {
    return ",";
  }

  @Override
  public String close() {
    return "\n]\n";
  }
}
