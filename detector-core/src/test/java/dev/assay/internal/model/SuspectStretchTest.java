package dev.assay.internal.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.assay.internal.model.SuspectStretch.Heard;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SuspectStretchTest {

  /** Windows of four seconds, every two. */
  private static List<Heard> windows(double... ratios) {
    List<Heard> windows = new ArrayList<>();
    for (int i = 0; i < ratios.length; i++) {
      windows.add(heard(2 * i, ratios[i]));
    }
    return windows;
  }

  private static Heard heard(double from, double ratio) {
    return new Heard(from, from + 4, ratio, 1.5 * ratio);
  }

  @Test
  void namesTheStretchWithItsWeakerEnds() {
    SuspectStretch found =
        SuspectStretch.strongest(windows(-1, -1, 0.6, 2, 2.5, 0.9, 0.2, -1, -1, -1)).orElseThrow();
    assertEquals(4, found.from());
    assertEquals(14, found.to());
    assertEquals(1.5, found.logLikelihoodRatio());
  }

  @Test
  void oneWindowIsNone() {
    assertEquals(Optional.empty(), SuspectStretch.strongest(windows(-1, -1, 2, -1, -1)));
    assertEquals(Optional.empty(), SuspectStretch.strongest(windows(3)));
    assertEquals(Optional.empty(), SuspectStretch.strongest(List.of()));
  }

  @Test
  void whatSoundsGeneratedThroughoutHasNone() {
    assertEquals(Optional.empty(), SuspectStretch.strongest(windows(2, 2.2, 2.4, 2, 2.1)));
  }

  @Test
  void whatOnlySoundsLessRealIsNone() {
    assertEquals(
        Optional.empty(), SuspectStretch.strongest(windows(-4, -4, -4, 0, 0.2, -4, -4, -4)));
  }

  @Test
  void windowsFarApartAreNotInARow() {
    assertEquals(
        Optional.empty(),
        SuspectStretch.strongest(
            List.of(
                heard(0, -1),
                heard(10, -1),
                heard(100, 2.5),
                heard(200, 2.5),
                heard(300, -1),
                heard(310, -1))));
  }
}
