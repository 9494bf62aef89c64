package dev.assay.forensics;

import dev.assay.spi.Picture;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import javax.imageio.ImageIO;

/**
 * How much two pictures differ at a glance: bits that differ of 64, each of which says which of two
 * neighbours of a 9 by 8 copy is the brighter one (Krawetz's difference hash). Copies of one
 * picture have up to about 10, strangers about 32.
 */
public final class DifferenceHash {

  private static final int COLUMNS = 9;
  private static final int ROWS = 8;
  private static final int QUARTERS = 4;

  private DifferenceHash() {}

  /**
   * Compares a picture with a small copy, in whichever of four positions fits best: cameras write
   * copies as the sensor lies.
   *
   * @param jpeg a file of our own making
   * @return 0 to 64; empty where the file cannot be read
   */
  public static Optional<Integer> distance(Picture picture, byte[] jpeg) throws IOException {
    BufferedImage copy = ImageIO.read(new ByteArrayInputStream(jpeg));
    if (copy == null) {
      return Optional.empty();
    }
    int width = 8 * COLUMNS;
    int height = 8 * ROWS;
    byte[] rgb = picture.rgb(0, 0, picture.width(), picture.height(), width, height);
    long wanted = hash(Images.of(rgb, width, height), 0);
    int least = Long.SIZE;
    for (int quarter = 0; quarter < QUARTERS; quarter++) {
      least = Math.min(least, Long.bitCount(wanted ^ hash(copy, quarter)));
    }
    return Optional.of(least);
  }

  /** Which of two neighbours is the brighter one, of the means of 9 by 8 parts of the image. */
  private static long hash(BufferedImage image, int quarters) {
    boolean turned = quarters % 2 == 1;
    int width = turned ? image.getHeight() : image.getWidth();
    int height = turned ? image.getWidth() : image.getHeight();
    double[] sums = new double[COLUMNS * ROWS];
    int[] counts = new int[COLUMNS * ROWS];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int cell = y * ROWS / height * COLUMNS + x * COLUMNS / width;
        sums[cell] += grey(turned(image, x, y, quarters));
        counts[cell]++;
      }
    }
    long bits = 0;
    for (int y = 0; y < ROWS; y++) {
      for (int x = 0; x + 1 < COLUMNS; x++) {
        int cell = y * COLUMNS + x;
        boolean brighter =
            sums[cell] / Math.max(1, counts[cell]) < sums[cell + 1] / Math.max(1, counts[cell + 1]);
        bits = bits << 1 | (brighter ? 1 : 0);
      }
    }
    return bits;
  }

  private static int turned(BufferedImage image, int x, int y, int quarters) {
    int right = image.getWidth() - 1;
    int bottom = image.getHeight() - 1;
    return switch (quarters) {
      case 0 -> image.getRGB(x, y);
      case 1 -> image.getRGB(y, bottom - x);
      case 2 -> image.getRGB(right - x, bottom - y);
      default -> image.getRGB(right - y, x);
    };
  }

  private static int grey(int rgb) {
    return 299 * (rgb >> 16 & 0xFF) + 587 * (rgb >> 8 & 0xFF) + 114 * (rgb & 0xFF);
  }
}
