package dev.assay.page;

import dev.assay.Evidence;
import dev.assay.Report;
import dev.assay.internal.html.HtmlDocument;
import dev.assay.internal.html.Markup;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Two files side by side: their answers, their facts, and what each line of evidence says of the
 * one and of the other. Rows that differ are marked.
 */
public final class ComparePage {

  private static final String NONE = "\u2013";

  private final PageTexts texts;
  private final List<Side> sides;
  private final Markup page = new Markup();

  /**
   * A file.
   *
   * @param report what was found
   * @param jpeg a small picture of it, as a JPEG file; empty for none
   */
  public record Side(Report report, Optional<byte[]> jpeg) {}

  private ComparePage(PageTexts texts, List<Side> sides) {
    this.texts = texts;
    this.sides = sides;
  }

  /**
   * Writes the page.
   *
   * @param texts the words of its language
   * @return the whole HTML document
   */
  public static String of(PageTexts texts, Side one, Side other) {
    return new ComparePage(texts, List.of(one, other)).document();
  }

  private String document() {
    List<String> names = sides.stream().map(side -> side.report().file().path()).toList();
    String title = texts.get("compare.title", names.get(0), names.get(1));
    page.open("header")
        .element("h1", title)
        .element("p", texts.get("compare.explain"), "class", "quiet")
        .close("header")
        .open("main")
        .open("div", "class", "scroll", "tabindex", "0")
        .open("table", "class", "compare");
    head();
    rows(sides.stream().map(side -> answer(side.report())).toList());
    rows(sides.stream().map(side -> FileRows.of(texts, side.report())).toList());
    rows(sides.stream().map(side -> evidence(side.report())).toList());
    page.close("table").close("div").close("main");
    return HtmlDocument.of(texts.language(), title, "data:", page);
  }

  private void head() {
    page.open("thead").open("tr").element("td", "");
    for (Side side : sides) {
      String name = side.report().file().path();
      page.open("th", "scope", "col");
      side.jpeg()
          .ifPresent(
              jpeg -> page.open("img", "src", HtmlImage.data("image/jpeg", jpeg), "alt", ""));
      page.text(name).close("th");
    }
    page.close("tr").close("thead");
  }

  /** A body of rows: all that one of both has, in the order of the first. */
  private void rows(List<Map<String, String>> columns) {
    Set<String> names = new LinkedHashSet<>();
    columns.forEach(column -> names.addAll(column.keySet()));
    page.open("tbody");
    for (String name : names) {
      List<String> values =
          columns.stream().map(column -> column.getOrDefault(name, NONE)).toList();
      boolean same = values.get(0).equals(values.get(1));
      page.open("tr", "class", same ? "" : "differs").element("th", name, "scope", "row");
      values.forEach(value -> page.element("td", value));
      page.close("tr");
    }
    page.close("tbody");
  }

  private Map<String, String> answer(Report report) {
    AnswerTexts answer = new AnswerTexts(texts, report);
    Map<String, String> rows = new LinkedHashMap<>();
    report
        .failure()
        .ifPresent(
            failure ->
                rows.put(
                    texts.get("index.label"),
                    texts.get("failed") + " " + texts.say(failure.sentence())));
    report
        .verdict()
        .ifPresent(
            verdict -> {
              rows.put(texts.get("index.label"), answer.label(verdict));
              rows.put(texts.get("index.probability"), answer.probability(verdict.probability()));
              answer
                  .strength(verdict)
                  .ifPresent(strength -> rows.put(texts.get("compare.strength"), strength));
            });
    return rows;
  }

  private Map<String, String> evidence(Report report) {
    Map<String, String> rows = new LinkedHashMap<>();
    for (Evidence piece : report.evidence()) {
      if (piece.isShown()) {
        String said = texts.say(piece.sentence());
        String name = piece.model().isPresent() ? piece.model().get() : piece.code();
        rows.merge(
            name,
            piece.weight() == 0 ? said : weighed(piece) + "\n" + said,
            (before, next) -> before + "\n" + next);
      }
    }
    return rows;
  }

  private String weighed(Evidence piece) {
    boolean synthetic = piece.logLikelihoodRatio().orElse(0) > 0;
    return texts.get(
        "compare.weight",
        Numbers.times(piece.weight()),
        texts.get(synthetic ? "word.synthetic" : "word.real"));
  }
}
