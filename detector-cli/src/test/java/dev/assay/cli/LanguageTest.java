package dev.assay.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.Language;
import dev.assay.Sentence;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people read at a terminal, in the language that {@code --lang} asks for. */
class LanguageTest {

  private static final Path SAMPLES = Path.of("../datasets/samples");
  private static final String LITERAL = "\"((?:[^\"\\\\]|\\\\.)*)\"";
  private static final Pattern SAID =
      Pattern.compile(
          "(?:say|Sentence\\.of)\\(\\s*(" + LITERAL + "(?:\\s*\\+\\s*" + LITERAL + ")*)");
  private static final Pattern ENGLISH = Pattern.compile("[A-Za-z]{2,} [a-z]{2,} [a-z]{2,}");

  @TempDir private Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int assay(String... arguments) {
    return Main.run(List.of(arguments), Terminals.piped(out, err));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"rocket.jpg", "declares-comfyui.webp", "declares-digital-source-type.jpg"})
  void tellsOfAFileInChinese(String name) throws IOException {
    Path page = folder.resolve("page.html");
    assertEquals(
        ExitCode.DONE,
        assay(
            "inspect",
            "--lang",
            "zh",
            "--only",
            "metadata,provenance,consistency",
            "--html",
            page.toString(),
            SAMPLES.resolve(name).toString()));
    List<String> told =
        out.toString(UTF_8)
            .lines()
            .filter(line -> ENGLISH.matcher(line).find())
            // What the file says is shown as it is.
            .filter(line -> !line.startsWith("      "))
            .toList();
    assertEquals(List.of(), told);
    assertTrue(out.toString(UTF_8).contains("结论："), out.toString(UTF_8));
    assertFalse(Files.readString(page).contains("The file "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"inspect", "scan", "map grid"})
  void refusesALanguageThatThereIsNotBeforeAnyWork(String command) {
    List<String> line = new ArrayList<>(List.of(command.split(" ")));
    line.add(SAMPLES.resolve("rocket.jpg").toString());
    line.addAll(List.of("--lang", "tlh"));
    if (command.startsWith("map")) {
      line.addAll(List.of("-o", folder.resolve("map.png").toString()));
    }
    assertEquals(ExitCode.USAGE, assay(line.toArray(String[]::new)));
    assertEquals("", out.toString(UTF_8));
    assertFalse(Files.exists(folder.resolve("map.png")));
  }

  @Test
  void tellsOfAScanInChinese() {
    assertEquals(
        ExitCode.SOME_FAILED,
        assay(
            "scan",
            "--lang",
            "zh",
            "--format",
            "text",
            "--no-isolate",
            "--only",
            "metadata",
            "../datasets/damaged"));
    assertTrue(err.toString(UTF_8).contains("失败"), err.toString(UTF_8));
    assertFalse(ENGLISH.matcher(err.toString(UTF_8)).find(), err.toString(UTF_8));
    assertTrue(out.toString(UTF_8).contains("text.jpg  其内容是 text/plain。"), out.toString(UTF_8));
  }

  @Test
  void everySentenceHasWordsInEveryLanguage() throws IOException {
    Set<String> missing = new TreeSet<>();
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        Matcher said = SAID.matcher(Files.readString(file));
        while (said.find()) {
          String pattern =
              said.group(1).replaceAll("\"\\s*\\+\\s*\"", "").replaceAll("^\"|\"$", "");
          for (String code : Language.CODES.subList(1, Language.CODES.size())) {
            if (Sentence.of(pattern).in(Language.of(code)).equals(pattern)
                && !pattern.equals("{0} x {1}")) {
              missing.add(code + ": " + pattern);
            }
          }
        }
      }
    }
    assertEquals(Set.of(), missing);
  }
}
