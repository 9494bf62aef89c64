package dev.assay.page;

import dev.assay.Evidence;
import dev.assay.TimelinePoint;
import java.util.List;
import java.util.Locale;

/** What one line of evidence says over the time of a video; each point leads to its frame. */
final class Timeline {

  private static final int WIDTH = 720;
  private static final int HEIGHT = 120;
  private static final int EDGE = 20;
  private static final double FULL = 4;

  private Timeline() {}

  static void write(
      Markup page, PageTexts texts, Evidence piece, List<PagePictures.FramePicture> frames) {
    double end = Math.max(0.1, piece.timeline().get(piece.timeline().size() - 1).timeSeconds());
    page.element("h3", name(piece))
        .open("div", "class", "scroll")
        .open("svg", "viewBox", "0 0 " + WIDTH + " " + HEIGHT, "width", String.valueOf(WIDTH))
        .open(
            "line",
            "class",
            "axis",
            "x1",
            "0",
            "x2",
            String.valueOf(WIDTH),
            "y1",
            String.valueOf(HEIGHT / 2),
            "y2",
            String.valueOf(HEIGHT / 2))
        .close("line");
    for (TimelinePoint point : piece.timeline()) {
      double ratio = Math.max(-FULL, Math.min(FULL, point.logLikelihoodRatio()));
      String title =
          texts.get(
              "timeline.point",
              Numbers.seconds(point.timeSeconds()),
              "\u00d7"
                  + Numbers.times(point.logLikelihoodRatio())
                  + " "
                  + texts.get(point.logLikelihoodRatio() >= 0 ? "word.synthetic" : "word.real"));
      int frame = frame(point, frames);
      if (frame >= 0) {
        page.open("a", "href", "#frame-" + frame, "aria-label", title);
      }
      page.open(
              "circle",
              "class",
              ratio >= 0 ? "bar-synthetic" : "bar-real",
              "cx",
              number(EDGE + (WIDTH - 2 * EDGE) * point.timeSeconds() / end),
              "cy",
              number(HEIGHT / 2.0 - ratio / FULL * (HEIGHT / 2.0 - EDGE)),
              "r",
              "7")
          .element("title", title)
          .close("circle");
      if (frame >= 0) {
        page.close("a");
      }
    }
    page.close("svg").close("div");
  }

  private static String name(Evidence piece) {
    Object face = piece.details().get("face");
    return piece.model().orElse(piece.code()) + (face == null ? "" : " " + face);
  }

  /** The frame that is shown of that time, or -1. */
  private static int frame(TimelinePoint point, List<PagePictures.FramePicture> frames) {
    for (int i = 0; i < frames.size(); i++) {
      if (Math.abs(frames.get(i).timeSeconds() - point.timeSeconds()) < 0.01) {
        return i;
      }
    }
    return -1;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
