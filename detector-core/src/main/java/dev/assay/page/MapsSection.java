package dev.assay.page;

import dev.assay.forensics.ForensicMaps;
import dev.assay.internal.html.Markup;

/** The forensic maps of a picture. */
final class MapsSection {

  private final Markup page;
  private final PageTexts texts;
  private final PagePictures pictures;

  MapsSection(Markup page, PageTexts texts, PagePictures pictures) {
    this.page = page;
    this.texts = texts;
    this.pictures = pictures;
  }

  void write() {
    if (pictures.maps().isEmpty()) {
      return;
    }
    page.element("h2", texts.get("maps")).element("p", texts.get("maps.explain"));
    if (!pictures.part().isEmpty()) {
      page.element("p", texts.get("maps.part", pictures.part()), "class", "quiet");
    }
    page.open("div", "class", "grid");
    for (PagePictures.MapPicture map : pictures.maps()) {
      String name = texts.get("map." + map.name());
      page.open("figure").element("h3", name);
      page.open("img", "src", HtmlImage.data("image/jpeg", map.jpeg()), "alt", name)
          .open("figcaption")
          .element("p", map.finding().map(texts::say).orElse(""));
      if (map.name().equals(ForensicMaps.SPECTRUM.code()) && !pictures.fall().isEmpty()) {
        SpectrumChart.write(page, texts, pictures.fall());
      }
      page.element("p", texts.get("map." + map.name() + ".read"), "class", "quiet")
          .close("figcaption")
          .close("figure");
    }
    page.close("div");
  }
}
