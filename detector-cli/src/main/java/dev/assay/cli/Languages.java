package dev.assay.cli;

import dev.assay.page.Texts;
import org.apache.commons.cli.CommandLine;

/** The language of pages. */
final class Languages {

  private Languages() {}

  /** The texts that {@code --lang} asks for, English by default. */
  static Texts chosen(CommandLine line) throws UsageException {
    String language = line.getOptionValue("lang", "en");
    if (!Texts.LANGUAGES.contains(language)) {
      throw new UsageException(
          "--lang takes "
              + String.join(" or ", Texts.LANGUAGES)
              + ", not '"
              + Terminal.safe(language)
              + "'.");
    }
    return Texts.of(language);
  }
}
