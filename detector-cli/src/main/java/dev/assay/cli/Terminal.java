package dev.assay.cli;

import dev.assay.Language;
import dev.assay.Sentence;
import dev.assay.internal.report.ProvenanceAnswers.Tone;
import dev.assay.internal.report.SafeText;
import java.io.PrintStream;

/**
 * Where a command writes.
 *
 * @param out standard output: results, nothing else
 * @param err standard error: progress, summaries and complaints
 * @param interactive whether a person watches standard error
 * @param shown whether a person watches standard output
 * @param ownsProcess whether the process is the command's own, and its signals too
 * @param language in which it is spoken
 */
record Terminal(
    PrintStream out,
    PrintStream err,
    boolean interactive,
    boolean shown,
    boolean ownsProcess,
    Language language) {

  /** From here on characters are wide: East Asian scripts and their punctuation. */
  private static final int WIDE = 0x2E80;

  /** One that speaks English until {@code --lang} asks for another language. */
  Terminal(
      PrintStream out, PrintStream err, boolean interactive, boolean shown, boolean ownsProcess) {
    this(out, err, interactive, shown, ownsProcess, Language.ENGLISH);
  }

  /** The same in another language. */
  Terminal in(Language other) {
    return new Terminal(out, err, interactive, shown, ownsProcess, other);
  }

  /** A sentence in its language, safe to show; see {@link Sentence#of}. */
  String say(String pattern, Object... values) {
    return say(Sentence.of(pattern, values));
  }

  /** A sentence in its language, safe to show. */
  String say(Sentence sentence) {
    return safe(sentence.in(language));
  }

  /** Text in the colour of what it means, with a mark; colours only where a person sees them. */
  String coloured(Tone tone, String text) {
    String marked =
        switch (tone) {
          case GOOD -> "+ ";
          case OPEN -> "- ";
          case BAD -> "! ";
        };
    String colour =
        switch (tone) {
          case GOOD -> "\u001B[32m";
          case OPEN -> "\u001B[33m";
          case BAD -> "\u001B[31m";
        };
    boolean plain = !shown || System.getenv("NO_COLOR") != null;
    return plain ? marked + text : colour + marked + text + "\u001B[0m";
  }

  /** Text filled up with spaces; Chinese characters are two columns wide. */
  static String padded(String text, int columns) {
    int wide = text.codePoints().map(c -> c >= WIDE ? 2 : 1).sum();
    return text + " ".repeat(Math.max(0, columns - wide));
  }

  /** One whose output nobody watches, of a process that is another's. */
  static Terminal piped(PrintStream out, PrintStream err) {
    return new Terminal(out, err, false, false, false);
  }

  /** Makes text from a file safe to show; see {@link SafeText}. */
  static String safe(String text) {
    return SafeText.escaped(text);
  }
}
