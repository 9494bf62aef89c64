package dev.assay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.Verdict.Label;
import dev.assay.internal.report.ReportSarif;
import dev.assay.page.FilePage;
import dev.assay.page.PagePictures;
import dev.assay.page.PageTexts;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether a changed part of a photograph is found, and where; on the shipped models. */
class LocalEditsTest {

  private static final Path SAMPLES = Path.of("../datasets/samples");
  private static final Ellipse2D PART = new Ellipse2D.Double(60, 60, 200, 160);

  private static Detector detector;

  @TempDir private Path folder;

  @BeforeAll
  static void open() {
    detector = Detector.open(DetectorSettings.defaults().withMaps(true));
  }

  @AfterAll
  static void close() {
    detector.close();
  }

  @Test
  void aPartThatWasPutInIsFoundWhereItIs() throws IOException {
    Report report = examined(withPart());
    assertEquals(Label.ALTERED, report.verdict().orElseThrow().label());
    Evidence found = edit(report);
    assertTrue(found.logLikelihoodRatio().orElseThrow() > 0);
    assertTrue(overlap(found.regions()) > 0.3, "its place: " + found.regions());
    assertEquals(found.sentence().text(), report.verdict().get().reasons().get(0).text());
  }

  @Test
  void thePhotographItselfIsOfOnePiece() throws IOException {
    Report report = examined(read("coffee.png"));
    assertNotEquals(Label.ALTERED, report.verdict().orElseThrow().label());
    assertEquals(List.of(), edit(report).regions());
    assertTrue(edit(report).logLikelihoodRatio().orElseThrow() < 0);
  }

  @Test
  void aCaptionAndAFrameAreNoChange() throws IOException {
    BufferedImage picture = read("coffee.png");
    Graphics2D drawing = picture.createGraphics();
    drawing.setColor(Color.WHITE);
    drawing.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 32));
    drawing.drawString("WHEN MONDAY CALLS", 120, 380);
    drawing.dispose();
    Report report = examined(picture);
    assertNotEquals(Label.ALTERED, report.verdict().orElseThrow().label());
  }

  @Test
  void continuousIntegrationIsToldWhere() throws IOException {
    Report report = examined(withPart());
    JsonNode result =
        new ObjectMapper().readTree(new ReportSarif().one(report, Language.ENGLISH).orElseThrow());
    assertEquals("altered-media", result.at("/ruleId").asText());
    assertEquals("warning", result.at("/level").asText());
    JsonNode rectangles = result.at("/attachments/0/rectangles");
    Region first = edit(report).regions().get(0);
    assertEquals(edit(report).regions().size(), rectangles.size());
    assertEquals(first.x(), rectangles.at("/0/left").asInt());
    assertEquals(first.y() + first.height(), rectangles.at("/0/bottom").asInt());
  }

  @Test
  void aPageShowsTheOutlineAndThePartNearBy() throws IOException {
    Path file = folder.resolve("page.png");
    ImageIO.write(withPart(), "png", file.toFile());
    List<PagePictures> pictures = new ArrayList<>();
    Report report =
        detector.analyze(
            file,
            examined ->
                pictures.add(
                    PagePictures.of(
                        examined.report(),
                        examined.media(),
                        examined.regions(),
                        examined.patches(),
                        examined.playableSound(PagePictures.MAX_SOUND_BYTES))));
    String page = FilePage.of(PageTexts.of("en"), report, pictures.get(0));
    assertTrue(page.contains("A part of this image was changed."));
    assertTrue(page.contains("id=\"edits-map\""));
    PagePictures.Close close = pictures.get(0).close().orElseThrow();
    assertEquals(4, close.maps().size());
    for (Region part : edit(report).regions()) {
      assertTrue(part.x() >= close.x() && part.x() + part.width() <= close.x() + close.width());
    }
    assertEquals(2 * 6, page.split("<path ", -1).length - 1, "the picture and five near by");
  }

  @Test
  void aSmallPictureIsNotJudged() throws IOException {
    BufferedImage small = new BufferedImage(200, 200, BufferedImage.TYPE_INT_RGB);
    Graphics2D drawing = small.createGraphics();
    drawing.drawImage(read("coffee.png"), 0, 0, 200, 200, null);
    drawing.dispose();
    assertTrue(
        examined(small).evidence().stream()
            .noneMatch(piece -> piece.code().equals(Evidence.LOCAL_EDIT)));
  }

  @Test
  void allPatchesAreToldToThoseWhoLookAtTheFile() throws IOException {
    Path file = folder.resolve("part.png");
    ImageIO.write(withPart(), "png", file.toFile());
    detector.analyze(
        file,
        examined -> {
          List<Region> patches = examined.patches();
          assertEquals(
              28 * 42,
              patches.size(),
              "two squares along the shorter side, three along the longer");
          assertEquals(600 * 400, patches.stream().mapToInt(p -> p.width() * p.height()).sum());
        });
    assertTrue(Files.exists(file));
  }

  private Report examined(BufferedImage picture) throws IOException {
    Path file = folder.resolve("picture.png");
    ImageIO.write(picture, "png", file.toFile());
    return detector.analyze(file);
  }

  private static Evidence edit(Report report) {
    return report.evidence().stream()
        .filter(piece -> piece.code().equals(Evidence.LOCAL_EDIT))
        .findFirst()
        .orElseThrow();
  }

  /** A cat in a cup of coffee. */
  private static BufferedImage withPart() throws IOException {
    BufferedImage picture = read("coffee.png");
    Graphics2D drawing = picture.createGraphics();
    drawing.setClip(PART);
    drawing.drawImage(read("chelsea.png"), 60, 60, 200, 160, null);
    drawing.dispose();
    return picture;
  }

  private static BufferedImage read(String name) throws IOException {
    BufferedImage read = ImageIO.read(SAMPLES.resolve(name).toFile());
    BufferedImage picture =
        new BufferedImage(read.getWidth(), read.getHeight(), BufferedImage.TYPE_INT_RGB);
    Graphics2D drawing = picture.createGraphics();
    drawing.drawImage(read, 0, 0, null);
    drawing.dispose();
    return picture;
  }

  /** Intersection over union of the regions and the part. */
  private static double overlap(List<Region> regions) {
    int shared = 0;
    int either = 0;
    for (int y = 0; y < 400; y++) {
      for (int x = 0; x < 600; x++) {
        int column = x;
        int row = y;
        boolean found =
            regions.stream()
                .anyMatch(
                    r ->
                        column >= r.x()
                            && column < r.x() + r.width()
                            && row >= r.y()
                            && row < r.y() + r.height());
        boolean part = PART.contains(x + 0.5, y + 0.5);
        shared += found && part ? 1 : 0;
        either += found || part ? 1 : 0;
      }
    }
    return shared / (double) either;
  }
}
