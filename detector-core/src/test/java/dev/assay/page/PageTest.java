package dev.assay.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.Detector;
import dev.assay.DetectorSettings;
import dev.assay.Evidence;
import dev.assay.Profile;
import dev.assay.Report;
import dev.assay.Verdict;
import dev.assay.internal.metadata.Containers;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTest {

  /** Everything that a page must not take for its own, in one prompt. */
  static final String HOSTILE =
      "</pre></script><script>document.title='owned'</script><img src=x onerror=\"document.title="
          + "'owned'\"><img src=http://evil.example/x.png><link rel=stylesheet"
          + " href=//evil.example/x.css><svg onload=document.title='owned'>\" onfocus=\"document.title='owned'\""
          + " autofocus='' {0} \u202Egnp.exe\u2066 &lt;b&gt; \u0000 javascript:alert(1)\n"
          + "Steps: 20, Sampler: Euler a, Seed: 1";

  private static final Detector DETECTOR =
      Detector.open(DetectorSettings.defaults().withProfile(Profile.FAST));

  @TempDir private Path folder;

  @AfterAll
  static void close() {
    DETECTOR.close();
  }

  /** A page of a file, with all its pictures. */
  static String page(Detector detector, Path file, String language) {
    List<PagePictures> pictures = new ArrayList<>(List.of(PagePictures.none()));
    Report report =
        detector.analyze(
            file,
            examined ->
                pictures.set(
                    0,
                    PagePictures.of(
                        examined.report(),
                        examined.media(),
                        examined.regions(),
                        examined.patches(),
                        examined.playableSound(PagePictures.MAX_SOUND_BYTES))));
    return FilePage.of(PageTexts.of(language), report, pictures.get(0));
  }

  /** A picture whose name and metadata are hostile. */
  static Path hostile(Path folder) throws java.io.IOException {
    byte[] picture = Files.readAllBytes(Path.of("../datasets/samples/chelsea.png"));
    byte[] chunk = Containers.pngInternationalText("parameters", Containers.utf8(HOSTILE), false);
    Path file =
        folder.resolve("\"><script>document.title='owned'<\u200B\u202E'.png".replace("/", ""));
    return Files.write(
        file,
        Containers.join(
            java.util.Arrays.copyOf(picture, 33),
            chunk,
            java.util.Arrays.copyOfRange(picture, 33, picture.length)));
  }

  @Test
  void everyLanguageHasTheSameTextsWithTheSamePlaces() {
    Set<String> english = names(PageTexts.of("en"));
    for (String language : PageTexts.LANGUAGES) {
      PageTexts texts = PageTexts.of(language);
      assertEquals(english, names(texts), language);
      for (String name : english) {
        assertEquals(places(PageTexts.of("en").get(name)), places(texts.get(name)), name);
      }
    }
  }

  private static Set<String> names(PageTexts texts) {
    Set<String> names = new TreeSet<>();
    texts.names().forEach(names::add);
    return names;
  }

  private static Set<String> places(String text) {
    Set<String> places = new TreeSet<>();
    Matcher matcher = Pattern.compile("\\{\\d}").matcher(text);
    while (matcher.find()) {
      places.add(matcher.group());
    }
    return places;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "chelsea.png",
        "rocket.jpg",
        "city-at-night.mp4",
        "declares-comfyui.webp",
        "../damaged/text.jpg",
        "../damaged/truncated.jpg"
      })
  void pagesOfEverySampleNeedNothingElse(String sample) {
    for (String language : PageTexts.LANGUAGES) {
      String page = page(DETECTOR, Path.of("../datasets/samples", sample), language);
      assertTrue(page.startsWith("<!DOCTYPE html>"), sample);
      assertTrue(page.contains("default-src &#39;none&#39;"), sample);
      Matcher references = Pattern.compile("(?:src|href)=\"([^\"]*)\"").matcher(page);
      while (references.find()) {
        String target = references.group(1);
        assertTrue(target.startsWith("data:image/") || target.startsWith("#"), target);
      }
      assertTrue(page.length() < 3_000_000, sample + ": " + page.length());
    }
  }

  @Test
  void aPagesBarsAreThoseOfTheVerdict() {
    String page = page(DETECTOR, Path.of("../datasets/samples/rocket.jpg"), "en");
    assertTrue(page.contains("How each line of evidence moved the verdict"));
    assertTrue(page.contains("native-texture"));
    for (String map : List.of("Error level", "Noise", "JPEG ghosts", "Spectrum")) {
      assertTrue(page.contains(">" + map + "<"), map);
    }
  }

  @Test
  void nothingFromAFileBecomesMarkup() throws Exception {
    String page = page(DETECTOR, hostile(folder), "en");
    assertTrue(page.contains("&lt;script&gt;document.title=&#39;owned&#39;"));
    assertFalse(page.contains("<script>document.title"));
    assertFalse(page.contains("<img src=x"));
    assertFalse(page.contains("<svg onload"));
    for (int hidden : new int[] {0x202E, 0x2066, 0x200B, 0}) {
      assertEquals(-1, page.indexOf(hidden), Integer.toHexString(hidden));
    }
    assertTrue(page.contains("\u27e8U+202E\u27e9"));
    assertEquals(1, count(page, "<script"), "the page's own script");
  }

  private static int count(String text, String wanted) {
    return (text.length() - text.replace(wanted, "").length()) / wanted.length();
  }

  @Test
  void anIndexCountsAndListsEveryFile() throws Exception {
    IndexPage index = new IndexPage(PageTexts.of("en"));
    List<Report> reports = new ArrayList<>();
    for (String sample : List.of("rocket.jpg", "declares-comfyui.webp", "../damaged/text.jpg")) {
      reports.add(DETECTOR.analyze(Path.of("../datasets/samples", sample)));
    }
    reports.add(DETECTOR.analyze(hostile(folder)));
    for (Report report : reports) {
      index.add(report, "pages/1.html", "");
    }
    String page = index.document(0);
    assertTrue(page.contains("Examination of 4 files"));
    assertEquals(4, count(page, "href=\"pages/1.html\""), "one link a file");
    assertFalse(page.contains("<script>document.title"));
    assertTrue(page.contains("<tr class=\"failed\">"));
  }

  @Test
  void anIndexListsFilesThatShowNearlyTheSame() throws Exception {
    IndexPage index = new IndexPage(PageTexts.of("en"));
    Report coffee = DETECTOR.analyze(Path.of("../datasets/samples/coffee.png"));
    index.add(DETECTOR.analyze(Path.of("../datasets/samples/rocket.jpg")), "pages/1.html", "");
    assertFalse(index.document(0).contains("nearly the same"), "where there are none");
    for (int i = 2; i < 30; i++) {
      index.add(coffee, "pages/" + i + ".html", "pictures/" + i + ".jpg");
    }
    String page = index.document(0);
    String groups = page.substring(page.indexOf("Files that show nearly the same"));
    assertTrue(groups.contains("28 files"));
    assertEquals(12, count(groups.substring(0, groups.indexOf("</table>")), "<img"));
    assertTrue(groups.contains("and 16 more"));
  }

  @Test
  void anIndexOfManyFilesHasParts() throws Exception {
    IndexPage index = new IndexPage(PageTexts.of("en"));
    Report report = DETECTOR.analyze(Path.of("../datasets/samples/rocket.jpg"));
    Report failed = DETECTOR.analyze(Path.of("../datasets/damaged/text.jpg"));
    index.add(report, "pages/rocket.html", "");
    for (int i = 0; i < IndexPage.ROWS_PER_PART; i++) {
      index.add(failed, "", "");
    }
    assertEquals(2, index.parts());
    String first = index.document(0);
    String second = index.document(1);
    assertTrue(first.contains("href=\"index-2.html\""));
    assertTrue(second.contains("href=\"index.html\""));
    assertTrue(first.contains("Counts") && !second.contains("Counts"), "counts stand once");
    assertEquals("index.html", IndexPage.address(0));
    assertEquals("index-2.html", IndexPage.address(1));
    String rows =
        report.verdict().orElseThrow().label() == Verdict.Label.NOT_SYNTHETIC ? second : first;
    assertTrue(rows.contains("pages/rocket.html"), "what needs a person comes first");
  }

  @Test
  void anIndexOfNoFileIsAPageToo() {
    IndexPage index = new IndexPage(PageTexts.of("en"));
    assertEquals(1, index.parts());
    assertTrue(index.document(0).contains("Examination of 0 files"));
  }

  @Test
  void keepsTheScoresOfTheFirstNames() {
    ScoresByName scores = new ScoresByName(2);
    for (String name : List.of("c", "b", "a", "c", "b")) {
      scores.add(name, 0.25);
    }
    scores.add("a", 1);
    scores.add("a", 0);
    assertEquals(List.of("a", "b"), List.copyOf(scores.byName().keySet()));
    ScoresByName.Scores a = scores.byName().get("a");
    assertEquals(3, a.count());
    assertEquals(0.25, a.middle());
    assertEquals(List.of(0.0, 0.25, 1.0), a.met().boxed().toList());
    assertEquals(2, scores.byName().get("b").count());
  }

  @Test
  void theThumbnailOfAJpegIsShownBesideIt() throws Exception {
    byte[] small = Files.readAllBytes(Path.of("../datasets/samples/rocket.jpg"));
    BufferedImage picture = new BufferedImage(160, 120, BufferedImage.TYPE_INT_RGB);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(picture, "jpg", out);
    byte[] thumbnail = out.toByteArray();
    // An empty first directory, then one with the place and the length of the thumbnail.
    byte[] exif =
        Containers.join(
            Containers.latin1("Exif\0\0MM\0*"),
            Containers.u32(8),
            Containers.u16(0),
            Containers.u32(14),
            Containers.u16(2),
            entry(0x0201, 44),
            entry(0x0202, thumbnail.length),
            Containers.u32(0),
            thumbnail);
    Path file = folder.resolve("thumbnail.jpg");
    Files.write(
        file,
        Containers.join(
            Containers.latin1("\u00ff\u00d8"),
            Containers.jpegSegment(0xE1, exif),
            java.util.Arrays.copyOfRange(small, 2, small.length)));
    assertTrue(page(DETECTOR, file, "en").contains("The thumbnail in the file"));
    byte[] broken = Files.readAllBytes(file);
    for (int i = 60; i < 600; i++) {
      broken[i] = 0;
    }
    Files.write(file, broken);
    assertFalse(page(DETECTOR, file, "en").contains("The thumbnail in the file"));
  }

  private static byte[] entry(int tag, int value) {
    return Containers.join(
        Containers.u16(tag), Containers.u16(4), Containers.u32(1), Containers.u32(value));
  }

  @Test
  void aTreeOfManifestsIsShown() throws Exception {
    Path signed = Path.of("src/test/resources/signed/generated-then-opened.png");
    String page = page(DETECTOR, signed, "en");
    assertTrue(page.contains("Provenance (C2PA)"));
    assertTrue(page.contains("signed by Test Signer (Test Makers)"));
    assertTrue(page.contains("made from an ingredient"));
    assertTrue(page.contains("c2pa.created (Test Model, trainedAlgorithmicMedia)"));
    assertTrue(page.contains("<tr class=\"good\"><th scope=\"row\">Intact</th>"), "coloured");
    assertTrue(page.contains("<tr class=\"open\"><th scope=\"row\">Signer</th>"), "apart");
  }

  @Test
  void whatAFailureMeansIsSaidOnceAndBeforeItsCode() throws Exception {
    byte[] signed =
        Files.readAllBytes(Path.of("src/test/resources/signed/generated-then-opened.png"));
    // A bit of the header's checksum: the picture is still decoded.
    signed[signed.length - 5] ^= 1;
    Path changed = Files.write(folder.resolve("changed.png"), signed);
    String page = page(DETECTOR, changed, "en");
    int meaning = page.indexOf("What is seen or heard is not what was signed");
    assertTrue(meaning > 0 && meaning < page.indexOf("assertion.dataHash.mismatch:"), page);
    assertTrue(page.contains("<tr class=\"bad\"><th scope=\"row\">Intact</th>"));
  }

  @Test
  void wordsOfStrengthFollowTheScale() {
    assertEquals(1, Numbers.support(Math.log(5)));
    assertEquals(2, Numbers.support(-Math.log(50)));
    assertEquals(3, Numbers.support(Math.log(500)));
    assertEquals(4, Numbers.support(Math.log(5_000)));
    assertEquals(5, Numbers.support(-40));
    assertEquals("2.0", Numbers.times(Math.log(2)));
    assertEquals("4,300", Numbers.times(Math.log(4_321)));
    assertEquals("> 1,000,000", Numbers.times(-100));
  }

  @Test
  void evidenceOfEveryKindHasAWord() {
    for (Evidence.Kind kind : Evidence.Kind.values()) {
      for (String language : PageTexts.LANGUAGES) {
        assertFalse(PageTexts.of(language).get("kind." + kind.code()).isEmpty());
      }
    }
  }
}
