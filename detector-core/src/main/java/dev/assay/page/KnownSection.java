package dev.assay.page;

import dev.assay.internal.html.Markup;
import java.util.Optional;

/** Known media beside what the file shows of it. */
final class KnownSection {

  private KnownSection() {}

  static void write(Markup page, PageTexts texts, PagePictures pictures) {
    if (pictures.known().isEmpty()) {
      return;
    }
    page.element("h2", texts.get("known")).element("p", texts.get("known.explain"));
    for (PagePictures.KnownPicture known : pictures.known()) {
      page.element("h3", known.name()).open("div", "class", "grid");
      figure(page, texts.get("known.this"), Optional.of(known.shown()), texts);
      figure(page, texts.get("known.that"), known.jpeg(), texts);
      page.close("div");
    }
  }

  private static void figure(Markup page, String name, Optional<byte[]> jpeg, PageTexts texts) {
    page.open("figure");
    if (jpeg.isPresent()) {
      page.open("img", "src", HtmlImage.data("image/jpeg", jpeg.get()), "alt", name);
    }
    page.element("figcaption", jpeg.isPresent() ? name : texts.get("known.none")).close("figure");
  }
}
