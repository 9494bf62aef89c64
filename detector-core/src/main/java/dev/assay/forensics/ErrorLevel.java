package dev.assay.forensics;

import dev.assay.Sentence;
import dev.assay.spi.Picture;
import java.util.Locale;

/**
 * Error level analysis (Krawetz, "A Picture's Worth", 2007): how much each pixel changes when the
 * picture is saved once more as JPEG.
 *
 * <p>Bright is much. Edges and texture are always brighter than plain areas. A part that was pasted
 * from elsewhere can stand out against others of like texture, if the picture was saved only once
 * since. After several savings, scaling, or on messengers nothing is left to see.
 */
public final class ErrorLevel {

  private static final int QUALITY = 90;
  private static final float GAIN = 14;

  private ErrorLevel() {}

  /**
   * The map of a picture: the mean difference over the channels, where 18 of 255 levels are as
   * bright as it gets.
   */
  public static ForensicMap of(Picture picture) {
    RgbRaster sheet = RgbRaster.of(picture, ForensicMaps.MAX_PIXELS);
    byte[] again = Images.throughJpeg(sheet.rgb(), sheet.width(), sheet.height(), QUALITY);
    float[] values = new float[sheet.width() * sheet.height()];
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      int difference = 0;
      for (int c = 3 * i; c < 3 * i + 3; c++) {
        difference += Math.abs((again[c] & 0xFF) - (sheet.rgb()[c] & 0xFF));
      }
      values[i] = difference / 3f * GAIN / 255;
      sum += difference / 3.0;
    }
    return ForensicMap.heat(
        sheet.width(),
        sheet.height(),
        values,
        Sentence.of(
            "Mean change by saving at quality {0}: {1} of 255 levels.",
            QUALITY, String.format(Locale.ROOT, "%.2f", sum / values.length)));
  }
}
