package dev.assay.internal.html;

import dev.assay.internal.report.SafeText;
import dev.assay.internal.resource.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Writes HTML. Text and values of attributes are escaped here and nowhere else, so that nothing
 * from a file can become markup; characters that turn the direction of text, or cannot be seen, are
 * shown by their numbers.
 */
public final class Markup {

  private final StringBuilder out = new StringBuilder();

  /**
   * Opens an element.
   *
   * @param attributes names and values in turn
   */
  public Markup open(String element, String... attributes) {
    out.append('<').append(element);
    for (int i = 0; i + 1 < attributes.length; i += 2) {
      out.append(' ').append(attributes[i]).append("=\"");
      escape(attributes[i + 1]);
      out.append('"');
    }
    out.append('>');
    return this;
  }

  /** Closes an element. */
  public Markup close(String element) {
    out.append("</").append(element).append('>');
    return this;
  }

  /** Text, escaped. */
  public Markup text(String text) {
    escape(text);
    return this;
  }

  /** An element with text in it. */
  public Markup element(String element, String text, String... attributes) {
    return open(element, attributes).text(text).close(element);
  }

  /** What is written here and holds nothing from a file. */
  public Markup trusted(String markup) {
    out.append(markup);
    return this;
  }

  /** The hash of a style or script, as a content-security policy names it. */
  public static String hash(String content) {
    byte[] digest = Sha256.digest().digest(content.getBytes(StandardCharsets.UTF_8));
    return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
  }

  /** A text with what is hidden in it shown by numbers; still to be escaped. */
  public static String shown(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            point -> {
              if (SafeText.hidden(point)) {
                safe.append(number(point));
              } else {
                safe.appendCodePoint(point);
              }
            });
    return safe.toString();
  }

  private static String number(int point) {
    return String.format("\u27e8U+%04X\u27e9", point);
  }

  private void escape(String text) {
    text.codePoints()
        .forEach(
            point -> {
              switch (point) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                case '\n', '\t' -> out.append((char) point);
                default -> {
                  if (SafeText.hidden(point)) {
                    out.append(number(point));
                  } else {
                    out.appendCodePoint(point);
                  }
                }
              }
            });
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
