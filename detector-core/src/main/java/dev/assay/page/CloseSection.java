package dev.assay.page;

import dev.assay.Region;
import dev.assay.Report;
import dev.assay.internal.html.Markup;
import java.util.List;

/** The changed part near by, beside forensic maps of the same place. */
final class CloseSection {

  private CloseSection() {}

  static void write(Markup page, PageTexts texts, Report report, PagePictures pictures) {
    if (pictures.close().isEmpty()) {
      return;
    }
    PagePictures.Close close = pictures.close().get();
    List<Region> part = EditOutline.part(report);
    String viewBox = close.x() + " " + close.y() + " " + close.width() + " " + close.height();
    page.element("h2", texts.get("close"))
        .element("p", texts.get("close.explain"))
        .open("div", "class", "grid");
    figure(page, texts.get("picture"), close.jpeg(), part, viewBox);
    for (PagePictures.MapPicture map : close.maps()) {
      figure(page, texts.get("map." + map.name()), map.jpeg(), part, viewBox);
    }
    page.close("div");
  }

  private static void figure(
      Markup page, String name, byte[] jpeg, List<Region> part, String viewBox) {
    page.open("figure").element("h3", name).open("div", "class", "picture");
    page.open("img", "src", HtmlImage.data("image/jpeg", jpeg), "alt", name);
    EditOutline.over(page, part, viewBox);
    page.close("div").close("figure");
  }
}
