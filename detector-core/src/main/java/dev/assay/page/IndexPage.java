package dev.assay.page;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import dev.assay.Report;
import dev.assay.Report.MediaFacts;
import dev.assay.Verdict;
import dev.assay.internal.html.HtmlDocument;
import dev.assay.internal.html.Markup;
import dev.assay.known.NearGroups;
import dev.assay.known.PdqHash;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The index of many reports: counts, a table that can be sorted and filtered, plots of scores, and
 * what failed. What needs a person comes first. Rows are data, of which the page shows a few
 * hundred at a time; ten thousand make a part, the first of which has the counts and plots, so that
 * a million files neither fill the memory nor keep a browser waiting.
 */
public final class IndexPage {

  private static final List<String> LABELS =
      List.of("synthetic", "altered", "inconclusive", "failed", "not-synthetic");
  private static final DateTimeFormatter MONTH =
      DateTimeFormatter.ofPattern("uuuu-MM", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int MAX_PLOTS = 60;

  /** Rows of a part. */
  static final int ROWS_PER_PART = 10_000;

  /** Rows that are shown at a time. */
  private static final int WINDOW = 200;

  private static final int MAX_REASON = 160;

  /** Groups of files that show nearly the same, and files of each, that the page lists. */
  private static final int MAX_GROUPS = 100;

  private static final int MAX_OF_GROUP = 12;

  /** Different reasons that are kept once; of a million files, most have one of a few. */
  private static final int MAX_SHARED_REASONS = 10_000;

  private static final int WIDTH = 420;

  private final PageTexts texts;
  private final List<Row> rows = new ArrayList<>();
  private final Map<String, Integer> counts = new TreeMap<>();
  private final Map<String, String> reasons = new HashMap<>();
  private final ScoresByName folders = new ScoresByName(MAX_PLOTS);
  private final ScoresByName months = new ScoresByName(MAX_PLOTS);
  private final NearGroups near = new NearGroups();
  private final List<Row> inOrder = new ArrayList<>();
  private boolean sorted;

  /** An empty index. */
  public IndexPage(PageTexts texts) {
    this.texts = texts;
  }

  /**
   * A report in the table.
   *
   * @param probability in tenths of a per cent; -1 for none
   */
  private record Row(
      String path, int label, int probability, String reason, String page, String thumbnail) {

    /** Synthetic first, then what could not be answered or examined, the most suspicious first. */
    static final Comparator<Row> URGENCY =
        Comparator.comparingInt(Row::label)
            .thenComparing(Comparator.comparingInt(Row::probability).reversed());

    String state() {
      return LABELS.get(label);
    }

    String percent() {
      return probability < 0
          ? ""
          : String.format(Locale.ROOT, "%d.%d %%", probability / 10, probability % 10);
    }
  }

  /**
   * Adds a report.
   *
   * @param page address of its page, beside the index; empty for none
   * @param thumbnail address of its picture, beside the index; empty for none
   */
  public void add(Report report, String page, String thumbnail) {
    String label = report.verdict().map(v -> v.label().code()).orElse("failed");
    counts.merge(label, 1, Integer::sum);
    String path = report.file().path();
    int probability = -1;
    String reason = report.failure().map(failure -> texts.say(failure.sentence())).orElse("");
    if (report.verdict().isPresent()) {
      Verdict verdict = report.verdict().get();
      probability = (int) Math.round(1000 * verdict.probability());
      reason = texts.say(verdict.reasons().get(0).sentence());
      int slash = path.lastIndexOf('/');
      folders.add(slash < 0 ? "." : path.substring(0, slash), verdict.probability());
      report
          .file()
          .modified()
          .ifPresent(time -> months.add(MONTH.format(time), verdict.probability()));
    }
    String shown =
        reason.length() <= MAX_REASON ? reason : reason.substring(0, MAX_REASON) + "\u2026";
    Row row = new Row(path, LABELS.indexOf(label), probability, once(shown), page, thumbnail);
    for (Report.FrameHash frame : report.media().map(MediaFacts::hashes).orElse(List.of())) {
      near.add(inOrder.size(), PdqHash.parse(frame.pdq(), frame.quality()));
    }
    rows.add(row);
    inOrder.add(row);
    sorted = false;
  }

  private String once(String reason) {
    if (reasons.size() >= MAX_SHARED_REASONS) {
      return reasons.getOrDefault(reason, reason);
    }
    String known = reasons.putIfAbsent(reason, reason);
    return known == null ? reason : known;
  }

  /** How many documents the index is made of, at least one. */
  public int parts() {
    return Math.max(1, (rows.size() + ROWS_PER_PART - 1) / ROWS_PER_PART);
  }

  /** The name of a part's file, counted from 0; parts lie beside one another. */
  public static String address(int part) {
    return part == 0 ? "index.html" : "index-" + (part + 1) + ".html";
  }

  /**
   * The HTML document of a part.
   *
   * @param part counted from 0
   */
  public String document(int part) {
    if (!sorted) {
      rows.sort(Row.URGENCY);
      sorted = true;
    }
    List<Row> shown =
        rows.subList(part * ROWS_PER_PART, Math.min(rows.size(), (part + 1) * ROWS_PER_PART));
    String title = texts.get("index.title", rows.size());
    Markup page = new Markup().open("header").element("h1", title).close("header").open("main");
    if (part == 0) {
      counts(page);
    }
    parts(page, part);
    table(page, shown);
    if (part == 0) {
      groups(page);
      plots(page, "index.folders", folders);
      plots(page, "index.months", months);
    }
    page.close("main")
        .open("script", "type", "application/json", "id", "rows")
        .trusted(data(shown))
        .close("script");
    // A page on disk has no origin of its own: "file:" is what lies beside it.
    return HtmlDocument.of(texts.language(), title, "'self' file: data:", page);
  }

  private void counts(Markup page) {
    page.element("h2", texts.get("index.counts")).open("table", "class", "facts");
    for (String label : LABELS) {
      page.open("tr")
          .element("th", texts.get("index.count." + label), "scope", "row")
          .element("td", String.valueOf(counts.getOrDefault(label, 0)))
          .close("tr");
    }
    page.close("table");
  }

  /** Links to the other parts, where there are any. */
  private void parts(Markup page, int part) {
    if (parts() == 1) {
      return;
    }
    page.element("p", texts.get("index.part", part + 1, parts()), "class", "quiet")
        .open("nav", "aria-label", texts.get("index.parts"))
        .open("p");
    for (int other = 0; other < parts(); other++) {
      String number = String.valueOf(other + 1);
      if (other == part) {
        page.element("strong", number, "aria-current", "page");
      } else {
        page.element("a", number, "href", address(other));
      }
      page.text(" ");
    }
    page.close("p").close("nav");
  }

  private void table(Markup page, List<Row> shown) {
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
            texts.get("index.shown", shown.size()),
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
    page.close("tr").close("thead").open("tbody");
    shown.stream().limit(WINDOW).forEach(row -> row(page, row));
    page.close("tbody")
        .close("table")
        .close("div")
        .open("p", "class", "no-print")
        .element("button", texts.get("index.earlier"), "id", "earlier", "type", "button")
        .text(" ")
        .element("button", texts.get("index.later"), "id", "later", "type", "button")
        .close("p");
  }

  /** Files that show nearly the same. */
  private void groups(Markup page) {
    List<List<Integer>> groups = near.largestFirst(PdqHash.SAME);
    if (groups.isEmpty()) {
      return;
    }
    page.element("h2", texts.get("index.groups"))
        .element("p", texts.get("index.groups.explain", groups.size()), "class", "quiet")
        .open("table", "class", "groups");
    for (List<Integer> group : groups.subList(0, Math.min(MAX_GROUPS, groups.size()))) {
      page.open("tr")
          .element("th", texts.get("index.group", group.size()), "scope", "row")
          .open("td", "class", "wide")
          .open("ul");
      group.stream().limit(MAX_OF_GROUP).forEach(number -> member(page, inOrder.get(number)));
      if (group.size() > MAX_OF_GROUP) {
        page.element("li", texts.get("index.group.more", group.size() - MAX_OF_GROUP));
      }
      page.close("ul").close("td").close("tr");
    }
    page.close("table");
  }

  private void member(Markup page, Row row) {
    page.open("li");
    if (!row.thumbnail().isEmpty()) {
      page.open("img", "src", row.thumbnail(), "alt", "", "loading", "lazy").text(" ");
    }
    name(page, row);
    page.text(" ")
        .element("span", texts.get("index.count." + row.state()), "class", "quiet")
        .close("li");
  }

  private static void name(Markup page, Row row) {
    if (row.page().isEmpty()) {
      page.text(row.path());
    } else {
      page.element("a", row.path(), "href", row.page());
    }
  }

  /** As the script writes them too, for whoever reads without it. */
  private void row(Markup page, Row row) {
    page.open("tr", "class", row.state()).open("td", "class", "thumb");
    if (!row.thumbnail().isEmpty()) {
      page.open("img", "src", row.thumbnail(), "alt", "", "loading", "lazy");
    }
    page.close("td").open("td");
    name(page, row);
    page.close("td")
        .element("td", texts.get("index.count." + row.state()), "class", "answer-cell")
        .element("td", row.percent(), "class", "number")
        .element("td", row.reason(), "class", "wide")
        .close("tr");
  }

  /** The rows as JSON, in which nothing can end the script that holds it. */
  private String data(List<Row> shown) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.setCharacterEscapes(new ScriptEscapes());
      json.writeStartObject();
      json.writeNumberField("window", WINDOW);
      json.writeArrayFieldStart("labels");
      for (String label : LABELS) {
        json.writeStartArray();
        json.writeString(label);
        json.writeString(texts.get("index.count." + label));
        json.writeEndArray();
      }
      json.writeEndArray();
      json.writeArrayFieldStart("rows");
      for (Row row : shown) {
        json.writeStartArray();
        json.writeString(Markup.shown(row.path()));
        json.writeNumber(row.label());
        json.writeNumber(row.probability());
        json.writeString(Markup.shown(row.reason()));
        json.writeString(row.page());
        json.writeString(row.thumbnail());
        json.writeEndArray();
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a string cannot fail to be written to", e);
    }
    return text.toString();
  }

  /** Writes what opens and closes elements by its number. */
  private static final class ScriptEscapes extends CharacterEscapes {

    private static final long serialVersionUID = 1L;
    private static final int[] ASCII = ascii();

    private static int[] ascii() {
      int[] escapes = CharacterEscapes.standardAsciiEscapesForJSON();
      for (char each : new char[] {'<', '>', '&'}) {
        escapes[each] = CharacterEscapes.ESCAPE_STANDARD;
      }
      return escapes;
    }

    @Override
    public int[] getEscapeCodesForAscii() {
      return ASCII.clone();
    }

    @Override
    public @Nullable SerializableString getEscapeSequence(int character) {
      return null;
    }
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

  private void plots(Markup page, String heading, ScoresByName scores) {
    if (scores.byName().size() < 2) {
      return;
    }
    page.element("h2", texts.get(heading))
        .element("p", texts.get("index.scores.explain"), "class", "quiet")
        .open("table");
    scores
        .byName()
        .forEach(
            (name, of) -> {
              page.open("tr")
                  .element("th", name, "scope", "row")
                  .element("td", String.valueOf(of.count()))
                  .open("td");
              plot(page, of);
              page.close("td").close("tr");
            });
    page.close("table");
  }

  private static void plot(Markup page, ScoresByName.Scores scores) {
    double middle = scores.middle();
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
    scores.met().forEach(probability -> mark(page, probability, 1, 5));
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
