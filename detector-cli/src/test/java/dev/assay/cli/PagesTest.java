package dev.assay.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands that write what people look at. */
class PagesTest {

  private static final String PICTURE = "../datasets/samples/rocket.jpg";

  @TempDir private Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int assay(String... arguments) {
    return Main.run(List.of(arguments), Terminals.piped(out, err));
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "zh"})
  void writesThePageOfAFile(String language) throws IOException {
    Path page = folder.resolve("page.html");
    assertEquals(
        ExitCode.DONE,
        assay(
            "inspect",
            "--profile",
            "fast",
            "--html",
            page.toString(),
            "--lang",
            language,
            PICTURE));
    String html = Files.readString(page);
    assertTrue(html.contains(language.equals("zh") ? "lang=\"zh-Hans\"" : "lang=\"en\""));
    assertTrue(html.contains("data:image/jpeg;base64,"));
    assertTrue(out.toString(UTF_8).contains(language.equals("zh") ? "结论" : "Verdict"));
  }

  @Test
  void writesAPageOfAFileThatCannotBeExamined() throws IOException {
    Path page = folder.resolve("page.html");
    assertEquals(
        ExitCode.SOME_FAILED,
        assay("inspect", "--html", page.toString(), "../datasets/damaged/text.jpg"));
    assertTrue(Files.readString(page).contains("could not be examined"));
  }

  @Tag("long")
  @Test
  void turnsAFileOfReportsIntoPages() throws IOException {
    Path reports = folder.resolve("reports.jsonl");
    assay(
        "scan",
        "--no-isolate",
        "--profile",
        "fast",
        "-o",
        reports.toString(),
        "../datasets/samples");
    Path pages = folder.resolve("pages");
    assertEquals(
        ExitCode.DONE,
        assay("report", reports.toString(), "--html", pages.toString(), "--pictures"));
    int files = Files.readAllLines(reports).size();
    try (var written = Files.list(pages.resolve("pages/0000"))) {
      assertEquals(files, written.count());
    }
    String index = Files.readString(pages.resolve("index.html"));
    assertTrue(index.contains("Examination of " + files + " files"));
    assertTrue(index.contains("src=\"pictures/0000/"));
    assertEquals(ExitCode.USAGE, assay("report", reports.toString(), "--html", pages.toString()));
    assertTrue(err.toString(UTF_8).contains("not empty"));
  }

  @Test
  void drawsAMap() throws IOException {
    Path map = folder.resolve("map.png");
    assertEquals(ExitCode.DONE, assay("map", "ela", PICTURE, "-o", map.toString()));
    assertEquals(640, ImageIO.read(map.toFile()).getWidth());
    assertEquals(
        ExitCode.SOME_FAILED,
        assay("map", "ela", "../datasets/damaged/text.jpg", "-o", map.toString()));
  }

  @Test
  void saysWhichMapsAMediumHas() throws IOException {
    String map = folder.resolve("map.png").toString();
    Path sound = folder.resolve("sound.wav");
    CommandCase.writeSilence(sound);
    assertEquals(ExitCode.SOME_FAILED, assay("map", "spectrogram", PICTURE, "-o", map));
    assertTrue(err.toString(UTF_8).contains("all other maps show pictures"), err.toString(UTF_8));
    err.reset();
    assertEquals(ExitCode.SOME_FAILED, assay("map", "ela", sound.toString(), "-o", map));
    assertTrue(err.toString(UTF_8).contains("one map: spectrogram"), err.toString(UTF_8));
  }

  @Test
  void overwritesNothingThatIsExamined() throws IOException {
    Path copy = Files.copy(Path.of(PICTURE), folder.resolve("a.jpg"));
    byte[] before = Files.readAllBytes(copy);
    assertEquals(ExitCode.USAGE, assay("inspect", "--html", copy.toString(), copy.toString()));
    assertEquals(ExitCode.USAGE, assay("map", "ela", copy.toString(), "-o", copy.toString()));
    assertEquals(
        ExitCode.USAGE, assay("inspect", "--html", folder + "/no/page.html", copy.toString()));
    assertEquals(ExitCode.USAGE, assay("inspect", "--lang", "xx", "--html", "p.html", PICTURE));
    assertEquals(before.length, Files.size(copy));
  }
}
