package dev.assay.forensics;

import dev.assay.Sentence;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import javax.imageio.ImageIO;

/**
 * A map as a picture.
 *
 * @param width in pixels
 * @param height in pixels
 * @param rgb {@code width * height * 3} bytes, row by row, red first
 * @param finding what was measured, with figures
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares maps.
public record ForensicMap(int width, int height, byte[] rgb, Optional<Sentence> finding) {

  /** From dark violet over red to light yellow, for values from 0 to 1. */
  private static final int[][] HEAT = {
    {0, 0, 4},
    {40, 11, 84},
    {101, 21, 110},
    {159, 42, 99},
    {212, 72, 66},
    {245, 125, 21},
    {250, 193, 39},
    {252, 255, 164}
  };

  public ForensicMap {
    if (rgb.length != 3L * width * height) {
      throw new IllegalArgumentException("pixels do not fit " + width + " x " + height);
    }
  }

  /**
   * A map of values in colours from dark to light.
   *
   * @param values {@code width * height} values, row by row; those beyond 0 to 1 are cut off
   */
  static ForensicMap heat(int width, int height, float[] values, Sentence finding) {
    return heat(width, height, values, Optional.of(finding));
  }

  /** The same where there may be nothing to say of it. */
  public static ForensicMap heat(
      int width, int height, float[] values, Optional<Sentence> finding) {
    byte[] rgb = new byte[3 * values.length];
    for (int i = 0; i < values.length; i++) {
      float place = Math.max(0, Math.min(1, values[i])) * (HEAT.length - 1);
      int step = Math.min(HEAT.length - 2, (int) place);
      float share = place - step;
      for (int c = 0; c < 3; c++) {
        float value = HEAT[step][c] * (1 - share) + HEAT[step + 1][c] * share;
        rgb[3 * i + c] = (byte) Math.round(value);
      }
    }
    return new ForensicMap(width, height, rgb, finding);
  }

  /** The map as a PNG file. */
  public byte[] png() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(Images.of(rgb, width, height), "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /**
   * The map as a JPEG file.
   *
   * @param longest its longer side at most, in pixels; at least 1
   * @param quality from 1 to 100
   */
  public byte[] jpeg(int longest, int quality) {
    BufferedImage image = Images.of(rgb, width, height);
    return Images.jpeg(Images.scaled(image, longest), quality);
  }
}
