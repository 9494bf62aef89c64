package dev.assay.server.internal.http;

import dev.assay.Language;
import dev.assay.page.PageTexts;
import io.javalin.http.Context;
import java.util.Optional;

/** The language that a request asks for. */
final class RequestLanguage {

  /** Parameter of addresses. */
  static final String LANG = "lang";

  private RequestLanguage() {}

  /** Its code; English where the request names none that there is. */
  static String code(Context context) {
    return Optional.ofNullable(context.queryParam(LANG))
        .filter(PageTexts.LANGUAGES::contains)
        .orElse(Language.ENGLISH.code());
  }

  /** It itself. */
  static Language language(Context context) {
    return Language.of(code(context));
  }

  /** The words of pages in it. */
  static PageTexts texts(Context context) {
    return PageTexts.of(code(context));
  }

  /**
   * A code that there is.
   *
   * @throws ProblemException if it is none
   */
  static String required(String code) {
    if (PageTexts.LANGUAGES.contains(code)) {
      return code;
    }
    throw Problem.of(
            400,
            "invalid-settings",
            "Languages are " + String.join(", ", PageTexts.LANGUAGES) + ".")
        .thrown();
  }
}
