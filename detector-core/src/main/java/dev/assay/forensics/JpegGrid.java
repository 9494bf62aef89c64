package dev.assay.forensics;

import dev.assay.Sentence;
import dev.assay.spi.Picture;
import java.util.Locale;

/**
 * The grid of 8 by 8 blocks that JPEG leaves (Fan and de Queiroz, IEEE TIP 2003): how much stronger
 * the steps between rows and columns are at one of the eight places than at the others.
 *
 * <p>A grid that does not begin at the corner says that the picture was cropped, or that this part
 * came from elsewhere, after it was JPEG. Bright is where steps lie on the picture's grid. At high
 * quality, after scaling or blurring no grid is left.
 */
public final class JpegGrid {

  private static final int PERIOD = 8;
  private static final int BLOCK = 64;

  private JpegGrid() {}

  /** The map of a picture: the share of steps on the grid in blocks of 64 by 64 pixels. */
  public static ForensicMap of(Picture picture) {
    RgbRaster sheet = RgbRaster.of(picture, ForensicMaps.MAX_PIXELS);
    float[] luma = sheet.luma();
    double[] columns = new double[PERIOD];
    double[] rows = new double[PERIOD];
    int wide = Math.max(1, sheet.width() / BLOCK);
    int high = Math.max(1, sheet.height() / BLOCK);
    float[][] local = new float[wide * high][PERIOD];
    for (int y = 1; y < sheet.height() - 2; y++) {
      for (int x = 1; x < sheet.width() - 2; x++) {
        int at = y * sheet.width() + x;
        // The second difference across a border of blocks is large, within them small.
        float across = step(luma[at - 1], luma[at], luma[at + 1], luma[at + 2]);
        float down =
            step(
                luma[at - sheet.width()],
                luma[at],
                luma[at + sheet.width()],
                luma[at + 2 * sheet.width()]);
        int column = (x + 1 + sheet.x()) % PERIOD;
        int row = (y + 1 + sheet.y()) % PERIOD;
        columns[column] += across;
        rows[row] += down;
        int block = Math.min(high - 1, y / BLOCK) * wide + Math.min(wide - 1, x / BLOCK);
        local[block][column] += across;
      }
    }
    int left = strongest(columns);
    int top = strongest(rows);
    float[] values = new float[sheet.width() * sheet.height()];
    for (int y = 0; y < sheet.height(); y++) {
      for (int x = 0; x < sheet.width(); x++) {
        int block = Math.min(high - 1, y / BLOCK) * wide + Math.min(wide - 1, x / BLOCK);
        float sum = 1e-3f;
        for (float value : local[block]) {
          sum += value;
        }
        values[y * sheet.width() + x] = (local[block][left] / sum - 1f / PERIOD) * 4;
      }
    }
    double strength = (strength(columns, left) + strength(rows, top)) / 2;
    return ForensicMap.heat(
        sheet.width(),
        sheet.height(),
        values,
        strength < 1.1
            ? Sentence.of("No grid of JPEG blocks stands out.")
            : Sentence.of(
                "A grid of JPEG blocks begins at column {0}, row {1}, {2} times as strong as"
                    + " between its lines.",
                left, top, String.format(Locale.ROOT, "%.2f", strength)));
  }

  private static float step(float before, float here, float next, float after) {
    return Math.min(20, Math.abs((next - here) - (here - before + after - next) / 2));
  }

  private static int strongest(double[] sums) {
    int best = 0;
    for (int i = 1; i < sums.length; i++) {
      if (sums[i] > sums[best]) {
        best = i;
      }
    }
    return best;
  }

  private static double strength(double[] sums, int best) {
    double others = 0;
    for (int i = 0; i < sums.length; i++) {
      others += i == best ? 0 : sums[i];
    }
    return others <= 0 ? 0 : sums[best] * (sums.length - 1) / others;
  }
}
