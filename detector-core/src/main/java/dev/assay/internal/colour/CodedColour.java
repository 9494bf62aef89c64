package dev.assay.internal.colour;

import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Colour spaces by the code points of ITU-T H.273, as {@code cICP} of PNG and {@code nclx} of HEIF,
 * AVIF and MP4 name them.
 */
public final class CodedColour {

  private static final Chromaticity D65 = new Chromaticity(0.3127, 0.3290);
  private static final Chromaticity C = new Chromaticity(0.310, 0.316);
  private static final Chromaticity DCI = new Chromaticity(0.314, 0.351);

  /** Red, green, blue and white by code; 1 is sRGB's own, and absent. */
  private static final Map<Integer, Space> PRIMARIES =
      Map.of(
          4,
              new Space(
                  new Chromaticity(0.67, 0.33),
                  new Chromaticity(0.21, 0.71),
                  new Chromaticity(0.14, 0.08),
                  C),
          5,
              new Space(
                  new Chromaticity(0.64, 0.33),
                  new Chromaticity(0.29, 0.60),
                  new Chromaticity(0.15, 0.06),
                  D65),
          6,
              new Space(
                  new Chromaticity(0.630, 0.340),
                  new Chromaticity(0.310, 0.595),
                  new Chromaticity(0.155, 0.070),
                  D65),
          7,
              new Space(
                  new Chromaticity(0.630, 0.340),
                  new Chromaticity(0.310, 0.595),
                  new Chromaticity(0.155, 0.070),
                  D65),
          9,
              new Space(
                  new Chromaticity(0.708, 0.292),
                  new Chromaticity(0.170, 0.797),
                  new Chromaticity(0.131, 0.046),
                  D65),
          11,
              new Space(
                  new Chromaticity(0.680, 0.320),
                  new Chromaticity(0.265, 0.690),
                  new Chromaticity(0.150, 0.060),
                  DCI),
          12,
              new Space(
                  new Chromaticity(0.680, 0.320),
                  new Chromaticity(0.265, 0.690),
                  new Chromaticity(0.150, 0.060),
                  D65));

  private static final Space SRGB =
      new Space(
          new Chromaticity(0.64, 0.33),
          new Chromaticity(0.30, 0.60),
          new Chromaticity(0.15, 0.06),
          D65);

  private static final double SCREEN_GAMMA = 2.2;
  private static final double GAMMA_TOLERANCE = 0.03;

  private record Space(
      Chromaticity red, Chromaticity green, Chromaticity blue, Chromaticity white) {
    boolean isPossible() {
      return red.isPossible() && green.isPossible() && blue.isPossible() && white.isPossible();
    }
  }

  private CodedColour() {}

  /**
   * The conversion of samples with these primaries and transfer function.
   *
   * <p>Transfer functions of television and of sRGB are shown alike by players and browsers, and
   * taken for sRGB's; those of high dynamic range are not converted here.
   *
   * @return empty where screens show them as they are, or the codes are not known
   */
  public static Optional<SrgbConversion> of(int primaries, int transfer) {
    Space space = PRIMARIES.getOrDefault(primaries, SRGB);
    Optional<Double> gamma =
        switch (transfer) {
          case 4 -> Optional.of(2.2);
          case 5 -> Optional.of(2.8);
          case 8 -> Optional.of(1.0);
          default -> Optional.empty();
        };
    if (space.equals(SRGB) && gamma.isEmpty()) {
      return Optional.empty();
    }
    DoubleUnaryOperator light = gamma.map(CodedColour::power).orElse(CodedColour::ofSrgb);
    return of(space, light);
  }

  /**
   * The conversion of samples whose light is a power of them.
   *
   * @param chromaticities x and y of white, red, green and blue, as {@code cHRM} of PNG has them;
   *     null for those of sRGB
   * @param gamma the exponent, positive; that of common screens is taken for sRGB's curve
   */
  static Optional<SrgbConversion> of(double @Nullable [] chromaticities, double gamma) {
    DoubleUnaryOperator light =
        Math.abs(gamma - SCREEN_GAMMA) < GAMMA_TOLERANCE ? CodedColour::ofSrgb : power(gamma);
    if (chromaticities == null) {
      return of(SRGB, light);
    }
    return of(
        new Space(
            pair(chromaticities, 1),
            pair(chromaticities, 2),
            pair(chromaticities, 3),
            pair(chromaticities, 0)),
        light);
  }

  private static Optional<SrgbConversion> of(Space space, DoubleUnaryOperator light) {
    return space.isPossible()
        ? SrgbConversion.of(
            new MatrixProfile(space.red(), space.green(), space.blue(), space.white(), light)
                .bytes())
        : Optional.empty();
  }

  private static Chromaticity pair(double[] values, int index) {
    return new Chromaticity(values[2 * index], values[2 * index + 1]);
  }

  private static DoubleUnaryOperator power(double gamma) {
    return sample -> Math.pow(sample, gamma);
  }

  /** IEC 61966-2-1. */
  private static double ofSrgb(double sample) {
    return sample <= 0.04045 ? sample / 12.92 : Math.pow((sample + 0.055) / 1.055, 2.4);
  }
}
