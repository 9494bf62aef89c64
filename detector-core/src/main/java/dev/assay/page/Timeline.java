package dev.assay.page;

import dev.assay.Evidence;
import dev.assay.TimelinePoint;
import dev.assay.internal.html.Markup;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What one line of evidence says over the time of a video; each point leads to its frame. */
final class Timeline {

  private static final int WIDTH = 720;
  private static final int HEIGHT = 120;
  private static final int EDGE = 20;
  private static final double FULL = 4;

  /** More points than this are drawn small. */
  private static final int MANY = 60;

  /** A point is the middle of a window of sound; it plays from where that begins. */
  private static final double BEFORE_SECONDS = 2;

  private Timeline() {}

  /**
   * Draws it.
   *
   * @param frames that points lead to
   * @param sound that points play, where the evidence is about sound
   */
  static void write(
      Markup page,
      PageTexts texts,
      Evidence piece,
      List<PagePictures.FramePicture> frames,
      Optional<PagePictures.SoundPicture> sound) {
    double last = piece.timeline().get(piece.timeline().size() - 1).timeSeconds();
    boolean heard = piece.isOfSound();
    double end =
        Math.max(0.1, heard ? sound.map(s -> Math.max(last, s.seconds())).orElse(last) : last);
    boolean plays = heard && sound.flatMap(PagePictures.SoundPicture::opus).isPresent();
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
      int frame = heard ? -1 : frame(point, frames);
      if (frame >= 0) {
        page.open("a", "href", "#frame-" + frame, "aria-label", title);
      } else if (plays) {
        page.open(
            "a",
            "href",
            "#sound",
            "data-seconds",
            number(Math.max(0, point.timeSeconds() - BEFORE_SECONDS)),
            "aria-label",
            title);
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
              piece.timeline().size() > MANY ? "3" : "7")
          .element("title", title)
          .close("circle");
      if (frame >= 0 || plays) {
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
