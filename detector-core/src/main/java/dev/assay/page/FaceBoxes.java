package dev.assay.page;

import dev.assay.Evidence;
import dev.assay.Region;
import dev.assay.Report;
import dev.assay.internal.html.Markup;
import java.util.List;

/** The faces of a still picture, by the numbers that the evidence gives them. */
final class FaceBoxes {

  private final Markup page;
  private final Report report;

  FaceBoxes(Markup page, Report report) {
    this.page = page;
    this.report = report;
  }

  private static boolean ofStillFace(Evidence piece) {
    return piece.isShown() && piece.details().containsKey("face") && !piece.regions().isEmpty();
  }

  void over(PagePictures.FramePicture shown) {
    List<Evidence> faces = report.evidence().stream().filter(FaceBoxes::ofStillFace).toList();
    if (faces.isEmpty()) {
      return;
    }
    page.open(
        "svg",
        "class",
        "over boxes",
        "viewBox",
        "0 0 " + shown.width() + " " + shown.height(),
        "aria-hidden",
        "true");
    int size = Math.max(12, shown.height() / 25);
    for (Evidence piece : faces) {
      Region box = piece.regions().get(0);
      for (String style : List.of("under", "upper")) {
        page.open(
                "rect",
                "class",
                style,
                "vector-effect",
                "non-scaling-stroke",
                "x",
                String.valueOf(box.x()),
                "y",
                String.valueOf(box.y()),
                "width",
                String.valueOf(box.width()),
                "height",
                String.valueOf(box.height()))
            .close("rect");
      }
      page.element(
          "text",
          String.valueOf(piece.details().get("face")),
          "x",
          String.valueOf(box.x() + size / 3),
          "y",
          String.valueOf(box.y() + size),
          "font-size",
          String.valueOf(size));
    }
    page.close("svg");
  }

  /** Whether there are any. */
  boolean any() {
    return report.evidence().stream().anyMatch(FaceBoxes::ofStillFace);
  }
}
