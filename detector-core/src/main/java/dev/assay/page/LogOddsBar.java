package dev.assay.page;

import dev.assay.Evidence;
import dev.assay.Verdict;
import dev.assay.Verdict.Contribution;
import dev.assay.internal.html.Markup;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How each line of evidence moved the verdict: bars that begin where the one before ended. */
final class LogOddsBar {

  private static final int WIDTH = 400;
  private static final int HEIGHT = 22;
  private static final int MAX_NAME = 38;

  private record Row(String name, double from, double to) {}

  private final PageTexts texts;

  private LogOddsBar(PageTexts texts) {
    this.texts = texts;
  }

  static void write(Markup page, PageTexts texts, Verdict verdict, List<Evidence> evidence) {
    if (!verdict.contributions().isEmpty()) {
      new LogOddsBar(texts).draw(page, verdict, evidence);
    }
  }

  private void draw(Markup page, Verdict verdict, List<Evidence> evidence) {
    List<Row> rows = new ArrayList<>();
    double at = 0;
    double least = 0;
    double most = 0;
    for (Contribution part : verdict.contributions()) {
      double next = at + part.logLikelihoodRatio();
      rows.add(new Row(name(part, evidence), at, next));
      at = next;
      least = Math.min(least, at);
      most = Math.max(most, at);
    }
    rows.add(new Row(texts.get("bar.total"), 0, verdict.logLikelihoodRatio()));
    double span = Math.max(1, Math.max(most, -least)) * 1.05;
    page.element("h2", texts.get("bar"))
        .element("p", texts.get("bar.explain"), "class", "quiet")
        .open("div", "class", "bars", "role", "img", "aria-label", spoken(rows));
    rows.forEach(row -> bar(page, row, span));
    page.close("div");
  }

  /** Its picture is as wide as there is room for: the figures stand beside it, as text. */
  private static void bar(Markup page, Row row, double span) {
    double unit = WIDTH / 2.0 / span;
    double left = WIDTH / 2.0 + unit * Math.min(row.from(), row.to());
    double wide = Math.max(1, unit * Math.abs(row.to() - row.from()));
    page.element("span", cut(row.name()))
        .open(
            "svg",
            "viewBox",
            "0 0 " + WIDTH + " " + HEIGHT,
            "preserveAspectRatio",
            "none",
            "height",
            String.valueOf(HEIGHT));
    line(page, WIDTH / 2.0, 0, WIDTH / 2.0, HEIGHT);
    page.open(
            "rect",
            "class",
            row.to() >= row.from() ? "bar-synthetic" : "bar-real",
            "x",
            number(left),
            "y",
            "3",
            "width",
            number(wide),
            "height",
            String.valueOf(HEIGHT - 6))
        .close("rect")
        .close("svg")
        .element("span", "\u00d7" + Numbers.times(row.to() - row.from()), "class", "figure");
  }

  private String spoken(List<Row> rows) {
    List<String> spoken = new ArrayList<>();
    for (Row row : rows) {
      double by = row.to() - row.from();
      spoken.add(
          texts.get(
              "bar.row",
              row.name(),
              Numbers.times(by),
              texts.get(by >= 0 ? "word.synthetic" : "word.real")));
    }
    return String.join("; ", spoken);
  }

  private String name(Contribution part, List<Evidence> evidence) {
    if (part.evidence() < 0 || part.evidence() >= evidence.size()) {
      return texts.get("bar.calibration");
    }
    Evidence piece = evidence.get(part.evidence());
    String model = piece.model().orElse("");
    Object face = piece.details().get("face");
    return model.isEmpty() ? piece.code() : face == null ? model : model + " " + face;
  }

  private static String cut(String name) {
    return name.length() <= MAX_NAME ? name : name.substring(0, MAX_NAME - 1) + "\u2026";
  }

  private static void line(Markup page, double x1, double y1, double x2, double y2) {
    page.open(
            "line",
            "class",
            "axis",
            "x1",
            number(x1),
            "y1",
            number(y1),
            "x2",
            number(x2),
            "y2",
            number(y2),
            "vector-effect",
            "non-scaling-stroke")
        .close("line");
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
