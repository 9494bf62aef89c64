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
      windows.add(new Heard(2 * i, 2 * i + 4, ratios[i]));
    }
    return windows;
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
    assertEquals(Optional.empty(), SuspectStretch.strongest(windows(-1, -1, 3, -1, -1)));
    assertEquals(Optional.empty(), SuspectStretch.strongest(windows(3)));
    assertEquals(Optional.empty(), SuspectStretch.strongest(List.of()));
  }

  @Test
  void whatSoundsGeneratedThroughoutHasNone() {
    assertEquals(Optional.empty(), SuspectStretch.strongest(windows(2, 2.2, 2.4, 2, 2.1)));
  }

  @Test
  void windowsFarApartAreNotInARow() {
    assertEquals(
        Optional.empty(),
        SuspectStretch.strongest(
            List.of(
                new Heard(0, 4, -1),
                new Heard(10, 14, -1),
                new Heard(100, 104, 2.5),
                new Heard(200, 204, 2.5),
                new Heard(300, 304, -1),
                new Heard(310, 314, -1))));
  }
}
