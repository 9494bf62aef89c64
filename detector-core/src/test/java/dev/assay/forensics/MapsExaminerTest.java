package dev.assay.forensics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.Detector;
import dev.assay.DetectorSettings;
import dev.assay.Evidence;
import dev.assay.NoteCode;
import dev.assay.Region;
import dev.assay.Report;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MapsExaminerTest {

  private static final Path SAMPLES = Path.of("../datasets/samples");
  private static final Detector DETECTOR =
      Detector.open(DetectorSettings.defaults().withOnly(List.of(MapsExaminer.INFO.id())));

  @AfterAll
  static void close() {
    DETECTOR.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rocket.jpg", "chelsea.png", "coffee.png", "astronaut.png"})
  void saysNothingOfPicturesThatNobodyChanged(String sample) {
    Report report = DETECTOR.analyze(SAMPLES.resolve(sample));
    assertEquals(List.of(), report.evidence());
    assertEquals(List.of(), report.notes());
  }

  @Test
  void tellsOfAPartThatWasCopied() throws IOException {
    BufferedImage picture = ImageIO.read(SAMPLES.resolve("chelsea.png").toFile());
    BufferedImage part = picture.getSubimage(120, 90, 110, 90);
    BufferedImage changed = copy(picture);
    Graphics2D graphics = changed.createGraphics();
    graphics.drawImage(part, 300, 180, null);
    graphics.dispose();
    Report report = DETECTOR.analyze(png(changed), "copied.png");
    Evidence copied = only(report, "forensics.copied-part");
    assertTrue(copied.logLikelihoodRatio().isEmpty(), "it weighs nothing");
    assertEquals(0.5, report.verdict().orElseThrow().probability());
    Region one = copied.regions().get(0);
    Region other = copied.regions().get(1);
    assertEquals(180, other.x() - one.x(), 2);
    assertEquals(90, other.y() - one.y(), 2);
    assertTrue(one.x() >= 118 && one.x() + one.width() <= 232, one.toString());
    assertEquals(NoteCode.PART_DIFFERS, report.notes().get(0).code());
  }

  @Test
  void tellsOfAPartWithAnotherJpegHistory() throws IOException {
    BufferedImage photo = ImageIO.read(SAMPLES.resolve("rocket.jpg").toFile());
    BufferedImage saved = ImageIO.read(new ByteArrayInputStream(Images.jpeg(photo, 65)));
    BufferedImage foreign = ImageIO.read(SAMPLES.resolve("coffee.png").toFile());
    Graphics2D graphics = saved.createGraphics();
    graphics.drawImage(foreign.getSubimage(100, 80, 208, 160), 256, 192, null);
    graphics.dispose();
    Report report = DETECTOR.analyze(png(saved), "spliced.png");
    Region region = only(report, "forensics.jpeg-history").regions().get(0);
    int shared =
        Math.max(0, Math.min(464, region.x() + region.width()) - Math.max(256, region.x()))
            * Math.max(0, Math.min(352, region.y() + region.height()) - Math.max(192, region.y()));
    assertTrue(shared > 0.5 * region.width() * region.height(), region.toString());
  }

  @Test
  void isAskedForOnePersonAndNotForThousandsOfFiles() throws IOException {
    byte[] picture = png(new BufferedImage(300, 300, BufferedImage.TYPE_INT_RGB));
    try (Detector scan = Detector.open();
        Detector inspect = Detector.open(DetectorSettings.defaults().withMaps(true))) {
      assertFalse(scan.analyze(picture, "x.png").timings().containsKey(MapsExaminer.INFO.id()));
      assertTrue(inspect.analyze(picture, "x.png").timings().containsKey(MapsExaminer.INFO.id()));
    }
  }

  private static Evidence only(Report report, String code) {
    return report.evidence().stream()
        .filter(piece -> piece.code().equals(code))
        .findFirst()
        .orElseThrow(() -> new AssertionError(report.evidence().toString()));
  }

  private static BufferedImage copy(BufferedImage picture) {
    BufferedImage result =
        new BufferedImage(picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = result.createGraphics();
    graphics.drawImage(picture, 0, 0, null);
    graphics.dispose();
    return result;
  }

  private static byte[] png(BufferedImage picture) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(picture, "png", out);
    return out.toByteArray();
  }
}
