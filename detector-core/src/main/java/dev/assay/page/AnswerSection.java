package dev.assay.page;

import dev.assay.Report;
import dev.assay.Verdict;
import dev.assay.internal.html.Markup;
import java.util.ArrayList;
import java.util.List;

/** The answer beside the picture: what it is called, how strong it is, what would change it. */
final class AnswerSection {

  private static final int SMALL_SIDE = 300;

  private final Markup page;
  private final PageTexts texts;
  private final Report report;
  private final PagePictures pictures;
  private final AnswerTexts answer;

  AnswerSection(Markup page, PageTexts texts, Report report, PagePictures pictures) {
    this.page = page;
    this.texts = texts;
    this.report = report;
    this.pictures = pictures;
    this.answer = new AnswerTexts(texts, report);
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
    page.element("h2", texts.get("failed"), "class", "answer")
        .element("p", texts.say(failure.sentence()));
  }

  private void verdict(Verdict verdict) {
    page.element("h2", answer.label(verdict), "class", "answer");
    answer.strength(verdict).ifPresent(strength -> page.element("p", strength));
    for (Verdict.Part part : verdict.parts()) {
      page.element(
          "p",
          texts.get(
              "part",
              texts.get("part." + part.medium().code()),
              texts.get("part.label." + part.label().code()),
              answer.probability(part.probability())));
    }
    answer.errorRate(verdict).ifPresent(rate -> page.element("p", rate));
    page.element("p", answer.prior(verdict), "class", "quiet");
    verdict.reasons().stream()
        .filter(reason -> reason.evidence() < 0)
        .forEach(reason -> page.element("p", texts.say(reason.sentence())));
    page.element("h3", texts.get("basis")).open("ul");
    answer.basis(verdict).forEach(basis -> page.element("li", basis));
    page.close("ul");
    list("change", changes(verdict));
    list("notseen", answer.notSeen());
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
    changes.add(answer.isAudio() ? "change.context.audio" : "change.context");
    return changes.stream().map(texts::get).toList();
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
