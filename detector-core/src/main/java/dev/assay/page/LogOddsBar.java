package dev.assay.page;

import dev.assay.Evidence;
import dev.assay.Verdict;
import dev.assay.Verdict.Contribution;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How each line of evidence moved the verdict: bars that begin where the one before ended. */
final class LogOddsBar {

  private static final int WIDTH = 720;
  private static final int NAMES = 290;
  private static final int ROW = 26;
  private static final int MAX_NAME = 38;

  private record Row(String name, double from, double to) {}

  private final Texts texts;

  private LogOddsBar(Texts texts) {
    this.texts = texts;
  }

  static void write(Markup page, Texts texts, Verdict verdict, List<Evidence> evidence) {
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
    double span = Math.max(1, Math.max(most, -least)) * 1.25;
    int height = ROW * rows.size() + 10;
    page.element("h2", texts.get("bar"))
        .element("p", texts.get("bar.explain"), "class", "quiet")
        .open("div", "class", "scroll")
        .open(
            "svg",
            "viewBox",
            "0 0 " + WIDTH + " " + height,
            "width",
            String.valueOf(WIDTH),
            "role",
            "img",
            "aria-label",
            spoken(rows));
    double middle = NAMES + (WIDTH - NAMES) / 2.0;
    double unit = (WIDTH - NAMES) / 2.0 / span;
    line(page, middle, 0, middle, height);
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      double left = middle + unit * Math.min(row.from(), row.to());
      double wide = Math.max(1, unit * Math.abs(row.to() - row.from()));
      int top = ROW * i + 4;
      boolean synthetic = row.to() >= row.from();
      page.element("text", cut(row.name()), "x", "0", "y", String.valueOf(top + 15))
          .open(
              "rect",
              "class",
              synthetic ? "bar-synthetic" : "bar-real",
              "x",
              number(left),
              "y",
              String.valueOf(top),
              "width",
              number(wide),
              "height",
              String.valueOf(ROW - 8),
              "rx",
              "2")
          .close("rect");
      boolean rightOf = left + wide < WIDTH - 70;
      page.element(
          "text",
          "\u00d7" + Numbers.times(row.to() - row.from()),
          "x",
          number(rightOf ? left + wide + 6 : left - 6),
          "y",
          String.valueOf(top + 15),
          "text-anchor",
          rightOf ? "start" : "end");
    }
    page.close("svg").close("div");
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
            number(y2))
        .close("line");
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
