package dev.assay.internal.media;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrientationTest {

  /** The top left of the coded picture, and the point right of it, go where the matrix says. */
  @ParameterizedTest
  @CsvSource({
    "1, 1, 0, 0, 1", "2, -1, 0, 0, 1", "3, -1, 0, 0, -1", "4, 1, 0, 0, -1",
    "5, 0, 1, 1, 0", "6, 0, 1, -1, 0", "7, 0, -1, -1, 0", "8, 0, -1, 1, 0"
  })
  void readsDisplayMatricesWithTheirMirroring(int orientation, int a, int b, int c, int d) {
    int one = 1 << 16;
    int[] matrix = {a * one, b * one, 0, c * one, d * one, 0, 0, 0, 1 << 30};
    assertEquals(orientation, Orientation.of(matrix));
  }
}
