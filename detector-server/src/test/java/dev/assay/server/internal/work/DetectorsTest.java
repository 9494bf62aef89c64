package dev.assay.server.internal.work;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.assay.DetectorSettings;
import dev.assay.isolation.IsolatedDetector;
import dev.assay.isolation.WorkerLimits;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DetectorsTest {

  private static DetectorSettings settings(int number) {
    return DetectorSettings.defaults().withPrior(0.1 * number);
  }

  @Test
  void thoseOfTheThreeSettingsUsedLastAreKept() {
    try (Detectors detectors = new Detectors(1, WorkerLimits.defaults())) {
      List<IsolatedDetector> first = new ArrayList<>();
      for (int i = 1; i <= 6; i++) {
        first.add(detectors.ask(settings(i), detector -> detector));
      }
      assertEquals(6, first.stream().distinct().count());
      for (int i = 4; i <= 6; i++) {
        assertSame(first.get(i - 1), detectors.ask(settings(i), detector -> detector));
      }
      for (int i = 1; i <= 3; i++) {
        assertNotSame(first.get(i - 1), detectors.ask(settings(i), detector -> detector));
      }
    }
  }

  @Test
  void oneThatIsInUseIsNotEnded() {
    try (Detectors detectors = new Detectors(1, WorkerLimits.defaults())) {
      IsolatedDetector used =
          detectors.ask(
              settings(1),
              detector -> {
                for (int i = 2; i <= 7; i++) {
                  detectors.ask(settings(i), other -> other);
                }
                assertSame(detector, detectors.ask(settings(1), same -> same));
                return detector;
              });
      assertSame(used, detectors.ask(settings(1), same -> same));
    }
  }
}
