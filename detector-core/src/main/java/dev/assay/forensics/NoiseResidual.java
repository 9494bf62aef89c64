package dev.assay.forensics;

import dev.assay.Sentence;
import dev.assay.spi.Picture;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The noise that a median of 3 by 3 pixels takes away (a simple denoiser; Lukas, Fridrich and
 * Goljan, IEEE TIFS 2006, use a wavelet one for the sensor's pattern).
 *
 * <p>Grey is none. Sensors leave even grain over the whole picture, stronger in the dark; pasted,
 * smoothed or generated parts can have another grain. Compression and scaling take grain away
 * everywhere.
 */
public final class NoiseResidual {

  private static final float GAIN = 8;

  private NoiseResidual() {}

  /** The map of a picture: the residual eight times enlarged around middle grey. */
  public static ForensicMap of(Picture picture) {
    RgbRaster sheet = RgbRaster.of(picture, ForensicMaps.MAX_PIXELS);
    float[] luma = sheet.luma();
    float[] residual = of(luma, sheet.width(), sheet.height());
    byte[] rgb = new byte[3 * luma.length];
    double squares = 0;
    for (int i = 0; i < luma.length; i++) {
      squares += residual[i] * residual[i];
      byte grey = (byte) Math.max(0, Math.min(255, Math.round(128 + GAIN * residual[i])));
      rgb[3 * i] = grey;
      rgb[3 * i + 1] = grey;
      rgb[3 * i + 2] = grey;
    }
    return new ForensicMap(
        sheet.width(),
        sheet.height(),
        rgb,
        Optional.of(
            Sentence.of(
                "Standard deviation of the residual: {0} of 255 levels.",
                String.format(Locale.ROOT, "%.2f", Math.sqrt(squares / luma.length)))));
  }

  /** What the median takes away from each pixel; 0 at the edges. */
  static float[] of(float[] luma, int width, int height) {
    float[] residual = new float[luma.length];
    float[] window = new float[9];
    for (int y = 1; y < height - 1; y++) {
      for (int x = 1; x < width - 1; x++) {
        int at = y * width + x;
        for (int row = 0; row < 3; row++) {
          System.arraycopy(luma, at + (row - 1) * width - 1, window, 3 * row, 3);
        }
        Arrays.sort(window);
        residual[at] = luma[at] - window[4];
      }
    }
    return residual;
  }
}
