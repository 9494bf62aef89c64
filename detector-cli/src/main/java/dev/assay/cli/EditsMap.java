package dev.assay.cli;

import dev.assay.Detector;
import dev.assay.DetectorSettings;
import dev.assay.Evidence;
import dev.assay.FailureCode;
import dev.assay.MediaException;
import dev.assay.Region;
import dev.assay.Report;
import dev.assay.Sentence;
import dev.assay.forensics.ForensicMap;
import dev.assay.spi.Picture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The map of what a model of local edits says of every patch of a picture. */
final class EditsMap {

  /** Longer side of the map at most, in pixels. */
  private static final int LONGEST = 1024;

  /** How large the picture is, and what was said of its patches. */
  private record Seen(int width, int height, List<Region> patches) {}

  private EditsMap() {}

  /**
   * Draws the map.
   *
   * @throws MediaException if the file cannot be examined, or the model does not judge it
   */
  static ForensicMap of(Path file) throws MediaException, IOException {
    List<Seen> seen = new ArrayList<>();
    Report report;
    DetectorSettings closely =
        DetectorSettings.defaults().withMaps(true).withOnly(List.of("classifier"));
    try (Detector detector = Detector.open(closely)) {
      report =
          detector.analyze(
              file,
              examined -> {
                Picture picture = examined.media().frames().get(0).picture();
                seen.add(new Seen(picture.width(), picture.height(), examined.patches()));
              });
    }
    if (report.failure().isPresent()) {
      throw new MediaException(
          report.failure().get().code(), report.failure().get().sentence().text());
    }
    if (seen.isEmpty() || seen.get(0).patches().isEmpty()) {
      throw new MediaException(
              FailureCode.UNSUPPORTED_FORMAT, "No model looks for changed parts in it.")
          .withRemedy("Pictures are looked at that have texture and are not too small.");
    }
    return drawn(seen.get(0), finding(report));
  }

  private static Optional<Sentence> finding(Report report) {
    return report.evidence().stream()
        .filter(piece -> piece.code().equals(Evidence.LOCAL_EDIT))
        .map(Evidence::sentence)
        .findFirst();
  }

  private static ForensicMap drawn(Seen seen, Optional<Sentence> finding) {
    double share = Math.min(1, LONGEST / (double) Math.max(seen.width(), seen.height()));
    int width = Math.max(1, (int) Math.round(share * seen.width()));
    int height = Math.max(1, (int) Math.round(share * seen.height()));
    float[] values = new float[width * height];
    for (Region patch : seen.patches()) {
      float value = (float) (1 / (1 + Math.exp(-patch.logLikelihoodRatio())));
      int right = Math.min(width, (int) Math.ceil(share * (patch.x() + patch.width())));
      int bottom = Math.min(height, (int) Math.ceil(share * (patch.y() + patch.height())));
      for (int y = (int) (share * patch.y()); y < bottom; y++) {
        for (int x = (int) (share * patch.x()); x < right; x++) {
          values[y * width + x] = value;
        }
      }
    }
    return ForensicMap.heat(width, height, values, finding);
  }
}
