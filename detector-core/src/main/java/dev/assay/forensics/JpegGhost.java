package dev.assay.forensics;

import dev.assay.Sentence;
import dev.assay.spi.Picture;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * JPEG ghosts (Farid, "Exposing Digital Forgeries from JPEG Ghosts", IEEE TIFS 2009): the picture
 * is saved at many qualities, and a part that was saved at one of them before changes least there.
 *
 * <p>The map shows, for each place, which quality changes it least against its neighbours: black is
 * none, dark is low. A part that was saved at another quality than the rest stands out. Plain areas
 * say nothing, and a picture that was scaled or moved off its grid of blocks shows nothing.
 */
public final class JpegGhost {

  private static final int[] QUALITIES = {50, 55, 60, 65, 70, 75, 80, 85, 90};
  private static final int BLOCK = 16;
  private static final int UNKNOWN = -2;

  /** Mean squared change at the lowest quality below which a block is plain. */
  private static final float PLAIN = 4;

  private JpegGhost() {}

  /**
   * How much a picture changes by saving.
   *
   * @param qualities from 1 to 100
   * @param changes mean squared difference at each, of levels from 0 to 255
   */
  public record Curve(List<Integer> qualities, List<Double> changes) {
    public Curve {
      qualities = List.copyOf(qualities);
      changes = List.copyOf(changes);
    }

    /** Qualities at which it changes less than at both neighbours: at which it may have been. */
    public List<Integer> dips() {
      List<Integer> dips = new ArrayList<>();
      for (int i = 1; i + 1 < changes.size(); i++) {
        if (changes.get(i) < 0.9 * changes.get(i - 1) && changes.get(i) < changes.get(i + 1)) {
          dips.add(qualities.get(i));
        }
      }
      return dips;
    }
  }

  /** The change of the middle of a picture at every quality from 40 to 98, in steps of two. */
  public static Curve curve(Picture picture) {
    RgbRaster sheet = RgbRaster.of(picture, 512 * 512);
    List<Integer> qualities = new ArrayList<>();
    List<Double> changes = new ArrayList<>();
    for (int quality = 40; quality <= 98; quality += 2) {
      byte[] again = Images.throughJpeg(sheet.rgb(), sheet.width(), sheet.height(), quality);
      double sum = 0;
      for (int i = 0; i < again.length; i++) {
        int difference = (again[i] & 0xFF) - (sheet.rgb()[i] & 0xFF);
        sum += difference * difference;
      }
      qualities.add(quality);
      changes.add(sum / again.length);
    }
    return new Curve(qualities, changes);
  }

  /**
   * A part whose JPEG history differs from that of the rest.
   *
   * @param x left edge, in pixels of the picture
   * @param y top edge, in pixels of the picture
   * @param width in pixels
   * @param height in pixels
   * @param score how clearly it differs; 0 says nothing
   */
  public record Part(int x, int y, int width, int height, double score) {}

  /**
   * The part of a picture that differs most from the rest in the quality at which it may have been
   * saved before. There is always one: only its score tells whether it means something.
   *
   * @return empty where too little of the picture has texture
   */
  public static Optional<Part> part(Picture picture) {
    RgbRaster sheet = RgbRaster.of(picture, ForensicMaps.MAX_PIXELS / 2);
    int wide = Math.max(1, sheet.width() / BLOCK);
    int high = Math.max(1, sheet.height() / BLOCK);
    float[][] changes = changes(sheet, wide, high);
    int[] counts = new int[QUALITIES.length + 1];
    int[] best = new int[wide * high];
    for (int block = 0; block < best.length; block++) {
      boolean plain = changes[0][block] < PLAIN * BLOCK * BLOCK * 3;
      best[block] = plain ? UNKNOWN : least(changes, block);
      if (!plain) {
        counts[best[block] + 1]++;
      }
    }
    int usual = 0;
    for (int i = 1; i < counts.length; i++) {
      usual = counts[i] > counts[usual] ? i : usual;
    }
    byte[] odd = new byte[best.length];
    for (int block = 0; block < best.length; block++) {
      // The neighbouring quality is within the error of a block.
      boolean same = Math.abs(best[block] + 1 - usual) <= (usual == 0 ? 0 : 1);
      odd[block] = (byte) (best[block] == UNKNOWN ? -1 : same ? 0 : 1);
    }
    return OddWindow.of(odd, wide, high)
        .map(
            window ->
                new Part(
                    sheet.x() + BLOCK * window.column(),
                    sheet.y() + BLOCK * window.row(),
                    BLOCK * window.columns(),
                    BLOCK * window.rows(),
                    window.score()));
  }

  private static float[][] changes(RgbRaster sheet, int wide, int high) {
    float[][] changes = new float[QUALITIES.length][];
    for (int i = 0; i < QUALITIES.length; i++) {
      byte[] again = Images.throughJpeg(sheet.rgb(), sheet.width(), sheet.height(), QUALITIES[i]);
      changes[i] = blocks(sheet, again, wide, high);
    }
    return changes;
  }

  /** The map of a picture, of the middle 2 megapixels where it is larger. */
  public static ForensicMap of(Picture picture) {
    RgbRaster sheet = RgbRaster.of(picture, ForensicMaps.MAX_PIXELS / 2);
    int wide = Math.max(1, sheet.width() / BLOCK);
    int high = Math.max(1, sheet.height() / BLOCK);
    float[][] changes = changes(sheet, wide, high);
    float[] values = new float[sheet.width() * sheet.height()];
    for (int y = 0; y < sheet.height(); y++) {
      for (int x = 0; x < sheet.width(); x++) {
        int block = Math.min(high - 1, y / BLOCK) * wide + Math.min(wide - 1, x / BLOCK);
        values[y * sheet.width() + x] = shade(least(changes, block));
      }
    }
    List<Integer> dips = curve(picture).dips();
    return ForensicMap.heat(
        sheet.width(),
        sheet.height(),
        values,
        dips.isEmpty()
            ? Sentence.of(
                "At no quality does the picture as a whole change less than at its"
                    + " neighbours.")
            : Sentence.of(
                "The picture changes least at quality {0}: it may have been saved so before.",
                dips.get(dips.size() - 1)));
  }

  private static float[] blocks(RgbRaster sheet, byte[] again, int wide, int high) {
    float[] sums = new float[wide * high];
    for (int y = 0; y < sheet.height(); y++) {
      for (int x = 0; x < sheet.width(); x++) {
        int at = 3 * (y * sheet.width() + x);
        int block = Math.min(high - 1, y / BLOCK) * wide + Math.min(wide - 1, x / BLOCK);
        for (int c = at; c < at + 3; c++) {
          int difference = (again[c] & 0xFF) - (sheet.rgb()[c] & 0xFF);
          sums[block] += difference * difference;
        }
      }
    }
    return sums;
  }

  /** Dark where no quality stands out, then from low to high. */
  private static float shade(int quality) {
    return quality < 0 ? 0 : 0.25f + 0.75f * quality / (QUALITIES.length - 1);
  }

  /** Where the change of a block falls furthest below that of a smooth curve; -1 if nowhere. */
  private static int least(float[][] changes, int block) {
    int best = -1;
    double deepest = 0;
    for (int i = 1; i + 1 < QUALITIES.length; i++) {
      double expected = (changes[i - 1][block] + changes[i + 1][block]) / 2;
      double depth = expected <= 0 ? 0 : (expected - changes[i][block]) / expected;
      if (depth > Math.max(0.15, deepest)) {
        deepest = depth;
        best = i;
      }
    }
    return best;
  }
}
