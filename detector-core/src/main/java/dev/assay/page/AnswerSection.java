package dev.assay.page;

import dev.assay.Evidence;
import dev.assay.MediaKind;
import dev.assay.Report;
import dev.assay.Verdict;
import java.util.ArrayList;
import java.util.List;

/** The answer beside the picture: what it is called, how strong it is, what would change it. */
final class AnswerSection {

  private static final int SMALL_SIDE = 300;

  private final Markup page;
  private final PageTexts texts;
  private final Report report;
  private final PagePictures pictures;

  AnswerSection(Markup page, PageTexts texts, Report report, PagePictures pictures) {
    this.page = page;
    this.texts = texts;
    this.report = report;
    this.pictures = pictures;
  }

  void write() {
    String label = report.verdict().map(v -> v.label().code()).orElse("failed");
    String bare = pictures.frames().isEmpty() ? " bare" : "";
    page.open("section", "class", "top " + label + bare).open("div");
    if (!pictures.frames().isEmpty()) {
      PagePictures.FramePicture first = pictures.frames().get(0);
      page.open("div", "class", "picture");
      HtmlImage.write(
          page, first.jpeg(), "image/jpeg", texts.get("picture"), first.width(), first.height());
      FaceBoxes faces = new FaceBoxes(page, report);
      faces.over(first);
      EditOutline.over(
          page, EditOutline.part(report), "0 0 " + first.width() + " " + first.height());
      page.close("div");
      if (faces.any()) {
        page.element("p", texts.get("faces"), "class", "quiet");
      }
      if (!EditOutline.part(report).isEmpty()) {
        page.element("p", texts.get("edits.outline"), "class", "quiet");
      }
    }
    page.close("div").open("div", "id", "verdict");
    report.failure().ifPresent(this::failure);
    report.verdict().ifPresent(this::verdict);
    page.close("div").close("section");
    notes();
  }

  private void failure(Report.Failure failure) {
    page.element("h2", texts.get("failed"), "class", "answer").element("p", failure.message());
  }

  private void verdict(Verdict verdict) {
    if (isAudio() && report.evidence().stream().allMatch(piece -> piece.weight() == 0)) {
      page.element("h2", texts.get("label.audio"), "class", "answer");
    } else {
      page.element("h2", texts.get("label." + verdict.label().code(), kind()), "class", "answer")
          .element(
              "p",
              verdict.label() == Verdict.Label.ALTERED
                  ? texts.get("strength.altered", Numbers.times(ofPart()))
                  : strength(verdict.logLikelihoodRatio()));
    }
    for (Verdict.Part part : verdict.parts()) {
      page.element(
          "p",
          texts.get(
              "part",
              texts.get("part." + part.medium().code()),
              texts.get("part.label." + part.label().code()),
              probability(part.probability())));
    }
    verdict
        .errorRate()
        .ifPresent(
            rate ->
                page.element(
                    "p",
                    texts.get(
                        "wrongly." + rate.wrongly().code() + "." + rate.unseen().code(),
                        Numbers.percent(rate.share()))));
    page.element(
        "p",
        texts.get(
            "probability", Numbers.percent(verdict.prior()), probability(verdict.probability())),
        "class",
        "quiet");
    verdict.reasons().stream()
        .filter(reason -> reason.evidence() < 0)
        .forEach(reason -> page.element("p", texts.say(reason.sentence())));
    page.element("h3", texts.get("basis")).open("ul");
    if (verdict.basis().isEmpty()) {
      page.element("li", texts.get("basis.none"));
    }
    verdict.basis().stream()
        .sorted()
        .forEach(basis -> page.element("li", texts.get("basis." + basis.code())));
    page.close("ul");
    list("change", changes(verdict));
    list("notseen", notSeen());
  }

  /** What the evidence on the changed part says by itself. */
  private double ofPart() {
    return report.evidence().stream()
        .filter(piece -> piece.code().equals(Evidence.LOCAL_EDIT))
        .mapToDouble(Evidence::weight)
        .max()
        .orElse(0);
  }

  private String kind() {
    return texts.get(
        "kind." + report.media().map(m -> m.kind().code()).orElse(MediaKind.IMAGE.code()));
  }

  /** Nothing is certain: what rounds to 0 or 100 is given as a bound. */
  private String probability(double value) {
    if (value > 0.999) {
      return texts.get("more", "99.9");
    }
    return value < 0.001 ? texts.get("less", "0.1") : Numbers.percent(value) + " %";
  }

  private String strength(double ratio) {
    if (Math.abs(ratio) < 0.05) {
      return texts.get("strength.none");
    }
    boolean synthetic = ratio > 0;
    return texts.get(
        "strength",
        texts.get("strength.times", Numbers.times(ratio)),
        texts.get(synthetic ? "word.synthetic" : "word.real"),
        texts.get(synthetic ? "word.real" : "word.synthetic"),
        texts.get("support." + Numbers.support(ratio)));
  }

  private List<String> changes(Verdict verdict) {
    List<String> changes = new ArrayList<>();
    changes.add("change.original");
    if (verdict.basis().contains(Verdict.Basis.DECLARED)) {
      changes.add("change.declaration");
    }
    boolean small =
        report
            .media()
            .filter(m -> m.width().isPresent() && m.height().isPresent())
            .filter(m -> Math.min(m.width().getAsInt(), m.height().getAsInt()) < SMALL_SIDE)
            .isPresent();
    if (small) {
      changes.add("change.larger");
    }
    changes.add(isAudio() ? "change.context.audio" : "change.context");
    return changes.stream().map(texts::get).toList();
  }

  private boolean isAudio() {
    return report.media().filter(media -> media.kind() == MediaKind.AUDIO).isPresent();
  }

  /** Whether models judged the sound. */
  private boolean heard() {
    return report.evidence().stream().anyMatch(piece -> piece.isOfSound() && piece.weight() > 0);
  }

  private List<String> notSeen() {
    List<String> missing = new ArrayList<>();
    if (isAudio() && !heard()) {
      missing.add(texts.get("notseen.audio"));
    }
    missing.add(texts.get("notseen.absent"));
    report
        .media()
        .filter(media -> media.kind() == MediaKind.VIDEO)
        .ifPresent(
            media -> {
              media
                  .framesExamined()
                  .ifPresent(count -> missing.add(texts.get("notseen.frames", count)));
              missing.add(texts.get("notseen.motion"));
              if (!heard()) {
                missing.add(texts.get("notseen.audio"));
              }
            });
    missing.add(texts.get("notseen.watermark"));
    missing.add(texts.get("notseen.context"));
    return missing;
  }

  private void list(String heading, List<String> entries) {
    page.element("h3", texts.get(heading)).open("ul");
    entries.forEach(entry -> page.element("li", entry));
    page.close("ul");
  }

  private void notes() {
    for (Report.Note note : report.notes()) {
      page.open("p", "class", "card")
          .element("strong", texts.get("notes") + ": ")
          .text(texts.say(note.sentence()))
          .close("p");
    }
    if (!report.warnings().isEmpty()) {
      list("warnings", report.warnings().stream().map(w -> texts.say(w.sentence())).toList());
    }
  }
}
