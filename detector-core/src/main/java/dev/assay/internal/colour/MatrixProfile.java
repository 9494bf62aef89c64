package dev.assay.internal.colour;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.DoubleUnaryOperator;

/**
 * Writes the ICC profile (ICC.1:2001-04, three-component matrix-based input and display profiles)
 * of a space that a file describes by its primaries and transfer function: so that one library
 * converts all.
 *
 * @param red the red primary
 * @param green of the green one
 * @param blue of the blue one
 * @param white of the white point
 * @param light what a sample of 0 to 1 is in linear light, 0 to 1
 */
record MatrixProfile(
    Chromaticity red,
    Chromaticity green,
    Chromaticity blue,
    Chromaticity white,
    DoubleUnaryOperator light) {

  private static final int HEAD = 128;
  private static final int ENTRY = 12;
  private static final int XYZ_BYTES = 20;
  private static final int CURVE_POINTS = 1024;
  private static final int CURVE_BYTES = 12 + 2 * CURVE_POINTS;
  private static final int VERSION = 0x02400000;

  /** The white of the profile connection space, D50. */
  private static final double[] D50 = {0.9642, 1, 0.8249};

  /** Bradford's cone responses. */
  private static final double[][] BRADFORD = {
    {0.8951, 0.2664, -0.1614}, {-0.7502, 1.7135, 0.0367}, {0.0389, -0.0685, 1.0296}
  };

  private static final String[] TAGS = {
    "desc", "cprt", "wtpt", "rXYZ", "gXYZ", "bXYZ", "rTRC", "gTRC", "bTRC"
  };

  /** The profile; empty-handed primaries on one line give columns that no library accepts. */
  byte[] bytes() {
    double[][] columns = adapted();
    byte[] description = description();
    byte[] copyright = text();
    int table = HEAD + 4 + ENTRY * TAGS.length;
    int[] sizes = {
      description.length, copyright.length, XYZ_BYTES, XYZ_BYTES, XYZ_BYTES, XYZ_BYTES, CURVE_BYTES
    };
    int[] offsets = new int[TAGS.length];
    int at = table;
    for (int i = 0; i < TAGS.length; i++) {
      // The three curves are one.
      offsets[i] = i > 6 ? offsets[6] : at;
      at += i > 6 ? 0 : sizes[i];
    }
    ByteBuffer profile = ByteBuffer.allocate(at);
    profile.putInt(0, at).putInt(8, VERSION);
    profile.put(12, ascii("mntrRGB XYZ "));
    profile.put(36, ascii("acsp"));
    xyz(profile.position(68), D50);
    profile.position(HEAD).putInt(TAGS.length);
    for (int i = 0; i < TAGS.length; i++) {
      profile.put(ascii(TAGS[i])).putInt(offsets[i]).putInt(sizes[Math.min(i, 6)]);
    }
    profile.put(description).put(copyright);
    for (double[] column : new double[][] {D50, columns[0], columns[1], columns[2]}) {
      profile.put(ascii("XYZ ")).putInt(0);
      xyz(profile, column);
    }
    profile.put(ascii("curv")).putInt(0).putInt(CURVE_POINTS);
    for (int i = 0; i < CURVE_POINTS; i++) {
      double linear = light.applyAsDouble(i / (CURVE_POINTS - 1.0));
      profile.putShort((short) Math.round(65535 * Math.max(0, Math.min(1, linear))));
    }
    return profile.array();
  }

  /** XYZ of each primary at full light, adapted from the space's white to D50. */
  private double[][] adapted() {
    double[][] primaries = transposed(red.xyz(), green.xyz(), blue.xyz());
    double[] share = solved(primaries, white.xyz());
    double[] from = times(BRADFORD, white.xyz());
    double[] to = times(BRADFORD, D50);
    double[][] columns = new double[3][];
    double[][] all = {red.xyz(), green.xyz(), blue.xyz()};
    for (int i = 0; i < 3; i++) {
      double[] cone = times(BRADFORD, all[i]);
      for (int c = 0; c < 3; c++) {
        cone[c] *= share[i] * to[c] / from[c];
      }
      columns[i] = solved(BRADFORD, cone);
    }
    return columns;
  }

  private static double[][] transposed(double[]... columns) {
    double[][] rows = new double[3][3];
    for (int r = 0; r < 3; r++) {
      for (int c = 0; c < 3; c++) {
        rows[r][c] = columns[c][r];
      }
    }
    return rows;
  }

  private static double[] times(double[][] rows, double[] vector) {
    double[] result = new double[3];
    for (int r = 0; r < 3; r++) {
      result[r] = rows[r][0] * vector[0] + rows[r][1] * vector[1] + rows[r][2] * vector[2];
    }
    return result;
  }

  /** Cramer's rule. */
  private static double[] solved(double[][] rows, double[] right) {
    double whole = determinant(rows);
    double[] result = new double[3];
    for (int c = 0; c < 3; c++) {
      double[][] replaced = {rows[0].clone(), rows[1].clone(), rows[2].clone()};
      for (int r = 0; r < 3; r++) {
        replaced[r][c] = right[r];
      }
      result[c] = determinant(replaced) / whole;
    }
    return result;
  }

  private static double determinant(double[][] m) {
    return m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1])
        - m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0])
        + m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0]);
  }

  private static void xyz(ByteBuffer target, double[] value) {
    for (double part : value) {
      target.putInt((int) Math.round(part * 65536));
    }
  }

  /** A textDescriptionType with an ASCII name alone. */
  private static byte[] description() {
    byte[] name = ascii("RGB\0");
    ByteBuffer tag = ByteBuffer.allocate(96 + (name.length + 3) / 4 * 4);
    return tag.put(ascii("desc")).putInt(0).putInt(name.length).put(name).array();
  }

  private static byte[] text() {
    return ByteBuffer.allocate(12).put(ascii("text")).putInt(0).put(ascii("CC0\0")).array();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
