package dev.assay.known;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.Image;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Held to the authors' implementation on pictures made here, and to their published hashes. */
class PdqHashTest {

  /** What rounding may change. */
  private static final int ROUNDING = 2;

  private static byte[] made(int width, int height, int kind) {
    byte[] rgb = new byte[width * height * 3];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int at = 3 * (y * width + x);
        int circles =
            ((x - width / 2) * (x - width / 2) + (y - height / 3) * (y - height / 3)) / 50 % 256;
        rgb[at] =
            (byte)
                switch (kind) {
                  case 0 -> (x * 7 + y * 3) % 256;
                  case 1 -> (x / 37 + y / 23) % 2 == 0 ? 220 : 30;
                  default -> circles;
                };
        rgb[at + 1] =
            (byte)
                switch (kind) {
                  case 0 -> (x * x / 97 + y) % 256;
                  case 1 -> x * 255 / width;
                  default -> circles;
                };
        rgb[at + 2] =
            (byte)
                switch (kind) {
                  case 0 -> x * y / 31 % 256;
                  case 1 -> y * 255 / height;
                  default -> circles;
                };
      }
    }
    return rgb;
  }

  @ParameterizedTest
  @CsvSource({
    "0, ef0000963f1f2ffffc00402af0fe01ff3fc0f0001ffe707fe3f08f00ffa08f00,"
        + " ba5555416a4b7aaaa955155fa56b54aa6a95a55542a9252ab6a5da55aa55da55",
    "1, 15571fd715551d5715551d5715551d5715551d57155515571555155715551557,"
        + " caaacaa2caaacaa2caaacaaacaaacaaacaaacaaacaaacaaacaaecaaacaaecaaa",
    "2, 6d887dc259a2e79d659d619d9f62862886087df65d775977a488a088a1885f77,"
        + " 38dd28970cf7b2c830c835c8ca37d37dd75d28a308220c22f5ddf5ddf4dd0a23",
  })
  void agreesWithTheAuthorsImplementation(int kind, String hash, String mirrored) {
    PdqHash.Pair pair = PdqHash.both(made(512, 512, kind), 512, 512);
    assertEquals(100, pair.upright().quality());
    close(hash, pair.upright(), ROUNDING);
    close(mirrored, pair.mirrored(), ROUNDING);
  }

  private static void close(String expected, PdqHash hash, int most) {
    int distance = hash.distance(PdqHash.parse(expected, 0));
    assertTrue(distance <= most, () -> hash.hex() + " is " + distance + " off " + expected);
  }

  @Test
  void readsAndWritesWhatListsHold() {
    String hex = "f8f8f0cee0f4a84f06370a22038f63f0b36e2ed596621e1d33e6b39c4e9c9b22";
    assertEquals(hex, PdqHash.parse(hex, 100).hex());
    assertEquals(0xf8f8f0cee0f4a84fL, PdqHash.parse(hex, 100).bits192());
    assertThrows(IllegalArgumentException.class, () -> PdqHash.parse(hex + "0", 100));
    assertThrows(IllegalArgumentException.class, () -> PdqHash.parse("x" + hex.substring(1), 100));
    assertThrows(IllegalArgumentException.class, () -> PdqHash.parse(hex, 101));
  }

  @Test
  void halfOfTheBitsAreSetAndQualityTellsEmptyPictures() {
    PdqHash full = PdqHash.both(made(200, 300, 0), 200, 300).upright();
    assertEquals(128, full.distance(new PdqHash(0, 0, 0, 0, 0)));
    assertTrue(full.tells());
    assertEquals(0, PdqHash.both(new byte[3 * 100 * 100], 100, 100).upright().quality());
    assertEquals(0, PdqHash.both(new byte[3 * 4 * 100], 4, 100).upright().quality());
  }

  /**
   * The pictures and hashes that the authors publish (github.com/facebook/ThreatExchange, folder
   * pdq/data), where a folder of them is named by {@code -Dassay.pdq}. Their own implementations
   * may differ by ten bits.
   */
  @ParameterizedTest
  @CsvSource({
    "misc-images/c.png, e64cc9d91e623842f8d1f1d9a398e78c9f199a3bd87924f2b7e11e0bf061b064",
    "labelme-subset/q0003.jpg, 54a977c221d14c1c43ba5e6e21d4a13989a3553f1462611cbb85fda7be83b677",
    "labelme-subset/q0004.jpg, 992d44af36d69e6ca6b812585928bac11def254ef5398c6d07466c9abcc65b92",
    "labelme-subset/q0122.jpg, cfb2009ddd21c6dab0046a7745b5984757a8a4535b3377aea2591d32b33ff940",
    "labelme-subset/q0291.jpg, a0fe94f1e5cc1cc8dd855948498dc9243f7ca27336f036d7f212b74bc103c9a7",
    "labelme-subset/q1050.jpg, 489db672e9190276d452aeab41eba20f02375fe4092d88defdf491a5c55c5f70",
    "labelme-subset/q2821.jpg, b150231ffae4710ffcf4f18bb574b109a576f14bb8543189f8743289f174b109",
    "dih/bridge-1-original.jpg, d8f8f0cce0f4a84f0e370a22028f67f0b36e2ed596623e1d33e6b39c4e9c9b22",
    "dih/bridge-2-rotate-90.jpg, 38a50efd71c83f429013d68d0ffffc52e34e0e15ada952a9d29684214aa9e5af",
    "dih/bridge-5-flipx.jpg, d8f80f31e0f417b00e37f5dd028f980fb36ed12a9662c1e233e64c634e9c64dd",
  })
  void agreesWithThePublishedHashes(String name, String hash) throws IOException {
    String folder = System.getProperty("assay.pdq", "");
    assumeTrue(!folder.isEmpty(), "no published pictures: name their folder by -Dassay.pdq");
    File direct = Path.of(folder, name).toFile();
    File file = direct.exists() ? direct : Path.of(folder, "reg-test-input", name).toFile();
    BufferedImage image = ImageIO.read(file);
    close(hash, PdqHash.of(new ImagePicture(image)), 10);
  }

  @Test
  void theMirroredHashIsThatOfTheMirroredPicture() {
    byte[] rgb = made(300, 220, 0);
    byte[] turned = new byte[rgb.length];
    for (int i = 0; i < 220; i++) {
      for (int j = 0; j < 300; j++) {
        System.arraycopy(rgb, 3 * (i * 300 + j), turned, 3 * (i * 300 + 299 - j), 3);
      }
    }
    PdqHash.Pair pair = PdqHash.both(rgb, 300, 220);
    PdqHash mirrored = PdqHash.both(turned, 300, 220).upright();
    assertTrue(pair.mirrored().distance(mirrored) <= 16);
    assertTrue(pair.upright().distance(mirrored) > 60);
  }

  @Test
  void copiesKeepTheirHashAndOthersAreFarOff() throws IOException {
    List<PdqHash> hashes = new ArrayList<>();
    for (String name : List.of("astronaut.png", "coffee.png", "chelsea.png", "rocket.jpg")) {
      BufferedImage image = ImageIO.read(Path.of("../datasets/samples", name).toFile());
      PdqHash large = PdqHash.of(new ImagePicture(image));
      for (double scale : new double[] {0.75, 0.5, 0.25}) {
        assertTrue(large.distance(PdqHash.of(new ImagePicture(scaled(image, scale)))) <= 20, name);
      }
      hashes.forEach(other -> assertTrue(large.distance(other) > 80, name));
      hashes.add(large);
    }
  }

  private static BufferedImage scaled(BufferedImage image, double scale) {
    int width = (int) (image.getWidth() * scale);
    int height = (int) (image.getHeight() * scale);
    BufferedImage smaller = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    smaller
        .createGraphics()
        .drawImage(image.getScaledInstance(width, height, Image.SCALE_AREA_AVERAGING), 0, 0, null);
    return smaller;
  }
}
