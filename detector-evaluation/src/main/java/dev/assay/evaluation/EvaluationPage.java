package dev.assay.evaluation;

import dev.assay.internal.html.HtmlDocument;
import dev.assay.internal.html.Markup;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An evaluation as a page: what it says in short, plots, and the worst errors with pictures. */
public final class EvaluationPage {

  private static final int WORST = 12;

  /** Longer side of the pictures of errors, in pixels. */
  private static final int THUMBNAIL = 160;

  /** A column of the tables of parts; shown where any part has something in it. */
  private record Column(String name, Function<Part, String> cell) {}

  private static final List<Column> COLUMNS =
      List.of(
          new Column("Real", part -> count(part.real())),
          new Column("Synthetic", part -> count(part.synthetic())),
          new Column("AUROC", part -> part.auroc() == null ? "" : decimal(part.auroc())),
          new Column(
              "Recall at 5 %", part -> part.recallAt5() == null ? "" : percent(part.recallAt5())),
          new Column("Called synthetic", part -> share(part.calledSynthetic())),
          new Column("False alarms", part -> share(part.falseAlarms())));

  private final Evaluation evaluation;
  private final Function<Path, Optional<byte[]>> thumbnails;

  /**
   * A page.
   *
   * @param thumbnails gives a small JPEG file of a file, where there is one
   */
  public EvaluationPage(Evaluation evaluation, ThumbnailSource thumbnails) {
    this.evaluation = evaluation;
    this.thumbnails = file -> thumbnails.of(file, THUMBNAIL);
  }

  /** Makes small pictures. */
  @FunctionalInterface
  public interface ThumbnailSource {
    /** A JPEG file whose longer side has at most so many pixels. */
    Optional<byte[]> of(Path file, int side);
  }

  /** The HTML document. */
  public String document() {
    String title = "Evaluation on " + evaluation.dataset().name();
    Markup page = new Markup().open("header").element("h1", title).close("header").open("main");
    summary(page);
    warnings(page);
    conditions(page);
    for (OfCondition condition : evaluation.conditions()) {
      page.element("h2", "Condition: " + condition.condition());
      figures(page, condition);
      new EvaluationPlots(page).write(condition);
      parts(page, "Systems, against all real files", condition.systems());
      parts(page, "Kinds of real media", condition.kinds());
      parts(page, "Sources of real media", condition.sources());
      parts(page, "Longer side, in pixels", condition.sizes());
      parts(page, "Formats as found", condition.formats());
      comparisons(page, condition);
    }
    worst(page);
    leaks(page);
    page.close("main");
    return HtmlDocument.of("en", title, "data:", page);
  }

  private void summary(Markup page) {
    Evaluation.Summary dataset = evaluation.dataset();
    page.open("table", "class", "facts");
    fact(page, "Real files", dataset.real() + " of " + Counted.of(dataset.sources(), "source"));
    fact(
        page,
        "Synthetic files",
        dataset.synthetic() + " by " + String.join(", ", dataset.systems()));
    fact(page, "Groups", String.valueOf(dataset.groups()));
    fact(page, "Detector", evaluation.tool().name() + " " + evaluation.tool().version());
    page.close("table");
  }

  private static void fact(Markup page, String name, String value) {
    page.open("tr").element("th", name, "scope", "row").element("td", value).close("tr");
  }

  private void warnings(Markup page) {
    if (!evaluation.warnings().isEmpty()) {
      page.open("div", "class", "card").element("h3", "Before you trust these figures");
      list(page, evaluation.warnings());
      page.close("div");
    }
    if (!evaluation.notes().isEmpty()) {
      list(page, evaluation.notes());
    }
  }

  private static void list(Markup page, List<String> sentences) {
    page.open("ul");
    sentences.forEach(sentence -> page.element("li", sentence));
    page.close("ul");
  }

  /** All conditions side by side. */
  private void conditions(Markup page) {
    page.element("h2", "In short")
        .element(
            "p",
            "With 95 % intervals by a bootstrap over groups. Systems and sources count alike.",
            "class",
            "quiet")
        .open("div", "class", "scroll")
        .open("table")
        .open("tr");
    for (String column :
        List.of(
            "Condition",
            "AUROC",
            "Recall at 1 % false alarms",
            "at 5 %",
            "Synthetic called synthetic",
            "Real called synthetic",
            "Without an answer",
            "Calibration error",
            "Cllr (least)")) {
      page.element("th", column, "scope", "col");
    }
    page.close("tr");
    for (OfCondition each : evaluation.conditions()) {
      Figures units = each.units();
      page.open("tr")
          .element("th", each.condition(), "scope", "row")
          .element("td", decimal(units.auroc()))
          .element("td", percent(units.recallAt1()))
          .element("td", percent(units.recallAt5()))
          .element("td", percent(each.synthetic().synthetic()))
          .element("td", percent(each.real().synthetic()))
          .element(
              "td",
              percent(each.synthetic().inconclusive().value())
                  + " of synthetic, "
                  + percent(each.real().inconclusive().value())
                  + " of real")
          .element("td", decimal(units.calibrationError()))
          .element(
              "td",
              String.format(
                  Locale.ROOT, "%.3f (%.3f)", units.cllr().value(), units.leastCllr().value()))
          .close("tr");
    }
    page.close("table").close("div");
  }

  private static void figures(Markup page, OfCondition condition) {
    page.open("div", "class", "scroll")
        .open("table")
        .open("tr")
        .element("th", "Figure", "scope", "col")
        .element("th", "Each file alike", "scope", "col")
        .element("th", "Systems and sources alike", "scope", "col");
    Figures content = condition.content();
    if (content != null) {
      page.element("th", "Content alone, each file alike", "scope", "col");
    }
    page.close("tr");
    row(page, "AUROC", condition, Figures::auroc);
    row(page, "Average precision", condition, Figures::averagePrecision);
    row(page, "Balanced accuracy at even odds", condition, Figures::balancedAccuracy);
    row(page, "Recall at 1 % false alarms", condition, Figures::recallAt1);
    row(page, "Recall at 5 % false alarms", condition, Figures::recallAt5);
    row(page, "Expected calibration error", condition, Figures::calibrationError);
    row(page, "Brier score", condition, Figures::brier);
    row(page, "Cllr, bits", condition, Figures::cllr);
    row(page, "Least Cllr, bits", condition, Figures::leastCllr);
    page.close("table").close("div").open("p");
    condition
        .models()
        .forEach((id, auroc) -> page.text("AUROC of " + id + " alone: " + decimal(auroc) + ". "));
    page.close("p");
  }

  private static void row(
      Markup page, String name, OfCondition condition, Function<Figures, Measure> figure) {
    page.open("tr")
        .element("th", name, "scope", "row")
        .element("td", decimal(figure.apply(condition.files())))
        .element("td", decimal(figure.apply(condition.units())));
    Figures content = condition.content();
    if (content != null) {
      page.element("td", decimal(figure.apply(content)));
    }
    page.close("tr");
  }

  private static void parts(Markup page, String heading, List<Part> parts) {
    if (parts.isEmpty()) {
      return;
    }
    List<Column> shown =
        COLUMNS.stream()
            .filter(column -> parts.stream().map(column.cell()).anyMatch(cell -> !cell.isEmpty()))
            .toList();
    page.element("h3", heading)
        .open("div", "class", "scroll")
        .open("table")
        .open("tr")
        .element("th", "", "scope", "col");
    shown.forEach(column -> page.element("th", column.name(), "scope", "col"));
    page.close("tr");
    for (Part part : parts) {
      page.open("tr").element("th", part.name(), "scope", "row");
      shown.forEach(column -> page.element("td", column.cell().apply(part)));
      page.close("tr");
    }
    page.close("table").close("div");
  }

  private static String count(int files) {
    return files == 0 ? "" : String.valueOf(files);
  }

  private static String share(@Nullable Share share) {
    return share == null ? "" : percent(share);
  }

  private static void comparisons(Markup page, OfCondition condition) {
    for (Comparison each : condition.comparisons()) {
      page.element("h3", "Against " + each.other())
          .element(
              "p",
              String.format(
                  Locale.ROOT,
                  "On %d files with both scores: AUROC %.3f against %.3f, a difference of %s;"
                      + " by DeLong's test a difference like this comes by chance with p = %.3g."
                      + " Recall at 5 %% false alarms differs by %s points.",
                  each.files(),
                  each.auroc(),
                  each.otherAuroc(),
                  decimal(each.difference()),
                  each.deLong(),
                  percent(each.recallAt5())));
    }
  }

  /** The errors that are farthest off, of the files as found. */
  private void worst(Markup page) {
    List<Scored> files =
        evaluation.scored().getOrDefault(Examination.AS_FOUND, List.of()).stream()
            .filter(file -> !file.failed())
            .toList();
    worst(
        page,
        "Real files that look most synthetic",
        files.stream()
            .filter(file -> !file.synthetic() && file.ratio() > 0)
            .sorted(Comparator.comparingDouble(Scored::ratio).reversed())
            .limit(WORST)
            .toList());
    worst(
        page,
        "Synthetic files that look most real",
        files.stream()
            .filter(file -> file.synthetic() && file.ratio() < 0)
            .sorted(Comparator.comparingDouble(Scored::ratio))
            .limit(WORST)
            .toList());
  }

  private void worst(Markup page, String heading, List<Scored> files) {
    if (files.isEmpty()) {
      return;
    }
    page.element("h2", heading).open("div", "class", "frames");
    for (Scored file : files) {
      page.open("figure");
      thumbnails
          .apply(file.sample().file())
          .ifPresent(
              jpeg ->
                  page.open(
                          "img",
                          "src",
                          "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(jpeg),
                          "alt",
                          "")
                      .text(""));
      page.open("figcaption")
          .text(
              file.sample().name()
                  + ": "
                  + percent(Calibration.probability(file.ratio()))
                  + " synthetic")
          .close("figcaption")
          .close("figure");
    }
    page.close("div");
  }

  private void leaks(Markup page) {
    if (evaluation.leaks().isEmpty()) {
      return;
    }
    page.element("h2", "What is no content and may tell the classes apart")
        .element(
            "p",
            "A small tree guesses the label from each of these, on groups that it did not learn"
                + " from.",
            "class",
            "quiet");
    list(page, evaluation.leaks().stream().map(Leak::sentence).toList());
  }

  private static String decimal(Measure measure) {
    return String.format(
        Locale.ROOT, "%.3f (%.3f to %.3f)", measure.value(), measure.low(), measure.high());
  }

  private static String percent(Measure measure) {
    return String.format(
        Locale.ROOT,
        "%.1f %% (%.1f to %.1f)",
        100 * measure.value(),
        100 * measure.low(),
        100 * measure.high());
  }

  private static String percent(Share share) {
    return share.of() == 0
        ? ""
        : String.format(
            Locale.ROOT,
            "%.1f %% (%.1f to %.1f)",
            100 * share.value(),
            100 * share.low(),
            100 * share.high());
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }
}
