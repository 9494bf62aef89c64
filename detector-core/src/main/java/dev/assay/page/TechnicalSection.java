package dev.assay.page;

import dev.assay.Report;
import dev.assay.Verdict;
import dev.assay.internal.html.Markup;
import dev.assay.internal.report.ReportJson;
import java.util.List;

/** What only technicians ask for: the file, the models, changed copies, the report itself. */
final class TechnicalSection {

  private final Markup page;
  private final PageTexts texts;
  private final Report report;

  TechnicalSection(Markup page, PageTexts texts, Report report) {
    this.page = page;
    this.texts = texts;
    this.report = report;
  }

  void write() {
    page.element("h2", texts.get("appendix"))
        .element("h3", texts.get("file"))
        .open("table", "class", "facts");
    FactTable.row(page, texts.get("file.path"), report.file().path());
    FileRows.of(texts, report).forEach((name, value) -> FactTable.row(page, name, value));
    page.close("table");
    models();
    stability();
    page.open("details")
        .element("summary", texts.get("json"))
        .element("pre", ReportJson.indented(report))
        .close("details");
  }

  private void models() {
    if (report.tool().models().isEmpty()) {
      return;
    }
    page.element("h3", texts.get("models"));
    report
        .verdict()
        .flatMap(Verdict::measured)
        .ifPresent(
            measured ->
                page.element(
                    "p",
                    texts.get(
                        "models.measured." + measured.unseen().code(),
                        Numbers.percent(measured.recall()),
                        Numbers.percent(measured.falsePositives()))));
    page.open("table", "class", "facts");
    report
        .tool()
        .models()
        .forEach(model -> FactTable.row(page, model.id() + " " + model.version(), model.sha256()));
    page.close("table");
  }

  private void stability() {
    List<Verdict.Copy> copies = report.verdict().map(Verdict::stability).orElse(List.of());
    if (copies.isEmpty()) {
      return;
    }
    page.element("h3", texts.get("stability"))
        .element("p", texts.get("stability.explain"), "class", "quiet")
        .open("table", "class", "facts");
    copies.forEach(
        copy ->
            FactTable.row(
                page,
                texts.get("stability." + copy.change()),
                Numbers.percent(copy.probability()) + " %"));
    page.close("table");
  }
}
