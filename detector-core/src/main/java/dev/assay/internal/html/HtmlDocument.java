package dev.assay.internal.html;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The frame of every page: its head, style and script. A content-security policy lets only these
 * two run, and nothing be fetched but pictures in the page or beside it, and sound in it.
 */
public final class HtmlDocument {

  private static final String STYLE = resource("page.css");
  private static final String SCRIPT = resource("page.js");

  private HtmlDocument() {}

  /**
   * A page.
   *
   * @param language that it is written in, as HTML names it
   * @param title of the page
   * @param pictures where pictures may come from, as the policy names it
   * @param body what is between the head and the script
   */
  public static String of(String language, String title, String pictures, Markup body) {
    String policy =
        "default-src 'none'; img-src "
            + pictures
            + "; media-src data:; style-src "
            + Markup.hash(STYLE)
            + "; script-src "
            + Markup.hash(SCRIPT)
            + "; base-uri 'none'; form-action 'none'";
    return new Markup()
        .trusted("<!DOCTYPE html>\n")
        .open("html", "lang", language)
        .open("head")
        .open("meta", "charset", "utf-8")
        .open("meta", "http-equiv", "Content-Security-Policy", "content", policy)
        .open("meta", "name", "viewport", "content", "width=device-width, initial-scale=1")
        .open("meta", "name", "referrer", "content", "no-referrer")
        .element("title", title)
        .trusted("<style>" + STYLE + "</style>")
        .close("head")
        .open("body")
        .trusted(body.toString())
        .trusted("<script>" + SCRIPT + "</script>")
        .close("body")
        .close("html")
        .trusted("\n")
        .toString();
  }

  private static String resource(String name) {
    try (InputStream stream = HtmlDocument.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException(name + " is not on the class path");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
