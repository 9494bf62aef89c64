package dev.assay.page;

import dev.assay.internal.html.Markup;
import java.util.Locale;
import java.util.Optional;

/** What models see where, laid over the picture: generation, and what is not of one piece. */
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
    map("heat", pictures.attribution());
    map("edits", pictures.edits());
  }

  /**
   * One map with its words.
   *
   * @param name begins the names of its texts and ids
   */
  private void map(String name, Optional<PagePictures.HeatPicture> map) {
    if (map.isEmpty()) {
      return;
    }
    PagePictures.HeatPicture heat = map.get();
    PagePictures.FramePicture first = pictures.frames().get(0);
    page.element("h2", texts.get(name))
        .element("p", texts.get(name + ".explain", heat.places()))
        .open("label", "class", "no-print", "for", name + "-strength")
        .text(texts.get("heat.slider"))
        .close("label")
        .open(
            "input",
            "id",
            name + "-strength",
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
            name + "-map")
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
            name + "-map",
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
                name + ".range",
                String.format(Locale.ROOT, "%.2f", heat.least()),
                String.format(Locale.ROOT, "%.2f", heat.most())),
            "class",
            "quiet")
        .close("figure");
  }
}
