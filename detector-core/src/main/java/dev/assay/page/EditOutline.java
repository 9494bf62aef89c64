package dev.assay.page;

import dev.assay.Evidence;
import dev.assay.Region;
import dev.assay.Report;
import dev.assay.Verdict.Label;
import dev.assay.internal.html.Markup;
import java.util.List;
import java.util.stream.IntStream;

/** The outline of the part of a still picture that was changed, where that is the answer. */
final class EditOutline {

  private EditOutline() {}

  /** The rectangles that make the part; none where the answer is another one. */
  static List<Region> part(Report report) {
    if (report.verdict().filter(verdict -> verdict.label() == Label.ALTERED).isEmpty()) {
      return List.of();
    }
    return report.evidence().stream()
        .filter(piece -> piece.code().equals(Evidence.LOCAL_EDIT))
        .map(Evidence::regions)
        .findFirst()
        .orElse(List.of());
  }

  /**
   * Draws the part's outline.
   *
   * @param viewBox what of the picture is shown, as SVG has it
   */
  static void over(Markup page, List<Region> part, String viewBox) {
    if (part.isEmpty()) {
      return;
    }
    String path = path(part);
    page.open(
        "svg",
        "class",
        "over boxes",
        "viewBox",
        viewBox,
        "preserveAspectRatio",
        "none",
        "aria-hidden",
        "true");
    for (String style : List.of("under", "upper")) {
      page.open("path", "class", style, "vector-effect", "non-scaling-stroke", "d", path)
          .close("path");
    }
    page.close("svg");
  }

  /** The edges that only one rectangle has: where two touch there is no line. */
  private static String path(List<Region> part) {
    StringBuilder path = new StringBuilder();
    for (Region one : part) {
      int right = one.x() + one.width();
      int bottom = one.y() + one.height();
      edge(path, part, one.x(), one.y(), right, one.y(), true);
      edge(path, part, one.x(), bottom, right, bottom, true);
      edge(path, part, one.x(), one.y(), one.x(), bottom, false);
      edge(path, part, right, one.y(), right, bottom, false);
    }
    return path.toString();
  }

  /** The pieces of an edge that have the part on one side alone. */
  private static void edge(
      StringBuilder path, List<Region> part, int x0, int y0, int x1, int y1, boolean level) {
    int from = level ? x0 : y0;
    int to = level ? x1 : y1;
    int[] cuts =
        part.stream()
            .flatMapToInt(
                other ->
                    level
                        ? IntStream.of(other.x(), other.x() + other.width())
                        : IntStream.of(other.y(), other.y() + other.height()))
            .filter(cut -> cut > from && cut < to)
            .sorted()
            .distinct()
            .toArray();
    int start = from;
    for (int i = 0; i <= cuts.length; i++) {
      int end = i < cuts.length ? cuts[i] : to;
      double middle = (start + end) / 2.0;
      boolean before = level ? in(part, middle, y0 - 0.5) : in(part, x0 - 0.5, middle);
      boolean after = level ? in(part, middle, y0 + 0.5) : in(part, x0 + 0.5, middle);
      if (before != after) {
        path.append(
            level ? "M" + start + " " + y0 + "H" + end : "M" + x0 + " " + start + "V" + end);
      }
      start = end;
    }
  }

  private static boolean in(List<Region> part, double x, double y) {
    return part.stream()
        .anyMatch(
            one ->
                x > one.x()
                    && x < one.x() + one.width()
                    && y > one.y()
                    && y < one.y() + one.height());
  }
}
