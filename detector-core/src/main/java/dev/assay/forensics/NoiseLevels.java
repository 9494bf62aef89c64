package dev.assay.forensics;

import dev.assay.Sentence;
import dev.assay.spi.Picture;
import java.util.Arrays;
import java.util.Locale;

/**
 * The strength of the noise from place to place (Immerkaer, "Fast Noise Variance Estimation",
 * 1996), in blocks of 32 by 32 pixels.
 *
 * <p>Bright is strong, against the middle of the picture's own range. A part from another source
 * can have another level; but so have sky, skin, blurred background and texture, which counts as
 * noise here.
 */
public final class NoiseLevels {

  private static final int BLOCK = 32;

  private NoiseLevels() {}

  /** The map of a picture; the 95th percentile of the blocks is as bright as it gets. */
  public static ForensicMap of(Picture picture) {
    RgbRaster sheet = RgbRaster.of(picture, ForensicMaps.MAX_PIXELS);
    float[] luma = sheet.luma();
    int wide = Math.max(1, sheet.width() / BLOCK);
    int high = Math.max(1, sheet.height() / BLOCK);
    float[] levels = new float[wide * high];
    for (int row = 0; row < high; row++) {
      for (int column = 0; column < wide; column++) {
        levels[row * wide + column] = level(luma, sheet, column * BLOCK, row * BLOCK);
      }
    }
    float[] sorted = levels.clone();
    Arrays.sort(sorted);
    float top = Math.max(0.01f, sorted[(int) (0.95 * (sorted.length - 1))]);
    float[] values = new float[sheet.width() * sheet.height()];
    for (int y = 0; y < sheet.height(); y++) {
      for (int x = 0; x < sheet.width(); x++) {
        int block = Math.min(high - 1, y / BLOCK) * wide + Math.min(wide - 1, x / BLOCK);
        values[y * sheet.width() + x] = levels[block] / top;
      }
    }
    return ForensicMap.heat(
        sheet.width(),
        sheet.height(),
        values,
        Sentence.of(
            "Noise of a block in the middle of the range: {0} levels; nine in ten lie"
                + " between {1} and {2}.",
            String.format(Locale.ROOT, "%.2f", sorted[sorted.length / 2]),
            String.format(Locale.ROOT, "%.2f", sorted[sorted.length / 20]),
            String.format(Locale.ROOT, "%.2f", sorted[(int) (0.95 * (sorted.length - 1))])));
  }

  private static float level(float[] luma, RgbRaster sheet, int left, int top) {
    int right = Math.min(sheet.width(), left + BLOCK) - 1;
    int bottom = Math.min(sheet.height(), top + BLOCK) - 1;
    int width = sheet.width();
    double sum = 0;
    int count = 0;
    for (int y = top + 1; y < bottom; y++) {
      for (int x = left + 1; x < right; x++) {
        int at = y * width + x;
        sum +=
            Math.abs(
                luma[at - width - 1]
                    - 2 * luma[at - width]
                    + luma[at - width + 1]
                    - 2 * luma[at - 1]
                    + 4 * luma[at]
                    - 2 * luma[at + 1]
                    + luma[at + width - 1]
                    - 2 * luma[at + width]
                    + luma[at + width + 1]);
        count++;
      }
    }
    return count == 0 ? 0 : (float) (Math.sqrt(Math.PI / 2) * sum / (6.0 * count));
  }
}
