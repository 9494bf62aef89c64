package dev.assay.internal.face;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.Limits;
import dev.assay.internal.inference.OnnxNetwork;
import dev.assay.internal.media.MediaOpener;
import dev.assay.internal.media.OpenedMedia;
import dev.assay.internal.media.Source;
import dev.assay.internal.resource.ShippedData;
import dev.assay.spi.Picture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaceDetectorTest {

  private static final Path SAMPLES = Path.of("..", "datasets", "samples");

  private static FaceDetector detector;

  @BeforeAll
  static void load(@TempDir Path folder) throws IOException {
    Path weights = folder.resolve("model.onnx");
    Files.write(weights, ShippedData.bytes("/dev/assay/models/centerface/model.onnx"));
    detector = new FaceDetector(OnnxNetwork.load("centerface", weights, "the installation", 1));
  }

  @AfterAll
  static void free() {
    detector.close();
  }

  @Test
  void findsTheOneFaceOfAPortrait() throws Exception {
    List<Face> faces = faces("astronaut.png", 1);
    assertEquals(1, faces.size());
    Face face = faces.get(0);
    assertTrue(face.confidence() > 0.7, face.toString());
    // What the training recipe finds (models/training/assay_training/faces.py).
    assertNear(203.2, face.marks().leftEye().x(), 1);
    assertNear(101.7, face.marks().leftEye().y(), 1);
    assertNear(247.0, face.marks().rightEye().x(), 1);
    assertNear(203.4, face.marks().leftMouth().x(), 1);
    assertNear(144.4, face.marks().rightMouth().y(), 1);
    Face.Square square = face.square(512, 512);
    assertNear(153, square.x(), 2);
    assertNear(55, square.y(), 2);
    assertNear(141, square.side(), 2);
  }

  @Test
  void findsItInASmallerCopyAtTheSamePlace() throws Exception {
    Face large = faces("astronaut.png", 1).get(0);
    Face small = faces("astronaut.png", 0.3).get(0);
    assertNear(large.left() * 0.3, small.left(), 8);
    assertNear(large.bottom() * 0.3, small.bottom(), 8);
  }

  @Test
  void findsNoneInPicturesOfThings() throws Exception {
    assertEquals(List.of(), faces("coffee.png", 1));
  }

  @Test
  void keepsTheSquareWithinThePicture() throws Exception {
    Face face = faces("astronaut.png", 1).get(0);
    Face.Square square = face.square(230, 120);
    assertEquals(120, square.side());
    assertTrue(square.x() >= 0 && square.x() + square.side() <= 230, square.toString());
    assertEquals(0, square.y());
  }

  private static void assertNear(double expected, double actual, double tolerance) {
    assertEquals(expected, actual, tolerance);
  }

  private static List<Face> faces(String sample, double scale) throws Exception {
    Source source = Source.of(SAMPLES.resolve(sample), sample);
    try (OpenedMedia media = MediaOpener.open(source, Limits.defaults())) {
      Picture picture = media.frames().get(0).picture();
      return detector.find(scale == 1 ? picture : new Smaller(picture, scale));
    }
  }

  /** A picture shown smaller. */
  private record Smaller(Picture picture, double scale) implements Picture {

    @Override
    public int width() {
      return (int) (picture.width() * scale);
    }

    @Override
    public int height() {
      return (int) (picture.height() * scale);
    }

    @Override
    public byte[] rgb(int x, int y, int width, int height) {
      return rgb(x, y, width, height, width, height);
    }

    @Override
    public byte[] rgb(int x, int y, int width, int height, int toWidth, int toHeight) {
      assertTrue(x == 0 && y == 0 && width == width() && height == height(), "all of it");
      return picture.rgb(0, 0, picture.width(), picture.height(), toWidth, toHeight);
    }
  }
}
