package dev.assay.page;

import dev.assay.Report;
import dev.assay.Verdict;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The index of many reports: counts, a table that can be sorted and filtered, plots of scores, and
 * what failed. Written as it is read, so that ten thousand rows cost little.
 */
public final class IndexPage {

  private static final List<String> LABELS =
      List.of("synthetic", "inconclusive", "not-synthetic", "failed");
  private static final DateTimeFormatter MONTH =
      DateTimeFormatter.ofPattern("uuuu-MM", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int MAX_PLOTS = 60;
  private static final int MAX_MARKS = 400;
  private static final int WIDTH = 420;

  private final Texts texts;
  private final Markup rows = new Markup();
  private final Markup failures = new Markup();
  private final Map<String, Integer> counts = new TreeMap<>();
  private final Map<String, List<Double>> folders = new TreeMap<>();
  private final Map<String, List<Double>> months = new TreeMap<>();
  private int files;

  /** An empty index. */
  public IndexPage(Texts texts) {
    this.texts = texts;
  }

  /**
   * Adds a report.
   *
   * @param page address of its page, beside the index
   * @param thumbnail address of its picture, beside the index; empty for none
   */
  public void add(Report report, String page, String thumbnail) {
    files++;
    String label = report.verdict().map(v -> v.label().code()).orElse("failed");
    counts.merge(label, 1, Integer::sum);
    String path = report.file().path();
    if (report.failure().isPresent()) {
      failures
          .open("tr")
          .open("td")
          .element("a", path, "href", page)
          .close("td")
          .element("td", report.failure().get().message())
          .close("tr");
    }
    String probability = "";
    String reason = report.failure().map(Report.Failure::message).orElse("");
    if (report.verdict().isPresent()) {
      Verdict verdict = report.verdict().get();
      probability = Numbers.percent(verdict.probability());
      reason = verdict.reasons().get(0).text();
      int slash = path.lastIndexOf('/');
      score(folders, slash < 0 ? "." : path.substring(0, slash), verdict.probability());
      report
          .file()
          .modified()
          .ifPresent(time -> score(months, MONTH.format(time), verdict.probability()));
    }
    rows.open("tr", "data-label", label).open("td", "class", "thumb");
    if (!thumbnail.isEmpty()) {
      rows.open("img", "src", thumbnail, "alt", "", "loading", "lazy");
    }
    rows.close("td")
        .open("td")
        .element("a", path, "href", page)
        .close("td")
        .element("td", texts.get("index.count." + label))
        .element("td", probability, "data-value", probability.isEmpty() ? "-1" : probability)
        .element("td", reason, "class", "wide")
        .close("tr");
  }

  private static void score(Map<String, List<Double>> scores, String name, double probability) {
    scores.computeIfAbsent(name, key -> new ArrayList<>()).add(probability);
  }

  /** The whole HTML document. */
  public String document() {
    String title = texts.get("index.title", files);
    Markup page =
        new Markup()
            .open("header")
            .element("h1", title)
            .close("header")
            .open("main")
            .element("h2", texts.get("index.counts"))
            .open("table", "class", "facts");
    for (String label : LABELS) {
      page.open("tr")
          .element("th", texts.get("index.count." + label), "scope", "row")
          .element("td", String.valueOf(counts.getOrDefault(label, 0)))
          .close("tr");
    }
    page.close("table");
    table(page);
    plots(page, "index.folders", folders);
    plots(page, "index.months", months);
    if (counts.containsKey("failed")) {
      page.element("h2", texts.get("index.failures"))
          .open("table")
          .trusted(failures.toString())
          .close("table");
    }
    page.close("main");
    // A page on disk has no origin of its own: "file:" is what lies beside it.
    return Document.of(texts, title, "'self' file: data:", page);
  }

  private void table(Markup page) {
    page.open("p", "class", "no-print")
        .element("label", texts.get("index.filter"), "for", "words")
        .text(" ")
        .open("input", "id", "words", "type", "search")
        .text(" ")
        .element("label", texts.get("index.label"), "for", "label")
        .text(" ")
        .open("select", "id", "label")
        .element("option", texts.get("index.all"), "value", "");
    for (String label : LABELS) {
      page.element("option", texts.get("index.count." + label), "value", label);
    }
    page.close("select")
        .text(" ")
        .element(
            "span",
            texts.get("index.shown", files),
            "id",
            "count",
            "class",
            "quiet",
            "role",
            "status",
            "data-text",
            texts.get("index.shown"))
        .close("p")
        .open("div", "class", "scroll", "tabindex", "0")
        .open("table", "id", "files")
        .open("thead")
        .open("tr")
        .element("th", texts.get("index.thumbnail"), "scope", "col");
    column(page, "index.file", false, "");
    column(page, "index.label", false, "");
    column(page, "index.probability", true, "");
    column(page, "index.reason", false, "wide");
    page.close("tr")
        .close("thead")
        .open("tbody")
        .trusted(rows.toString())
        .close("tbody")
        .close("table")
        .close("div");
  }

  private void column(Markup page, String name, boolean numbers, String style) {
    String text = texts.get(name);
    page.open("th", "scope", "col", "class", style)
        .element(
            "button",
            text,
            "type",
            "button",
            "data-numbers",
            String.valueOf(numbers),
            "title",
            texts.get("index.sort", text))
        .close("th");
  }

  private void plots(Markup page, String heading, Map<String, List<Double>> scores) {
    if (scores.size() < 2) {
      return;
    }
    page.element("h2", texts.get(heading))
        .element("p", texts.get("index.scores.explain"), "class", "quiet")
        .open("table");
    scores.entrySet().stream()
        .limit(MAX_PLOTS)
        .forEach(
            entry -> {
              page.open("tr")
                  .element("th", entry.getKey(), "scope", "row")
                  .element("td", String.valueOf(entry.getValue().size()))
                  .open("td");
              plot(page, entry.getValue());
              page.close("td").close("tr");
            });
    page.close("table");
  }

  private static void plot(Markup page, List<Double> scores) {
    List<Double> sorted = new ArrayList<>(scores);
    Collections.sort(sorted);
    double middle = sorted.get(sorted.size() / 2);
    page.open(
            "svg",
            "viewBox",
            "0 0 " + WIDTH + " 20",
            "width",
            String.valueOf(WIDTH),
            "role",
            "img",
            "aria-label",
            Numbers.percent(middle) + " %")
        .open(
            "line", "class", "axis", "x1", "0", "x2", String.valueOf(WIDTH), "y1", "10", "y2", "10")
        .close("line");
    int step = Math.max(1, sorted.size() / MAX_MARKS);
    for (int i = 0; i < sorted.size(); i += step) {
      mark(page, sorted.get(i), 1, 5);
    }
    mark(page, middle, 5, 0);
    page.close("svg");
  }

  private static void mark(Markup page, double probability, int width, int top) {
    page.open(
            "rect",
            "class",
            probability >= 0.5 ? "bar-synthetic" : "bar-real",
            "x",
            String.format(Locale.ROOT, "%.1f", probability * (WIDTH - width)),
            "y",
            String.valueOf(top),
            "width",
            String.valueOf(width),
            "height",
            String.valueOf(20 - 2 * top))
        .close("rect");
  }
}
