package dev.assay.evaluation;

import dev.assay.internal.html.Markup;
import java.util.List;
import java.util.Locale;

/** The plots of one condition, as drawings in the page. */
final class EvaluationPlots {

  private static final int SIDE = 260;
  private static final int LEFT = 46;
  private static final int BOTTOM = 40;
  private static final int TOP = 10;

  /** Shares at which the axes of error trade-off have their marks. */
  private static final List<Double> ERROR_MARKS = List.of(0.01, 0.05, 0.2, 0.5);

  private static final double SMALLEST_ERROR = 0.002;

  private final Markup page;

  EvaluationPlots(Markup page) {
    this.page = page;
  }

  void write(OfCondition condition) {
    page.open("div", "class", "grid");
    roc(condition);
    errors(condition);
    reliability(condition);
    histogram(condition);
    page.close("div");
  }

  private void roc(OfCondition condition) {
    StringBuilder line = new StringBuilder();
    condition.curve().forEach(point -> point(line, point.falsePositives(), point.recall()));
    begin("Receiver operating characteristic");
    axes(
        "real files called synthetic", "synthetic files found", List.of(0.0, 0.25, 0.5, 0.75, 1.0));
    diagonal();
    page.open("polyline", "class", "curve", "points", line.toString()).close("polyline");
    end("Receiver operating characteristic (ROC)");
  }

  /** On axes of log-odds, where small errors can be told apart. */
  private void errors(OfCondition condition) {
    StringBuilder line = new StringBuilder();
    for (Ranking.Point each : condition.curve()) {
      point(line, deviate(each.falsePositives()), deviate(1 - each.recall()));
    }
    begin("Detection error trade-off");
    frame("real files called synthetic", "synthetic files missed");
    for (double mark : ERROR_MARKS) {
      mark(deviate(mark), percent(mark));
    }
    page.open("polyline", "class", "curve", "points", line.toString()).close("polyline");
    end("Detection error trade-off (DET)");
  }

  /** Where an error lies on its axis, from 0 to 1. */
  private static double deviate(double error) {
    double least = logOdds(SMALLEST_ERROR);
    double most = logOdds(0.6);
    double held = logOdds(Math.max(SMALLEST_ERROR, Math.min(0.6, error)));
    return (held - least) / (most - least);
  }

  /** Log-odds. */
  private static double logOdds(double share) {
    return Math.log(share / (1 - share));
  }

  private void reliability(OfCondition condition) {
    begin("Reliability of probabilities");
    axes("probability said", "share synthetic", List.of(0.0, 0.25, 0.5, 0.75, 1.0));
    diagonal();
    for (Calibration.Bin bin : condition.reliability()) {
      double radius = 2 + 14 * Math.sqrt(bin.share());
      page.open(
              "circle",
              "class",
              "bar-real",
              "cx",
              number(x(bin.said())),
              "cy",
              number(y(bin.synthetic())),
              "r",
              number(radius))
          .close("circle");
    }
    end("Reliability: what is said against what is; larger dots hold more files");
  }

  private void histogram(OfCondition condition) {
    List<Integer> real = condition.histogram().real();
    List<Integer> synthetic = condition.histogram().synthetic();
    double most = Math.max(share(real), share(synthetic));
    begin("Files by probability");
    frame("probability said", "share of each class");
    for (double mark : new double[] {0, 0.5, 1}) {
      text(x(mark), SIDE + TOP + 16, "middle", percent(mark));
    }
    bars(real, most, "bar-real", 0);
    bars(synthetic, most, "bar-synthetic", 0.5);
    end("Files by probability: real on the left of each pair, synthetic on the right");
  }

  private static double share(List<Integer> counts) {
    double all = Math.max(1, counts.stream().mapToInt(Integer::intValue).sum());
    return counts.stream().mapToDouble(count -> count / all).max().orElse(1);
  }

  private void bars(List<Integer> counts, double most, String style, double shift) {
    double all = Math.max(1, counts.stream().mapToInt(Integer::intValue).sum());
    double width = (double) SIDE / counts.size();
    for (int i = 0; i < counts.size(); i++) {
      double height = most > 0 ? SIDE * counts.get(i) / all / most : 0;
      page.open(
              "rect",
              "class",
              style,
              "x",
              number(LEFT + (i + shift) * width),
              "y",
              number(TOP + SIDE - height),
              "width",
              number(width / 2 - 0.5),
              "height",
              number(height))
          .close("rect");
    }
  }

  private void begin(String name) {
    page.open("figure")
        .open(
            "svg",
            "viewBox",
            "0 0 " + (LEFT + SIDE + 20) + " " + (TOP + SIDE + BOTTOM),
            "width",
            String.valueOf(LEFT + SIDE + 20),
            "role",
            "img",
            "aria-label",
            name);
  }

  private void end(String caption) {
    page.close("svg").element("figcaption", caption).close("figure");
  }

  private void axes(String across, String up, List<Double> marks) {
    frame(across, up);
    marks.forEach(mark -> mark(mark, percent(mark)));
  }

  private void frame(String across, String up) {
    page.open(
            "path",
            "class",
            "axis",
            "fill",
            "none",
            "d",
            "M" + LEFT + " " + TOP + "V" + (TOP + SIDE) + "H" + (LEFT + SIDE))
        .close("path");
    text(LEFT + SIDE / 2.0, TOP + SIDE + 34, "middle", across);
    page.element(
        "text",
        up,
        "transform",
        "translate(11 " + (TOP + SIDE / 2) + ") rotate(-90)",
        "text-anchor",
        "middle");
  }

  private void mark(double at, String label) {
    text(x(at), TOP + SIDE + 16, "middle", label);
    text(LEFT - 4, y(at) + 5, "end", label);
  }

  private void text(double x, double y, String anchor, String text) {
    page.element("text", text, "x", number(x), "y", number(y), "text-anchor", anchor);
  }

  private void diagonal() {
    page.open(
            "line",
            "class",
            "axis",
            "stroke-dasharray",
            "4 4",
            "x1",
            number(x(0)),
            "y1",
            number(y(0)),
            "x2",
            number(x(1)),
            "y2",
            number(y(1)))
        .close("line");
  }

  private static void point(StringBuilder line, double across, double up) {
    line.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(across), y(up)));
  }

  private static double x(double share) {
    return LEFT + SIDE * share;
  }

  private static double y(double share) {
    return TOP + SIDE * (1 - share);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f", 100 * share);
  }
}
