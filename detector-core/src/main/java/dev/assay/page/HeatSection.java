package dev.assay.page;

import java.util.Locale;

/** What the models see where, laid over the picture. */
final class HeatSection {

  private final Markup page;
  private final PageTexts texts;
  private final PagePictures pictures;

  HeatSection(Markup page, PageTexts texts, PagePictures pictures) {
    this.page = page;
    this.texts = texts;
    this.pictures = pictures;
  }

  void write() {
    if (pictures.attribution().isEmpty()) {
      return;
    }
    PagePictures.HeatPicture heat = pictures.attribution().get();
    PagePictures.FramePicture first = pictures.frames().get(0);
    page.element("h2", texts.get("heat"))
        .element("p", texts.get("heat.explain", heat.crops()))
        .open("label", "class", "no-print", "for", "heat-strength")
        .text(texts.get("heat.slider"))
        .close("label")
        .open(
            "input",
            "id",
            "heat-strength",
            "class",
            "no-print",
            "type",
            "range",
            "min",
            "0",
            "max",
            "100",
            "value",
            "70",
            "data-over",
            "heat-map")
        .open("figure")
        .open("div", "class", "picture")
        .open(
            "img",
            "src",
            HtmlImage.data("image/jpeg", first.jpeg()),
            "alt",
            texts.get("picture"),
            "width",
            String.valueOf(first.width()),
            "height",
            String.valueOf(first.height()))
        .open(
            "img",
            "id",
            "heat-map",
            "class",
            "over",
            "src",
            HtmlImage.data("image/png", heat.png()),
            "alt",
            "")
        .close("div")
        .element(
            "figcaption",
            texts.get(
                "heat.range",
                String.format(Locale.ROOT, "%.2f", heat.least()),
                String.format(Locale.ROOT, "%.2f", heat.most())),
            "class",
            "quiet")
        .close("figure");
  }
}
