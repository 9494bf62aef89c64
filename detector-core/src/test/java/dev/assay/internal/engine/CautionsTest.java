package dev.assay.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.assay.Limits;
import dev.assay.Report.Warning;
import dev.assay.Verdict;
import dev.assay.Verdict.Label;
import dev.assay.WarningCode;
import dev.assay.internal.media.MediaOpener;
import dev.assay.internal.media.OpenedMedia;
import dev.assay.internal.media.Source;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes with the answer that no sign of generation was found. */
class CautionsTest {

  private static final Path SAMPLES = Path.of("../datasets/samples");

  @ParameterizedTest
  @CsvSource({
    "city-at-night.mp4, NOT_SYNTHETIC, FACES_NOT_JUDGED",
    "city-at-night.mp4, INCONCLUSIVE,",
    "city-at-night.mp4, SYNTHETIC,",
    "rocket.jpg, NOT_SYNTHETIC,",
    "rocket.jpg, SYNTHETIC,"
  })
  void saysOfAClipThatItsPeopleMayStillBeOthers(String name, Label label, WarningCode expected)
      throws Exception {
    Path file = SAMPLES.resolve(name);
    Verdict verdict =
        new Verdict(
            label,
            0.1,
            -2.2,
            0.5,
            Set.of(Verdict.Basis.DETECTED),
            List.of(),
            List.of(),
            List.of(),
            Optional.empty(),
            List.of());
    try (OpenedMedia media = MediaOpener.open(Source.of(file, name), Limits.defaults())) {
      assertEquals(
          expected == null ? List.of() : List.of(expected),
          Cautions.of(verdict, media).stream().map(Warning::code).toList());
    }
  }
}
