package dev.assay.internal.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.Detector;
import dev.assay.DetectorSettings;
import dev.assay.Evidence;
import dev.assay.Region;
import dev.assay.Report;
import dev.assay.TimelinePoint;
import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What models that look at faces see of pictures and videos, with a model of one's own. */
@Tag("long")
class FacesTest {

  private static final Path MODELS = Path.of("../models/src/main/resources/dev/assay/models");
  private static final Path SAMPLES = Path.of("../datasets/samples");

  @TempDir private Path folder;

  private Path model;

  @BeforeEach
  void makeModel() throws IOException {
    model = Files.createDirectory(folder.resolve("my-faces"));
    Files.copy(MODELS.resolve("clip-whole/model.onnx"), model.resolve("model.onnx"));
    String card =
        Files.readString(MODELS.resolve("clip-whole/card.json"))
            .replace("\"id\": \"clip-whole\"", "\"id\": \"my-faces\"")
            .replace("\"image-synthesis\"", "\"face-manipulation\"")
            .replaceAll("(?s)\"views\": \\{.*?\\}", "\"views\": {\"kind\": \"faces\", \"most\": 3}")
            .replaceFirst(
                "\"image\": \\{", "\"video\": {\"slope\": 1, \"intercept\": 0}, \"image\": {");
    Files.writeString(model.resolve("card.json"), card);
  }

  @Test
  void looksAtTheFaceOfAPicture() {
    List<Evidence> faces = faces(analyze(SAMPLES.resolve("astronaut.png")));
    assertEquals(1, faces.size());
    assertEquals(1, faces.get(0).details().get("face"));
    Region square = faces.get(0).regions().get(0);
    assertEquals(141, square.width(), 3);
    assertEquals(153, square.x(), 3);
    assertTrue(faces.get(0).summary().startsWith("Face 1 "), faces.get(0).summary());
  }

  @Test
  void hasNothingToSayWhereNobodyIs() {
    Report report = analyze(SAMPLES.resolve("coffee.png"));
    assertTrue(report.evidence().stream().noneMatch(FacesTest::ofOwnModel));
  }

  @Test
  void abstainsOnFacesThatAreTooSmall() throws IOException {
    ImageIO.write(scene(120, 0), "png", folder.resolve("small.png").toFile());
    Report report = analyze(folder.resolve("small.png"));
    assertEquals(List.of(), faces(report));
    Evidence abstention =
        report.evidence().stream().filter(FacesTest::ofOwnModel).findFirst().orElseThrow();
    assertEquals("classifier.abstained", abstention.code());
    assertTrue(abstention.logLikelihoodRatio().isEmpty());
  }

  @Test
  void followsAFaceOverTheShotsOfAVideo() throws IOException {
    List<BufferedImage> shots = List.of(scene(512, 0), empty(), scene(512, 40));
    Path clip =
        new TestVideo().codec("mjpeg").pictures(shots, 25).write(folder.resolve("interview.avi"));
    List<Evidence> faces = faces(analyze(clip));
    assertEquals(1, faces.size(), "one person");
    List<TimelinePoint> timeline = faces.get(0).timeline();
    assertTrue(timeline.get(0).timeSeconds() < 1, timeline.toString());
    assertTrue(timeline.get(timeline.size() - 1).timeSeconds() > 2, timeline.toString());
    assertTrue(
        timeline.stream().noneMatch(p -> p.timeSeconds() > 1.01 && p.timeSeconds() < 1.99),
        "nobody is there in the second shot");
    for (TimelinePoint point : timeline) {
      int moved = point.timeSeconds() > 1.5 ? 40 : 0;
      assertEquals(153 + moved, point.region().orElseThrow().x(), 12);
    }
    assertTrue(faces.get(0).summary().contains("0:00 to 0:0"), faces.get(0).summary());
  }

  /** The astronaut's portrait, so wide, moved to the right by so much of 512 pixels. */
  private static BufferedImage scene(int side, int right) throws IOException {
    BufferedImage portrait = ImageIO.read(SAMPLES.resolve("astronaut.png").toFile());
    BufferedImage scene = empty();
    Graphics2D graphics = scene.createGraphics();
    graphics.drawImage(
        portrait.getScaledInstance(side, side, Image.SCALE_AREA_AVERAGING), right, 0, null);
    graphics.dispose();
    return scene;
  }

  private static BufferedImage empty() {
    BufferedImage picture = new BufferedImage(512, 512, BufferedImage.TYPE_3BYTE_BGR);
    for (int i = 0; i < 512 * 512; i++) {
      picture.setRGB(i % 512, i / 512, 0x304050 + (i * 7 % 31) * 0x030303);
    }
    return picture;
  }

  private static List<Evidence> faces(Report report) {
    return report.evidence().stream()
        .filter(piece -> piece.code().equals("classifier.face") && ofOwnModel(piece))
        .toList();
  }

  private static boolean ofOwnModel(Evidence piece) {
    return piece.model().filter("my-faces"::equals).isPresent();
  }

  private Report analyze(Path file) {
    try (Detector detector = Detector.open(DetectorSettings.defaults().withModels(model))) {
      Report report = detector.analyze(file);
      assertTrue(report.ok(), () -> report.failure().toString());
      return report;
    }
  }
}
