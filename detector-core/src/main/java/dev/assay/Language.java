package dev.assay;

import dev.assay.internal.resource.Translations;
import java.util.List;
import java.util.Map;

/**
 * A language in which sentences of reports can be said.
 *
 * <p>Its words are read from all files {@code META-INF/assay/sentences_CODE.json} on the class
 * path: one object of English patterns and their translations. An examiner of another jar brings
 * its own.
 */
public final class Language {

  /** English, in which all sentences are written. */
  public static final Language ENGLISH = new Language("en", "en", Map.of());

  /** The codes of all languages. */
  public static final List<String> CODES = List.of("en", "zh");

  private final String code;
  private final String tag;
  private final Map<String, String> patterns;

  private Language(String code, String tag, Map<String, String> patterns) {
    this.code = code;
    this.tag = tag;
    this.patterns = patterns;
  }

  /**
   * A language.
   *
   * @param code one of {@link #CODES}
   */
  public static Language of(String code) {
    return switch (code) {
      case "en" -> ENGLISH;
      case "zh" -> Chinese.LANGUAGE;
      default -> throw new IllegalArgumentException("no language " + code);
    };
  }

  /** Read when it is first asked for. */
  private static final class Chinese {
    static final Language LANGUAGE = new Language("zh", "zh-Hans", Translations.read("zh"));
  }

  /** Its code, {@code en} or {@code zh}. */
  public String code() {
    return code;
  }

  /** Its tag by BCP 47, {@code zh-Hans} for example. */
  public String tag() {
    return tag;
  }

  /** A pattern in this language; the same where it has none. */
  String pattern(String english) {
    return patterns.getOrDefault(english, english);
  }

  /** The patterns that it has words for. */
  Map<String, String> patterns() {
    return patterns;
  }
}
