package dev.assay.page;

import dev.assay.internal.html.Markup;
import java.util.Locale;

/** What stands in a file beside its picture: small copies, and the quantisation tables. */
final class FileDetails {

  private static final int SIDE = 8;

  private FileDetails() {}

  static void write(Markup page, PageTexts texts, PagePictures pictures) {
    pictures
        .thumbnail()
        .ifPresent(
            thumbnail ->
                page.element("h2", texts.get("thumbnail"))
                    .element("p", texts.get("thumbnail.read"), "class", "quiet")
                    .open(
                        "img",
                        "src",
                        HtmlImage.data("image/jpeg", thumbnail),
                        "alt",
                        texts.get("thumbnail")));
    pictures
        .signed()
        .ifPresent(
            copy ->
                page.element("h2", texts.get("signed"))
                    .element("p", texts.get("signed.read", copy.distance()), "class", "quiet")
                    .open(
                        "img",
                        "src",
                        HtmlImage.data("image/jpeg", copy.jpeg()),
                        "alt",
                        texts.get("signed")));
    pictures.tables().ifPresent(tables -> tables(page, texts, tables));
  }

  private static void tables(Markup page, PageTexts texts, PagePictures.Tables tables) {
    page.element("h2", texts.get("tables"))
        .element(
            "p",
            tables.quality().isPresent()
                ? texts.get("tables.library", tables.quality().getAsInt())
                : texts.get(tables.adobe() ? "tables.adobe" : "tables.other"))
        .open("div", "class", "scroll")
        .open("table", "class", "tables");
    for (int row = 0; row < SIDE; row++) {
      page.open("tr");
      for (int column = 0; column < SIDE; column++) {
        int value = tables.luminance().get(row * SIDE + column);
        page.element("td", String.format(Locale.ROOT, "%d", value));
      }
      page.close("tr");
    }
    page.close("table").close("div");
  }
}
