package dev.assay.internal.colour;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.util.Optional;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class SrgbConversionTest {

  private static final Chromaticity D65 = new Chromaticity(0.3127, 0.3290);
  private static final double ADOBE_GAMMA = 2.19921875;

  @Test
  void convertsAdobeRgbAsItsSpecificationSays() {
    byte[] profile =
        new MatrixProfile(
                new Chromaticity(0.64, 0.33),
                new Chromaticity(0.21, 0.71),
                new Chromaticity(0.15, 0.06),
                D65,
                sample -> Math.pow(sample, ADOBE_GAMMA))
            .bytes();
    SrgbConversion conversion = SrgbConversion.of(profile).orElseThrow();
    assertEquals(3, conversion.channels());
    assertFalse(conversion.isIdentity());
    assertFalse(conversion.exchangesChannels());
    // Adobe RGB (1998) Color Image Encoding, 4.3.5, and IEC 61966-2-1: XYZ of one, RGB of the
    // other.
    double[][] toXyz = {
      {0.57667, 0.18556, 0.18823}, {0.29734, 0.62736, 0.07529}, {0.02703, 0.07069, 0.99134}
    };
    double[][] toSrgb = {
      {3.2406, -1.5372, -0.4986}, {-0.9689, 1.8758, 0.0415}, {0.0557, -0.2040, 1.0570}
    };
    for (int[] colour : new int[][] {{100, 150, 200}, {200, 120, 90}, {80, 160, 80}, {9, 9, 9}}) {
      double[] light = new double[3];
      for (int c = 0; c < 3; c++) {
        light[c] = Math.pow(colour[c] / 255.0, ADOBE_GAMMA);
      }
      double[] expected = times(toSrgb, times(toXyz, light));
      byte[] shown =
          conversion.converted(new byte[] {(byte) colour[0], (byte) colour[1], (byte) colour[2]});
      for (int c = 0; c < 3; c++) {
        assertEquals(255 * encoded(expected[c]), shown[c] & 0xff, 2.5, colour[0] + " " + c);
      }
    }
  }

  @Test
  void changesNothingThatIsSrgbAlready() {
    byte[] own = ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();
    assertTrue(SrgbConversion.of(own).orElseThrow().isIdentity());
    assertEquals(Optional.empty(), CodedColour.of(1, 13));
    assertEquals(Optional.empty(), CodedColour.of(1, 1));
    assertEquals(Optional.empty(), CodedColour.of(2, 2), "unspecified");
    assertTrue(CodedColour.of(null, 1 / 0.45455).orElseThrow().isIdentity());
  }

  @Test
  void showsColoursOfAWideGamutStronger() {
    for (int primaries : new int[] {9, 11, 12}) {
      byte[] shown =
          CodedColour.of(primaries, 1).orElseThrow().converted(new byte[] {(byte) 180, 60, 60});
      assertTrue((shown[0] & 0xff) > 185 && (shown[1] & 0xff) < 60, primaries + " " + shown[0]);
    }
  }

  @Test
  void convertsGreyByItsOwnCurve() {
    byte[] linear = ICC_Profile.getInstance(ColorSpace.CS_GRAY).getData();
    SrgbConversion conversion = SrgbConversion.of(linear).orElseThrow();
    assertEquals(1, conversion.channels());
    byte[] shown = conversion.converted(new byte[] {0, 55, -1});
    assertEquals(255 * encoded(55 / 255.0), shown[3] & 0xff, 3, "the JDK's grey is linear");
    assertArrayEquals(new byte[] {0, 0, 0}, new byte[] {shown[0], shown[1], shown[2]});
  }

  @Test
  void noticesAProfileThatExchangesChannels() {
    byte[] exchanged =
        new MatrixProfile(
                new Chromaticity(0.15, 0.06),
                new Chromaticity(0.30, 0.60),
                new Chromaticity(0.64, 0.33),
                D65,
                DoubleUnaryOperator.identity())
            .bytes();
    assertTrue(SrgbConversion.of(exchanged).orElseThrow().exchangesChannels());
  }

  @Test
  void readsAProfileOnceHoweverManyPicturesHoldIt() {
    byte[] own = ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();
    SrgbConversion first = SrgbConversion.of(own).orElseThrow();
    assertTrue(first == SrgbConversion.of(own.clone()).orElseThrow());
    for (int i = 0; i < 100; i++) {
      CodedColour.of(null, 1 + i / 100.0);
    }
    assertTrue(first != SrgbConversion.of(own).orElseThrow(), "only those met last are kept");
  }

  @Test
  void takesNoDamagedProfile() {
    byte[] sound = ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();
    assertEquals(Optional.empty(), SrgbConversion.of(new byte[0]));
    assertEquals(Optional.empty(), SrgbConversion.of(new byte[200]));
    for (int end = 0; end < sound.length; end += 97) {
      SrgbConversion.of(java.util.Arrays.copyOf(sound, end));
    }
    Random random = new Random(7);
    for (int i = 0; i < 300; i++) {
      byte[] damaged = sound.clone();
      for (int k = 0; k < 6; k++) {
        damaged[random.nextInt(600)] = (byte) random.nextInt(256);
      }
      SrgbConversion.of(damaged);
    }
  }

  private static double[] times(double[][] rows, double[] vector) {
    double[] result = new double[3];
    for (int r = 0; r < 3; r++) {
      result[r] = rows[r][0] * vector[0] + rows[r][1] * vector[1] + rows[r][2] * vector[2];
    }
    return result;
  }

  private static double encoded(double light) {
    double inside = Math.max(0, Math.min(1, light));
    return inside <= 0.0031308 ? 12.92 * inside : 1.055 * Math.pow(inside, 1 / 2.4) - 0.055;
  }
}
