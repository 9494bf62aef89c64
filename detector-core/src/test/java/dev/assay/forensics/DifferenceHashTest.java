package dev.assay.forensics;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class DifferenceHashTest {

  private static final Path SAMPLES = Path.of("../datasets/samples");

  private static BufferedImage image(String name) throws IOException {
    return ImageIO.read(SAMPLES.resolve(name).toFile());
  }

  private static BufferedImage drawn(BufferedImage image, int width, int height, int quarters) {
    BufferedImage result = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = result.createGraphics();
    graphics.translate(width / 2.0, height / 2.0);
    graphics.rotate(quarters * Math.PI / 2);
    graphics.scale(
        (double) (quarters % 2 == 0 ? width : height) / image.getWidth(),
        (double) (quarters % 2 == 0 ? height : width) / image.getHeight());
    graphics.translate(-image.getWidth() / 2.0, -image.getHeight() / 2.0);
    graphics.drawImage(image, 0, 0, null);
    graphics.dispose();
    return result;
  }

  private static int distance(BufferedImage picture, BufferedImage copy) throws IOException {
    return DifferenceHash.distance(new Pixels(picture), Images.jpeg(copy, 60)).orElseThrow();
  }

  @Test
  void aSmallCopyIsNear() throws IOException {
    for (String name : new String[] {"astronaut.png", "chelsea.png", "coffee.png", "rocket.jpg"}) {
      BufferedImage image = image(name);
      int distance = distance(image, drawn(image, 160, 120, 0));
      assertTrue(distance <= 6, name + " " + distance);
    }
  }

  @Test
  void aTurnedCopyIsNear() throws IOException {
    BufferedImage image = image("chelsea.png");
    assertTrue(distance(image, drawn(image, 120, 160, 1)) <= 8);
  }

  @Test
  void anotherPictureIsFar() throws IOException {
    assertTrue(distance(image("astronaut.png"), image("coffee.png")) >= 14);
  }

  @Test
  void aPaintedOverPictureIsFurtherThanTheSame() throws IOException {
    BufferedImage image = image("astronaut.png");
    BufferedImage changed = drawn(image, image.getWidth(), image.getHeight(), 0);
    Graphics2D graphics = changed.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(100, 0, 250, 400);
    graphics.dispose();
    int same = distance(image, drawn(image, 160, 160, 0));
    int painted = distance(image, drawn(changed, 160, 160, 0));
    assertTrue(painted > same + 4, painted + " " + same);
  }
}
