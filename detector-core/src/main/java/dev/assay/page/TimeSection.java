package dev.assay.page;

import dev.assay.Evidence;
import dev.assay.Report;
import dev.assay.internal.html.Markup;
import java.util.List;

/** The evidence over the time of a video, and the frames that were looked at. */
final class TimeSection {

  private final Markup page;
  private final PageTexts texts;
  private final Report report;
  private final PagePictures pictures;

  TimeSection(Markup page, PageTexts texts, Report report, PagePictures pictures) {
    this.page = page;
    this.texts = texts;
    this.report = report;
    this.pictures = pictures;
  }

  void write() {
    List<Evidence> over =
        report.evidence().stream()
            .filter(piece -> piece.isShown() && !piece.timeline().isEmpty())
            .toList();
    if (!over.isEmpty()) {
      page.element("h2", texts.get("timeline"))
          .element("p", texts.get("timeline.explain"), "class", "quiet");
      over.forEach(
          piece -> Timeline.write(page, texts, piece, pictures.frames(), pictures.sound()));
    }
    if (pictures.frames().size() > 1) {
      page.element("h2", texts.get("frames")).open("div", "class", "frames");
      for (int i = 0; i < pictures.frames().size(); i++) {
        PagePictures.FramePicture frame = pictures.frames().get(i);
        String when = texts.get("frame", Numbers.seconds(frame.timeSeconds()));
        page.open("figure", "id", "frame-" + i);
        HtmlImage.write(page, frame.jpeg(), "image/jpeg", when, frame.width(), frame.height());
        page.element("figcaption", when).close("figure");
      }
      page.close("div");
    }
  }
}
