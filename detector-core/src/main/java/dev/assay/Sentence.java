package dev.assay;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A sentence for people, kept as a pattern and what stands in it, so that it can be said in every
 * language of a {@link Language}.
 *
 * <p>The pattern is the English sentence, with <code>{0}</code>, <code>{1}</code> and so on where
 * the values stand. It is also the key under which its translations are found, as gettext has it. A
 * pattern without values is taken as it is, braces and all.
 *
 * @param pattern the sentence in English
 * @param values texts that stand as they are, and sentences that are translated as well
 */
public record Sentence(String pattern, List<Object> values) {

  private static final Pattern PLACE = Pattern.compile("\\{(\\d{1,2})}");

  public Sentence {
    values =
        values.stream()
            .map(value -> value instanceof Sentence ? value : String.valueOf(value))
            .toList();
  }

  /**
   * A sentence.
   *
   * @param pattern in English
   * @param values numbers, texts and sentences, in the order of their places
   */
  public static Sentence of(String pattern, Object... values) {
    return new Sentence(pattern, List.of(values));
  }

  /** Sentences one after the other; at least one. */
  public static Sentence all(List<Sentence> sentences) {
    return joined("{0} {1}", sentences);
  }

  /** Texts as a list; at least one. */
  public static Sentence list(List<String> texts) {
    return joined("{0}, {1}", texts.stream().map(Sentence::verbatim).toList());
  }

  /** Text that is the same in all languages: names, numbers, what a file says. */
  public static Sentence verbatim(String text) {
    return of("{0}", text);
  }

  /**
   * The sentence that was kept as its English text and its {@link #words}.
   *
   * @param text in English
   * @param words as they were read; anything else than words that give this text is passed over
   */
  public static Sentence read(String text, @Nullable Object words) {
    if (words instanceof List<?> list) {
      Optional<Sentence> sentence = ofWords(list).filter(read -> read.text().equals(text));
      if (sentence.isPresent()) {
        return sentence.get();
      }
    }
    return of(text);
  }

  private static Optional<Sentence> ofWords(List<?> words) {
    if (words.isEmpty() || !(words.get(0) instanceof String pattern) || pattern.isBlank()) {
      return Optional.empty();
    }
    List<Object> values = new ArrayList<>();
    for (Object value : words.subList(1, words.size())) {
      Optional<Sentence> inner = value instanceof List<?> list ? ofWords(list) : Optional.empty();
      values.add(inner.isPresent() ? inner.get() : String.valueOf(value));
    }
    return Optional.of(new Sentence(pattern, values));
  }

  /** By halves, so that long lists nest a few levels deep only: readers of JSON bound that. */
  private static Sentence joined(String pattern, List<Sentence> parts) {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    int half = parts.size() / 2;
    return of(
        pattern,
        joined(pattern, parts.subList(0, half)),
        joined(pattern, parts.subList(half, parts.size())));
  }

  /** The pattern and then the values, as texts and as lists of the same form. */
  public List<Object> words() {
    List<Object> words = new ArrayList<>(List.of(pattern));
    values.forEach(value -> words.add(value instanceof Sentence inner ? inner.words() : value));
    return words;
  }

  /** The sentence in English. */
  public String text() {
    return in(Language.ENGLISH);
  }

  /** The sentence in another language; in English where that language has no words for it. */
  public String in(Language language) {
    String translated = language.pattern(pattern);
    return values.isEmpty() ? translated : filled(translated, language);
  }

  private String filled(String translated, Language language) {
    return PLACE
        .matcher(translated)
        .replaceAll(place -> Matcher.quoteReplacement(value(place.group(1), language)));
  }

  private String value(String place, Language language) {
    int index = Integer.parseInt(place);
    if (index >= values.size()) {
      return "";
    }
    return values.get(index) instanceof Sentence inner
        ? inner.in(language)
        : String.valueOf(values.get(index));
  }

  @Override
  public String toString() {
    return text();
  }
}
