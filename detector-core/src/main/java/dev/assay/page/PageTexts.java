package dev.assay.page;

import dev.assay.Language;
import dev.assay.Sentence;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;

/** The words of pages in one language, from {@code texts_en.properties} and its like. */
public final class PageTexts {

  /** The languages that there are, by their codes. */
  public static final List<String> LANGUAGES = Language.CODES;

  private final Language language;
  private final Properties words = new Properties();

  private PageTexts(Language language) {
    this.language = language;
    String name = "texts_" + language.code() + ".properties";
    try (InputStream stream = PageTexts.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalArgumentException("no texts in " + language.code());
      }
      Reader reader = new InputStreamReader(stream, StandardCharsets.UTF_8);
      words.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The words of a language.
   *
   * @param language one of {@link #LANGUAGES}
   */
  public static PageTexts of(String language) {
    return new PageTexts(Language.of(language));
  }

  /** The code for the page's {@code lang}. */
  String language() {
    return language.tag();
  }

  /** What an examiner says. */
  String say(Sentence sentence) {
    return sentence.in(language);
  }

  /** The names of all texts. */
  Iterable<String> names() {
    return words.stringPropertyNames();
  }

  /**
   * A text.
   *
   * @param values stand where the text has {@code {0}}, {@code {1}} and so on
   */
  String get(String name, Object... values) {
    String text = words.getProperty(name);
    if (text == null) {
      throw new IllegalArgumentException("no text " + name + " in " + language.code());
    }
    for (int i = 0; i < values.length; i++) {
      text = text.replace("{" + i + "}", String.valueOf(values[i]));
    }
    return text;
  }
}
