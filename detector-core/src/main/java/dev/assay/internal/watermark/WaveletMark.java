package dev.assay.internal.watermark;

import dev.assay.spi.CodedPicture;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The mark that the package invisible-watermark calls {@code dwtDct}, and the payloads with which
 * Stable Diffusion and FLUX write it by default.
 *
 * <p>Reads one bit from every block of 4 by 4 coefficients of the low band of a Haar wavelet of the
 * colour difference U: whether the largest coefficient but the first lies in the upper half of a
 * step of 36. Despite its name no cosine transform is involved. Bits of a payload repeat from block
 * to block and are decided by majority. The mark outlives hardly any lossy coding.
 *
 * @param writer what writes such a payload
 * @param matching bits that are as in the payload
 * @param length bits of the payload
 * @param sure whether so many cannot be chance; else it is a hint
 */
record WaveletMark(String writer, int matching, int length, boolean sure) {

  /** Pictures with fewer pixels are never marked. */
  static final int MIN_PIXELS = 65_536;

  private static final int BLOCK = 4;
  private static final double STEP = 36;
  private static final int SHIFT = 14;

  /**
   * A payload.
   *
   * @param least how many bits must match: among 216 pictures without a mark the best match by
   *     chance was 30 of 48, 30 of 46, 81 of 136 and 22 of 32
   * @param sure whether so many cannot be chance
   */
  private record Payload(String writer, String bits, int least, boolean sure) {}

  private static final String SDXL = "101100111110110010010000011110111011000110011110";
  private static final String FLUX = "1010101111111010000111100111001111010100101110";

  private static final List<Payload> PAYLOADS =
      List.of(
          new Payload("Stable Diffusion", bits("StableDiffusionV1"), 125, true),
          new Payload("Stable Diffusion XL", SDXL, 44, true),
          new Payload("FLUX", FLUX, 42, true),
          new Payload("FLUX", "00" + FLUX, 44, true),
          new Payload("Stable Diffusion 2", bits("SDV2"), 32, false));

  private static String bits(String text) {
    StringBuilder bits = new StringBuilder();
    for (byte letter : text.getBytes(StandardCharsets.US_ASCII)) {
      for (int bit = 7; bit >= 0; bit--) {
        bits.append((letter >> bit) & 1);
      }
    }
    return bits.toString();
  }

  /** Finds the mark of a picture. */
  static Optional<WaveletMark> find(CodedPicture picture) {
    if ((long) picture.width() * picture.height() < MIN_PIXELS) {
      return Optional.empty();
    }
    boolean[] votes = votes(picture);
    List<WaveletMark> found = new ArrayList<>();
    for (Payload payload : PAYLOADS) {
      int matching = matching(votes, payload.bits());
      if (matching >= payload.least()) {
        found.add(
            new WaveletMark(payload.writer(), matching, payload.bits().length(), payload.sure()));
      }
    }
    return found.stream().findFirst();
  }

  /** How many bits of a payload the votes of all blocks come to; flat pictures say nothing. */
  private static int matching(boolean[] votes, String payload) {
    int length = payload.length();
    int[] ones = new int[length];
    int[] all = new int[length];
    for (int i = 0; i < votes.length; i++) {
      all[i % length]++;
      ones[i % length] += votes[i] ? 1 : 0;
    }
    int matching = 0;
    int set = 0;
    for (int i = 0; i < length; i++) {
      boolean bit = all[i] > 0 && 255.0 * ones[i] / all[i] > 127;
      set += bit ? 1 : 0;
      matching += bit == (payload.charAt(i) == '1') ? 1 : 0;
    }
    return set == 0 || set == length ? 0 : matching;
  }

  private static boolean[] votes(CodedPicture picture) {
    int columns = picture.width() / BLOCK * BLOCK / 2;
    int rows = picture.height() / BLOCK * BLOCK / 2;
    int wide = columns / BLOCK;
    int high = rows / BLOCK;
    boolean[] votes = new boolean[wide * high];
    double[][] band = new double[BLOCK][columns];
    byte[][] samples = new byte[2][picture.width() * picture.channels()];
    for (int blockRow = 0; blockRow < high; blockRow++) {
      for (int i = 0; i < BLOCK; i++) {
        int row = 2 * (blockRow * BLOCK + i);
        picture.row(row, samples[0]);
        picture.row(row + 1, samples[1]);
        lowBand(samples, picture.channels(), band[i]);
      }
      for (int block = 0; block < wide; block++) {
        votes[blockRow * wide + block] = largest(band, block * BLOCK) % STEP > STEP / 2;
      }
    }
    return votes;
  }

  /** The largest magnitude of a block, its first coefficient left out. */
  private static double largest(double[][] band, int column) {
    double largest = 0;
    for (int i = 1; i < BLOCK * BLOCK; i++) {
      largest = Math.max(largest, Math.abs(band[i / BLOCK][column + i % BLOCK]));
    }
    return largest;
  }

  /** One row of the low band of a Haar wavelet: half the sum of each two by two samples. */
  private static void lowBand(byte[][] rows, int channels, double[] into) {
    for (int x = 0; x < into.length; x++) {
      int at = 2 * x * channels;
      into[x] =
          (difference(rows[0], at)
                  + difference(rows[0], at + channels)
                  + difference(rows[1], at)
                  + difference(rows[1], at + channels))
              / 2.0;
    }
  }

  /** The colour difference U of a pixel, 0 to 255, in the fixed-point numbers of OpenCV. */
  private static int difference(byte[] samples, int at) {
    int red = samples[at] & 0xFF;
    int green = samples[at + 1] & 0xFF;
    int blue = samples[at + 2] & 0xFF;
    int half = 1 << (SHIFT - 1);
    int luma = (4899 * red + 9617 * green + 1868 * blue + half) >> SHIFT;
    int value = (8061 * (blue - luma) + (128 << SHIFT) + half) >> SHIFT;
    return Math.max(0, Math.min(255, value));
  }
}
