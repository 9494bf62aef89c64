package dev.assay.internal.media;

import org.opencv.core.CvType;
import org.opencv.core.Mat;

/**
 * Brings pictures of high dynamic range, coded by the perceptual quantiser of SMPTE ST 2084, to the
 * brightness of an ordinary screen: the white of a page (203 candelas a square metre, ITU-R
 * BT.2408) becomes light grey, and what is brighter is compressed into the rest. The primaries are
 * kept, so that colours are somewhat paler than meant.
 */
final class ToneMap {

  private static final double WHITE = 203;
  private static final double PEAK = 10_000;

  /** Share of a screen's light up to which brightness is kept as it is. */
  private static final double KNEE = 0.6;

  private static final byte[] TABLE = table();

  private ToneMap() {}

  /** A picture of 8 bits from one of 16 bits a channel; the caller owns both. */
  static Mat mapped(Mat deep) {
    Mat result = new Mat(deep.rows(), deep.cols(), CvType.CV_8UC3);
    short[] from = new short[3 * deep.cols()];
    byte[] to = new byte[from.length];
    for (int y = 0; y < deep.rows(); y++) {
      deep.get(y, 0, from);
      for (int i = 0; i < from.length; i++) {
        to[i] = TABLE[from[i] & 0xffff];
      }
      result.put(y, 0, to);
    }
    return result;
  }

  private static byte[] table() {
    byte[] table = new byte[1 << 16];
    for (int i = 0; i < table.length; i++) {
      double light = candelas(i / 65535.0) / WHITE;
      double over = (light - KNEE) / (1 - KNEE);
      double shown = light <= KNEE ? light : KNEE + (1 - KNEE) * over / (1 + over);
      table[i] = (byte) Math.round(255 * encoded(shown));
    }
    return table;
  }

  /** SMPTE ST 2084, equation 4.1. */
  private static double candelas(double code) {
    double root = Math.pow(code, 32 / 2523.0);
    double ratio = Math.max(0, root - 0.8359375) / (18.8515625 - 18.6875 * root);
    return PEAK * Math.pow(ratio, 8192 / 1305.0);
  }

  /** The transfer function of sRGB (IEC 61966-2-1). */
  private static double encoded(double light) {
    return light <= 0.0031308 ? 12.92 * light : 1.055 * Math.pow(light, 1 / 2.4) - 0.055;
  }
}
