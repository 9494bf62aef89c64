package dev.assay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.internal.metadata.Carrier;
import dev.assay.internal.metadata.generator.MetadataExaminer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every sentence that a report can hold has words in every language. */
class SentencesTest {

  private static final Path SOURCES = Path.of("src/main/java/dev/assay");

  /** What these say is no part of a report: pages have their own texts. */
  private static final Set<String> OTHER =
      Set.of(
          "page",
          "internal/report",
          "internal/bench",
          "internal/inference",
          "internal/natives",
          "internal/resource");

  private static final String LITERAL = "\"((?:[^\"\\\\]|\\\\.)*)\"";
  private static final Pattern CONSTANT =
      Pattern.compile(LITERAL + "(?:\\s*\\+\\s*" + LITERAL + ")*");
  private static final Pattern PIECE = Pattern.compile(LITERAL);
  private static final Pattern SENTENCE =
      Pattern.compile(
          "[A-Z{][^\\\\\\[|]* [^\\\\\\[|]*[.}]|(?:that|of|in|its?|looks|nothing|holds|names|says|ends) [^\\\\\\[|]* [^\\\\\\[|]*");
  private static final Pattern PLACE = Pattern.compile("\\{\\d+}");

  @Test
  void haveWordsInEveryLanguage() throws IOException {
    Set<String> needed = new TreeSet<>(written());
    Arrays.stream(FailureCode.values()).map(FailureCode::remedy).forEach(needed::add);
    Arrays.stream(Carrier.values()).map(Carrier::label).forEach(needed::add);
    for (String code : Language.CODES.subList(1, Language.CODES.size())) {
      Set<String> missing = new TreeSet<>(needed);
      missing.removeAll(Language.of(code).patterns().keySet());
      assertTrue(missing.isEmpty(), () -> code + " lacks\n" + String.join("\n", missing));
    }
  }

  @Test
  void sayOfEveryDeclarationWhatItsPlaceHolds() {
    List<String> meanings =
        MetadataExaminer.INFO.codes().entrySet().stream()
            .filter(code -> code.getKey().startsWith("declared."))
            .map(code -> code.getValue().replaceAll("^A field of the file |\\.$", ""))
            .toList();
    for (String code : Language.CODES.subList(1, Language.CODES.size())) {
      List<Pattern> known =
          Language.of(code).patterns().keySet().stream()
              .map(english -> Pattern.quote(english).replace("{0}", "\\E.+\\Q"))
              .map(Pattern::compile)
              .toList();
      for (String meaning : meanings) {
        assertTrue(
            known.stream().anyMatch(pattern -> pattern.matcher(meaning).matches()),
            () -> code + " lacks " + meaning);
      }
    }
  }

  @Test
  void keepEveryPlaceInEveryLanguage() {
    for (String code : Language.CODES) {
      Language.of(code)
          .patterns()
          .forEach(
              (english, other) -> {
                assertEquals(places(english), places(other), english);
                assertTrue(!other.isBlank(), english);
              });
    }
  }

  @Test
  void areSaidWithTheirValuesAndTheSentencesAmongThem() {
    Sentence inner = Sentence.of("Face {0}", 3);
    Sentence sentence =
        Sentence.of("{0} gives no sign of a swap, which rules none out ({1}).", inner, "{0}$1");
    assertEquals("Face 3 gives no sign of a swap, which rules none out ({0}$1).", sentence.text());
    assertTrue(sentence.in(Language.of("zh")).startsWith("人脸 3"), sentence.in(Language.of("zh")));
    assertEquals(sentence, Sentence.read(sentence.text(), sentence.words()));
    assertEquals("A {0}", Sentence.of("A {0}").text());
  }

  @Test
  void nestAFewLevelsDeepHoweverManyAreJoined() {
    Sentence all = Sentence.all(Collections.nCopies(1000, Sentence.of("{0}.", 1)));
    assertEquals("1. ".repeat(999) + "1.", all.text());
    assertTrue(depth(all.words()) <= 12, String.valueOf(depth(all.words())));
  }

  private static int depth(Object words) {
    return words instanceof List<?> list
        ? 1 + list.stream().mapToInt(SentencesTest::depth).max().orElse(0)
        : 0;
  }

  @Test
  void areReadAsTheirTextWhereTheWordsSayAnotherThing() {
    List<Object> words = Sentence.of("Its content is {0}.", "text/plain").words();
    assertEquals(Sentence.of("All is well."), Sentence.read("All is well.", words));
    assertEquals(Sentence.of("All is well."), Sentence.read("All is well.", List.of()));
    assertEquals(Sentence.of("All is well."), Sentence.read("All is well.", 7));
    assertEquals("", Sentence.read("", List.of("")).text());
  }

  private static Set<String> places(String pattern) {
    Set<String> places = new TreeSet<>();
    PLACE.matcher(pattern).results().forEach(place -> places.add(place.group()));
    return places;
  }

  /**
   * Constants of the sources that are sentences, and all that a {@code Sentence.of} begins with.
   */
  private static Set<String> written() throws IOException {
    Set<String> found = new TreeSet<>();
    try (Stream<Path> files = Files.walk(SOURCES)) {
      for (Path file : files.filter(SentencesTest::says).toList()) {
        String source = Files.readString(file).replaceAll("(?m)^ *(?:\\*|//|/\\*).*$", "");
        Matcher constants = CONSTANT.matcher(source);
        while (constants.find()) {
          String text = joined(constants.group());
          boolean of =
              source.substring(0, constants.start()).stripTrailing().endsWith("Sentence.of(");
          boolean complaint = internal(source, constants.start());
          if (of || (SENTENCE.matcher(text).matches() && !complaint)) {
            found.add(text);
          }
        }
      }
    }
    return found;
  }

  private static boolean says(Path file) {
    return file.toString().endsWith(".java")
        && !file.endsWith("isolation/ErrorTail.java")
        && OTHER.stream().noneMatch(room -> file.startsWith(SOURCES.resolve(room)));
  }

  /** Whether it is told to programmers or to who installs, or says what a code means. */
  private static boolean internal(String source, int at) {
    String before = source.substring(Math.max(0, at - 160), at);
    String call = before.substring(Math.max(before.lastIndexOf(';'), before.lastIndexOf('{')) + 1);
    return call.contains("InstallationException(")
        || call.contains("ModelException(")
        || call.contains("IOException(")
        || call.contains("IllegalArgumentException(")
        || call.contains("Exception(\"")
        || call.contains("require(")
        || call.contains("codes.put(");
  }

  private static String joined(String constant) {
    List<String> pieces = new ArrayList<>();
    PIECE.matcher(constant).results().forEach(piece -> pieces.add(piece.group(1)));
    return String.join("", pieces)
        .replace("\\\"", "\"")
        .replace("\\ufffd", "\ufffd")
        .replace("\\\\", "\\");
  }
}
