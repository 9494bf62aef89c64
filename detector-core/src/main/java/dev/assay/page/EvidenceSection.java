package dev.assay.page;

import dev.assay.Evidence;
import dev.assay.Report;
import dev.assay.Verdict;
import dev.assay.internal.html.Markup;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The evidence, piece by piece, with its details. */
final class EvidenceSection {

  private final Markup page;
  private final PageTexts texts;
  private final Report report;

  EvidenceSection(Markup page, PageTexts texts, Report report) {
    this.page = page;
    this.texts = texts;
    this.report = report;
  }

  void write() {
    if (report.evidence().isEmpty()) {
      return;
    }
    Set<Integer> counted = report.verdict().map(Verdict::counted).orElse(Set.of());
    page.element("h2", texts.get("evidence"));
    for (int i = 0; i < report.evidence().size(); i++) {
      Evidence piece = report.evidence().get(i);
      if (!piece.isShown()) {
        continue;
      }
      page.open("article", "class", "card", "id", "evidence-" + i)
          .element("span", texts.get("kind." + piece.kind().code()), "class", "badge")
          .element(
              "span",
              texts.get(counted.contains(i) ? "evidence.counted" : "evidence.fact"),
              "class",
              "badge")
          .element("p", texts.say(piece.sentence()));
      Object prompt = piece.details().get("prompt");
      if (prompt != null) {
        page.element("h3", texts.get("prompt")).element("pre", String.valueOf(prompt));
      }
      details(piece);
      page.close("article");
    }
  }

  private void details(Evidence piece) {
    Map<String, Object> details = new LinkedHashMap<>(piece.details());
    details.remove("prompt");
    details.remove("manifests");
    details.put("code", piece.code());
    piece
        .logLikelihoodRatio()
        .ifPresent(
            ratio -> details.put("logLikelihoodRatio", String.format(Locale.ROOT, "%.3f", ratio)));
    page.open("details")
        .element("summary", texts.get("evidence.details"))
        .open("table", "class", "facts");
    details.forEach((name, value) -> FactTable.row(page, name, value));
    page.close("table").close("details");
  }
}
