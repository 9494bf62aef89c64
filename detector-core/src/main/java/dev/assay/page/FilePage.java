package dev.assay.page;

import dev.assay.Evidence;
import dev.assay.Report;
import dev.assay.internal.html.HtmlDocument;
import dev.assay.internal.html.Markup;
import dev.assay.internal.report.ManifestDetails;
import dev.assay.internal.report.ProvenanceAnswers;
import dev.assay.internal.report.ProvenanceAnswers.Answer;

/**
 * The page of one file: the answer and its strength, what it rests on, what would change it, the
 * evidence with pictures, and everything technical at the end. Opens from disk, fetches nothing.
 */
public final class FilePage {

  private final PageTexts texts;
  private final Report report;
  private final PagePictures pictures;
  private final Markup page = new Markup();

  private FilePage(PageTexts texts, Report report, PagePictures pictures) {
    this.texts = texts;
    this.report = report;
    this.pictures = pictures;
  }

  /**
   * Writes a page.
   *
   * @param texts the words of its language
   * @param pictures what is shown of the file; may be none
   * @return the whole HTML document
   */
  public static String of(PageTexts texts, Report report, PagePictures pictures) {
    return new FilePage(texts, report, pictures).document();
  }

  private String document() {
    String title = texts.get("title", report.file().path());
    page.element("a", texts.get("skip"), "class", "skip", "href", "#verdict")
        .open("header")
        .element("h1", title)
        .element("p", texts.get("made", report.tool().version()), "class", "quiet")
        .close("header")
        .open("main");
    new AnswerSection(page, texts, report, pictures).write();
    report.verdict().ifPresent(v -> LogOddsBar.write(page, texts, v, report.evidence()));
    new EvidenceSection(page, texts, report).write();
    provenance();
    KnownSection.write(page, texts, pictures);
    CloseSection.write(page, texts, report, pictures);
    new HeatSection(page, texts, pictures).write();
    new SoundSection(page, texts, report, pictures).write();
    new TimeSection(page, texts, report, pictures).write();
    new MapsSection(page, texts, pictures).write();
    FileDetails.write(page, texts, pictures);
    new TechnicalSection(page, texts, report).write();
    page.close("main");
    return HtmlDocument.of(texts.language(), title, "data:", page);
  }

  private void provenance() {
    for (Evidence piece : report.evidence()) {
      if (ManifestDetails.in(piece)) {
        ManifestDetails details = ManifestDetails.of(piece);
        page.element("h2", texts.get("provenance"))
            .element("p", texts.get("provenance.state", details.state()));
        answers(details);
        failures(details);
        page.open("div", "class", "tree");
        ManifestTree.write(page, texts, details);
        page.close("div");
        timeline(details);
      }
    }
  }

  private void failures(ManifestDetails details) {
    if (details.failures().isEmpty()) {
      return;
    }
    details.meanings().forEach(meaning -> page.element("p", texts.say(meaning)));
    page.open("ul");
    details.failures().forEach(failure -> page.element("li", texts.say(failure), "class", "quiet"));
    page.close("ul");
  }

  private void timeline(ManifestDetails details) {
    if (details.timeline().size() < 2) {
      return;
    }
    page.element("h3", texts.get("provenance.order")).open("ol");
    for (ManifestDetails.Manifest manifest : details.timeline()) {
      String actions = String.join(", ", manifest.actions());
      page.element(
          "li",
          texts.get(
              manifest.timeTrusted() ? "provenance.proved" : "provenance.unproved",
              manifest.time(),
              manifest.generator(),
              actions));
    }
    page.close("ol");
  }

  private void answers(ManifestDetails details) {
    page.open("table", "class", "facts answers");
    for (Answer answer : ProvenanceAnswers.of(details)) {
      page.open("tr", "class", answer.tone().code())
          .element("th", texts.say(answer.question()), "scope", "row")
          .element("td", texts.say(answer.answer()))
          .close("tr");
    }
    page.close("table");
  }
}
