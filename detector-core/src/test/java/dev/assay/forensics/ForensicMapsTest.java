package dev.assay.forensics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.spi.Picture;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each map on pictures of which it is known what it ought to show. */
class ForensicMapsTest {

  /** A picture in an array. */
  private static BufferedImage photograph() throws IOException {
    BufferedImage read = ImageIO.read(Path.of("../datasets/samples/chelsea.png").toFile());
    return Images.of(Images.rgb(read), read.getWidth(), read.getHeight());
  }

  private static BufferedImage jpeg(BufferedImage image, int quality) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(Images.jpeg(image, quality)));
  }

  /** Mean of the three channels over a part of a map. */
  private static double mean(ForensicMap map, int x, int y, int width, int height) {
    double sum = 0;
    for (int row = y; row < y + height; row++) {
      for (int i = 3 * (row * map.width() + x); i < 3 * (row * map.width() + x + width); i++) {
        sum += map.rgb()[i] & 0xFF;
      }
    }
    return sum / (3.0 * width * height);
  }

  @ParameterizedTest
  @EnumSource(ForensicMaps.class)
  void everyMapIsAPictureOfAnySize(ForensicMaps map) throws IOException {
    for (int[] size : new int[][] {{1, 1}, {7, 3}, {40, 9}, {64, 64}, {200, 31}}) {
      Picture picture =
          new Pixels(new BufferedImage(size[0], size[1], BufferedImage.TYPE_3BYTE_BGR));
      BufferedImage shown = ImageIO.read(new ByteArrayInputStream(map.of(picture).png()));
      assertTrue(shown.getWidth() > 0);
    }
    ForensicMap of = map.of(new Pixels(photograph()));
    assertTrue(of.finding().orElseThrow().text().endsWith("."), of.finding().orElseThrow().text());
    assertEquals(map, ForensicMaps.named(map.code()).orElseThrow());
  }

  @Test
  void errorLevelsShowAPartThatWasNotSavedBefore() throws IOException {
    BufferedImage saved = jpeg(jpeg(photograph(), 60), 90);
    BufferedImage fresh = photograph();
    for (int y = 96; y < 192; y++) {
      for (int x = 160; x < 288; x++) {
        saved.setRGB(x, y, fresh.getRGB(x, y));
      }
    }
    ForensicMap map = ErrorLevel.of(new Pixels(saved));
    ForensicMap whole = ErrorLevel.of(new Pixels(jpeg(jpeg(photograph(), 60), 90)));
    assertTrue(mean(map, 160, 96, 128, 96) > 1.5 * mean(whole, 160, 96, 128, 96));
    assertEquals(mean(whole, 0, 200, 100, 90), mean(map, 0, 200, 100, 90), 3);
  }

  @Test
  void ghostsTellTheQualityOfAnEarlierSaving() throws IOException {
    JpegGhost.Curve curve = JpegGhost.curve(new Pixels(jpeg(jpeg(photograph(), 70), 96)));
    assertTrue(curve.dips().contains(70), curve.dips().toString());
    assertTrue(JpegGhost.curve(new Pixels(photograph())).dips().isEmpty());
  }

  @Test
  void theGridIsFoundWhereItBegins() throws IOException {
    BufferedImage saved = jpeg(photograph(), 40);
    assertTrue(
        JpegGrid.of(new Pixels(saved)).finding().orElseThrow().text().contains("column 0, row 0"),
        JpegGrid.of(new Pixels(saved)).finding().orElseThrow().text());
    BufferedImage cropped = saved.getSubimage(3, 5, 400, 280);
    assertTrue(
        JpegGrid.of(new Pixels(cropped)).finding().orElseThrow().text().contains("column 5, row 3"),
        JpegGrid.of(new Pixels(cropped)).finding().orElseThrow().text());
    assertTrue(
        JpegGrid.of(new Pixels(photograph())).finding().orElseThrow().text().startsWith("No grid"));
  }

  @Test
  void noiseShowsWhereItIs() {
    BufferedImage image = new BufferedImage(256, 128, BufferedImage.TYPE_3BYTE_BGR);
    Random random = new Random(3);
    for (int y = 0; y < 128; y++) {
      for (int x = 0; x < 256; x++) {
        int grey = 120 + x / 16 + (x < 128 ? 0 : (int) (8 * random.nextGaussian()));
        image.setRGB(x, y, grey << 16 | grey << 8 | grey);
      }
    }
    ForensicMap levels = NoiseLevels.of(new Pixels(image));
    assertTrue(mean(levels, 140, 10, 100, 100) > 5 * mean(levels, 10, 10, 100, 100));
    ForensicMap residual = NoiseResidual.of(new Pixels(image));
    assertEquals(128, mean(residual, 10, 10, 100, 100), 1);
  }

  @Test
  void aCopiedPartIsFoundTwice() throws IOException {
    BufferedImage image = photograph();
    ForensicMap untouched = CopyMove.of(new Pixels(image));
    assertTrue(
        untouched.finding().orElseThrow().text().startsWith("No part"),
        untouched.finding().orElseThrow().text());
    for (int y = 0; y < 70; y++) {
      for (int x = 0; x < 90; x++) {
        image.setRGB(20 + x, 200 + y, image.getRGB(230 + x, 80 + y));
      }
    }
    ForensicMap map = CopyMove.of(new Pixels(image));
    assertTrue(mean(map, 40, 220, 50, 30) > 60, "the copy");
    assertTrue(mean(map, 250, 100, 50, 30) > 60, "the original");
    assertTrue(mean(map, 380, 20, 50, 30) < 30, "elsewhere");
  }

  @Test
  void theSpectrumShowsALatticeAndTheFallOfAPhotograph() throws IOException {
    List<Double> photograph = Spectrum.azimuthal(new Pixels(photograph()));
    assertTrue(photograph.get(8) > photograph.get(60) + 3);
    assertTrue(Spectrum.fall(new Pixels(photograph())).isEmpty(), "too small to compare");
    BufferedImage plain = new BufferedImage(600, 512, BufferedImage.TYPE_3BYTE_BGR);
    assertEquals(
        Spectrum.OF_CAMERAS.get(1).size(), Spectrum.fall(new Pixels(plain)).orElseThrow().size());
    BufferedImage lattice = photograph();
    for (int y = 0; y < lattice.getHeight(); y++) {
      for (int x = 0; x < lattice.getWidth(); x++) {
        int green = (lattice.getRGB(x, y) >> 8 & 0xFF) / 2 + (x % 2 == 0 ? 0 : 60);
        lattice.setRGB(x, y, green << 8);
      }
    }
    List<Double> marked = Spectrum.azimuthal(new Pixels(lattice));
    int last = marked.size() - 1;
    assertTrue(marked.get(last) - marked.get(60) > photograph.get(last) - photograph.get(60));
  }
}
