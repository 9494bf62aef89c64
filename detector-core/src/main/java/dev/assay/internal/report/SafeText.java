package dev.assay.internal.report;

/**
 * The one rule for text from outside that is shown to people: characters that a terminal would
 * obey, that turn the direction of writing, or that cannot be seen, are shown by their numbers. It
 * goes by code points, so that marks beyond the first 65,536 are no exception.
 */
public final class SafeText {

  private SafeText() {}

  /** Controls, marks of direction, lone surrogates, and what stands for no character. */
  public static boolean hidden(int point) {
    int type = Character.getType(point);
    return type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.SURROGATE
        || type == Character.UNASSIGNED
        || type == Character.PRIVATE_USE
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }

  /** For terminals and tables: hidden characters as {@code \\u202e} or {@code \\u{e0041}}. */
  public static String escaped(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            point -> {
              if (!hidden(point)) {
                safe.appendCodePoint(point);
              } else if (Character.isBmpCodePoint(point)) {
                safe.append(String.format("\\u%04x", point));
              } else {
                safe.append(String.format("\\u{%x}", point));
              }
            });
    return safe.toString();
  }
}
