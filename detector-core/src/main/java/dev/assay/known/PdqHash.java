package dev.assay.known;

import dev.assay.spi.Picture;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The perceptual hash PDQ of a picture: 256 bits that stay nearly the same when it is encoded anew
 * or made smaller. Trust-and-safety teams exchange lists of them.
 *
 * <p>After the description by its authors (Facebook, "The TMK+PDQF video-hashing algorithm and the
 * PDQ image-hashing algorithm", 2019): grey levels are smoothed twice by boxes and thinned to 64 x
 * 64; of their discrete cosine transform the frequencies 1 to 16 in both directions are kept, each
 * as whether it lies above the median. Pictures of more than 512 pixels are made smaller first.
 *
 * @param bits192 bits 192 to 255, those that are written first
 * @param bits128 bits 128 to 191
 * @param bits64 bits 64 to 127
 * @param bits0 bits 0 to 63
 * @param quality 0 to 100: how much there is to hash; below 50 a hash says little
 */
public record PdqHash(long bits192, long bits128, long bits64, long bits0, int quality) {

  /** Two hashes that differ in at most so many bits are of the same picture, say its authors. */
  public static final int SAME = 31;

  /** Hashes of less quality are of pictures with too little in them. */
  public static final int MIN_QUALITY = 50;

  /** How many bits a hash has. */
  public static final int BITS = 256;

  private static final int LARGEST = 512;
  private static final int SIDE = 64;
  private static final int KEPT = 16;
  private static final int PASSES = 2;
  private static final int SMALLEST = 5;
  private static final int DIGITS = 64;
  private static final int LIMB_DIGITS = 16;
  private static final int QUALITY_SCALE = 90;
  private static final float[][] COSINES = cosines();

  private static float[][] cosines() {
    float[][] cosines = new float[KEPT][SIDE];
    for (int i = 0; i < KEPT; i++) {
      for (int j = 0; j < SIDE; j++) {
        cosines[i][j] =
            (float) (Math.sqrt(2.0 / SIDE) * Math.cos(Math.PI / 2 / SIDE * (i + 1) * (2 * j + 1)));
      }
    }
    return cosines;
  }

  /**
   * The hash of a picture and that of the picture seen in a mirror.
   *
   * @param upright the hash
   * @param mirrored the hash with left and right exchanged
   */
  public record Pair(PdqHash upright, PdqHash mirrored) {}

  /** The hash of a picture; of quality 0 where a side has less than five pixels. */
  public static PdqHash of(Picture picture) {
    return both(picture).upright();
  }

  /** The hash of a picture, and of what a mirror shows of it. */
  public static Pair both(Picture picture) {
    int width = Math.min(LARGEST, picture.width());
    int height = Math.min(LARGEST, picture.height());
    byte[] rgb = picture.rgb(0, 0, picture.width(), picture.height(), width, height);
    return both(rgb, width, height);
  }

  /**
   * The hash of pixels and of what a mirror shows of them.
   *
   * @param rgb {@code width * height * 3} bytes, row by row, red first
   */
  static Pair both(byte[] rgb, int width, int height) {
    if (width < SMALLEST || height < SMALLEST) {
      PdqHash empty = new PdqHash(0, 0, 0, 0, 0);
      return new Pair(empty, empty);
    }
    float[] small = thinned(smoothed(grey(rgb), width, height), width, height);
    float[] frequencies = frequencies(small);
    int quality = quality(small);
    return new Pair(hash(frequencies, quality), hash(mirrored(frequencies), quality));
  }

  /**
   * Reads a hash as lists hold it.
   *
   * @param hex 64 hexadecimal digits
   * @param quality as the list names it
   * @throws IllegalArgumentException if it is none
   */
  public static PdqHash parse(String hex, int quality) {
    if (hex.length() != DIGITS || quality < 0 || quality > 100) {
      throw new IllegalArgumentException("no PDQ hash: " + hex + ", quality " + quality);
    }
    return new PdqHash(limb(hex, 0), limb(hex, 1), limb(hex, 2), limb(hex, 3), quality);
  }

  private static long limb(String hex, int number) {
    return HexFormat.fromHexDigitsToLong(hex, number * LIMB_DIGITS, (number + 1) * LIMB_DIGITS);
  }

  /** As lists hold it: 64 lower-case hexadecimal digits. */
  public String hex() {
    HexFormat format = HexFormat.of();
    return format.toHexDigits(bits192)
        + format.toHexDigits(bits128)
        + format.toHexDigits(bits64)
        + format.toHexDigits(bits0);
  }

  /** In how many bits two hashes differ, 0 to 256; those of unlike pictures in about 128. */
  public int distance(PdqHash other) {
    return Long.bitCount(bits192 ^ other.bits192)
        + Long.bitCount(bits128 ^ other.bits128)
        + Long.bitCount(bits64 ^ other.bits64)
        + Long.bitCount(bits0 ^ other.bits0);
  }

  /** Whether there is enough in the picture for its hash to mean something. */
  public boolean tells() {
    return quality >= MIN_QUALITY;
  }

  private static float[] grey(byte[] rgb) {
    float[] grey = new float[rgb.length / 3];
    for (int i = 0; i < grey.length; i++) {
      grey[i] =
          0.299f * (rgb[3 * i] & 0xff)
              + 0.587f * (rgb[3 * i + 1] & 0xff)
              + 0.114f * (rgb[3 * i + 2] & 0xff);
    }
    return grey;
  }

  private static float[] smoothed(float[] grey, int width, int height) {
    int across = (width + 2 * SIDE - 1) / (2 * SIDE);
    int down = (height + 2 * SIDE - 1) / (2 * SIDE);
    for (int pass = 0; pass < PASSES; pass++) {
      for (int y = 0; y < height; y++) {
        average(grey, y * width, 1, width, across);
      }
      for (int x = 0; x < width; x++) {
        average(grey, x, width, height, down);
      }
    }
    return grey;
  }

  /** The mean over a window around each value of a line, of fewer values at its ends. */
  private static void average(float[] values, int start, int step, int count, int window) {
    double[] sums = new double[count + 1];
    for (int i = 0; i < count; i++) {
      sums[i + 1] = sums[i] + values[start + i * step];
    }
    int ahead = (window + 2) / 2;
    for (int i = 0; i < count; i++) {
      int from = Math.max(0, i + ahead - window);
      int to = Math.min(count, i + ahead);
      values[start + i * step] = (float) ((sums[to] - sums[from]) / (to - from));
    }
  }

  private static float[] thinned(float[] grey, int width, int height) {
    float[] small = new float[SIDE * SIDE];
    for (int y = 0; y < SIDE; y++) {
      int from = (int) ((y + 0.5) * height / SIDE);
      for (int x = 0; x < SIDE; x++) {
        small[y * SIDE + x] = grey[from * width + (int) ((x + 0.5) * width / SIDE)];
      }
    }
    return small;
  }

  /** Counts steps between neighbours; weak ones fall away in the rounding. */
  private static int quality(float[] small) {
    int sum = 0;
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        float here = small[y * SIDE + x];
        sum += y + 1 < SIDE ? step(here, small[(y + 1) * SIDE + x]) : 0;
        sum += x + 1 < SIDE ? step(here, small[y * SIDE + x + 1]) : 0;
      }
    }
    return Math.min(100, sum / QUALITY_SCALE);
  }

  private static int step(float one, float other) {
    return Math.abs((int) ((one - other) * 100 / 255));
  }

  private static float[] frequencies(float[] small) {
    float[] down = new float[KEPT * SIDE];
    for (int i = 0; i < KEPT; i++) {
      for (int x = 0; x < SIDE; x++) {
        float sum = 0;
        for (int y = 0; y < SIDE; y++) {
          sum += COSINES[i][y] * small[y * SIDE + x];
        }
        down[i * SIDE + x] = sum;
      }
    }
    float[] both = new float[KEPT * KEPT];
    for (int i = 0; i < KEPT; i++) {
      for (int j = 0; j < KEPT; j++) {
        float sum = 0;
        for (int x = 0; x < SIDE; x++) {
          sum += down[i * SIDE + x] * COSINES[j][x];
        }
        both[i * KEPT + j] = sum;
      }
    }
    return both;
  }

  /** A mirror turns the sign of the odd frequencies across. */
  private static float[] mirrored(float[] frequencies) {
    float[] mirrored = frequencies.clone();
    for (int i = 0; i < mirrored.length; i++) {
      mirrored[i] *= i % 2 == 0 ? -1 : 1;
    }
    return mirrored;
  }

  private static PdqHash hash(float[] frequencies, int quality) {
    float[] sorted = frequencies.clone();
    Arrays.sort(sorted);
    float median = sorted[sorted.length / 2 - 1];
    long[] limbs = new long[BITS / Long.SIZE];
    for (int i = 0; i < frequencies.length; i++) {
      if (frequencies[i] > median) {
        limbs[i / Long.SIZE] |= 1L << i % Long.SIZE;
      }
    }
    return new PdqHash(limbs[3], limbs[2], limbs[1], limbs[0], quality);
  }
}
