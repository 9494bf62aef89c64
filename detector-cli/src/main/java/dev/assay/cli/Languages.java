package dev.assay.cli;

import dev.assay.Language;
import dev.assay.page.PageTexts;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;

/** The language of what people read: {@code --lang}. */
final class Languages {

  /** Name of the option. */
  static final String NAME = "lang";

  private Languages() {}

  /** The option, for a command that tells people something. */
  static Option option() {
    return DetectorOptions.option(
        NAME, "CODE", "language of what people read: en or zh (en); reports stay as they are");
  }

  /** The language that was asked for, English by default. */
  static Language of(CommandLine line) throws UsageException {
    String language = line.hasOption(NAME) ? line.getOptionValue(NAME) : "en";
    if (!Language.CODES.contains(language)) {
      throw new UsageException(
          "--lang takes "
              + String.join(" or ", Language.CODES)
              + ", not '"
              + Terminal.safe(language)
              + "'.");
    }
    return Language.of(language);
  }

  /** The words of pages in the language that was asked for. */
  static PageTexts texts(CommandLine line) throws UsageException {
    return PageTexts.of(of(line).code());
  }
}
