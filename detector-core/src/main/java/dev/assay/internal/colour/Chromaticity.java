package dev.assay.internal.colour;

/** A colour without its brightness: x and y of CIE 1931. */
record Chromaticity(double x, double y) {

  /** Whether such a colour can be, within the rounding of files. */
  boolean isPossible() {
    return x >= 0 && y > 0.001 && x + y <= 1.001;
  }

  /** XYZ with Y of 1. */
  double[] xyz() {
    return new double[] {x / y, 1, (1 - x - y) / y};
  }
}
