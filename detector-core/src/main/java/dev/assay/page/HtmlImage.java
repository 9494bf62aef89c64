package dev.assay.page;

import dev.assay.internal.html.Markup;
import java.util.Base64;

/** Pictures that a page holds in itself. */
final class HtmlImage {

  private HtmlImage() {}

  /**
   * Writes a picture.
   *
   * @param content the file
   * @param type its media type
   * @param name what it is called where it cannot be seen
   */
  static void write(Markup page, byte[] content, String type, String name, int width, int height) {
    page.open(
        "img",
        "src",
        data(type, content),
        "alt",
        name,
        "width",
        String.valueOf(width),
        "height",
        String.valueOf(height));
  }

  /** The address that holds a file. */
  static String data(String type, byte[] content) {
    return "data:" + type + ";base64," + Base64.getEncoder().encodeToString(content);
  }
}
