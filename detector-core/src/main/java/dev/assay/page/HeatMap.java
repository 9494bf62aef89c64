package dev.assay.page;

import dev.assay.Region;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * What a model says of places all over a picture, as a picture to lay over it: orange where a crop
 * speaks for synthetic media, or for changed, blue where it speaks against, stronger where it says
 * more. Each pixel shows the mean over the crops, weighed by how near their middles are.
 */
final class HeatMap {

  private static final int LONGEST = 160;

  /** The log-likelihood ratio that is shown at full strength. */
  private static final double FULL = 3;

  /** How far the middle of a crop may be, in its own sizes, to count at all. */
  private static final double FAR = 3;

  private static final int MOST_OPAQUE = 200;
  private static final int SYNTHETIC = 0xE66100;
  private static final int REAL = 0x1A6FB5;

  private HeatMap() {}

  static PagePictures.HeatPicture of(List<Region> regions, int width, int height) {
    double share = Math.min(1, LONGEST / (double) Math.max(width, height));
    int columns = Math.max(1, (int) Math.round(width * share));
    int rows = Math.max(1, (int) Math.round(height * share));
    BufferedImage image = new BufferedImage(columns, rows, BufferedImage.TYPE_INT_ARGB);
    for (int y = 0; y < rows; y++) {
      for (int x = 0; x < columns; x++) {
        double ratio = at(regions, (x + 0.5) / columns * width, (y + 0.5) / rows * height);
        double strength = Math.min(1, Math.abs(ratio) / FULL);
        int colour = ratio > 0 ? SYNTHETIC : REAL;
        image.setRGB(x, y, (int) Math.round(MOST_OPAQUE * strength) << 24 | colour);
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new PagePictures.HeatPicture(
        out.toByteArray(),
        regions.stream().mapToDouble(Region::logLikelihoodRatio).min().orElse(0),
        regions.stream().mapToDouble(Region::logLikelihoodRatio).max().orElse(0),
        regions.size());
  }

  private static double at(List<Region> regions, double x, double y) {
    double sum = 0;
    double weights = 0;
    for (Region region : regions) {
      double across = (x - region.x() - region.width() / 2.0) / region.width();
      double down = (y - region.y() - region.height() / 2.0) / region.height();
      if (Math.abs(across) > FAR || Math.abs(down) > FAR) {
        continue;
      }
      double weight = Math.exp(-2 * (across * across + down * down));
      sum += weight * region.logLikelihoodRatio();
      weights += weight;
    }
    return weights < 1e-12 ? 0 : sum / weights;
  }
}
