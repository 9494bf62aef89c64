package dev.assay.internal.media;

import dev.assay.internal.colour.SrgbConversion;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.imgproc.Imgproc;

/** Brings decoded pixels into the colours of an ordinary screen, in strips of bounded size. */
final class ScreenColours {

  private static final int STRIP_PIXELS = 1 << 20;
  private static final int LEVELS = 256;

  private ScreenColours() {}

  /**
   * Converts a picture in place.
   *
   * @param bgr 8 bits, three channels, blue first; the three are equal where the conversion is of
   *     grey samples
   * @param conversion of grey or RGB samples; one of CMYK leaves the picture as it is
   */
  static void apply(Mat bgr, SrgbConversion conversion) {
    switch (conversion.channels()) {
      case 1 -> grey(bgr, conversion);
      case 3 -> colour(bgr, conversion);
      default -> {
        // The decoder has made RGB of it, which the profile says nothing about.
      }
    }
  }

  private static void colour(Mat bgr, SrgbConversion conversion) {
    Imgproc.cvtColor(bgr, bgr, Imgproc.COLOR_BGR2RGB);
    int rows = Math.max(1, STRIP_PIXELS / bgr.cols());
    for (int y = 0; y < bgr.rows(); y += rows) {
      Mat strip = bgr.rowRange(y, Math.min(y + rows, bgr.rows()));
      byte[] samples = new byte[3 * strip.rows() * strip.cols()];
      strip.get(0, 0, samples);
      strip.put(0, 0, conversion.converted(samples));
      strip.release();
    }
    Imgproc.cvtColor(bgr, bgr, Imgproc.COLOR_RGB2BGR);
  }

  private static void grey(Mat bgr, SrgbConversion conversion) {
    byte[] levels = new byte[LEVELS];
    for (int i = 0; i < LEVELS; i++) {
      levels[i] = (byte) i;
    }
    Mat table = new Mat(1, LEVELS, CvType.CV_8UC3);
    table.put(0, 0, conversion.converted(levels));
    try {
      Core.LUT(bgr, table, bgr);
    } finally {
      table.release();
    }
  }
}
