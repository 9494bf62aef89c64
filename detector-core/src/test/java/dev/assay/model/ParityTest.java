package dev.assay.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.Limits;
import dev.assay.media.MediaOpener;
import dev.assay.media.OpenedMedia;
import dev.assay.media.Source;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Holds decoding, pre-processing and inference to what the training recipe computed for the same
 * files.
 */
class ParityTest {

  private static final Path PARITY = Path.of("../models/training/parity");
  private static final double TOLERANCE = 1e-3;

  @Test
  void scoresPicturesAsTheTrainingRecipeDoes() throws Exception {
    JsonNode expected = new ObjectMapper().readTree(PARITY.resolve("expected.json").toFile());
    assertTrue(expected.size() >= 4, "the recipe wrote its pictures");
    for (ModelFolder folder : ModelCatalogue.shipped()) {
      try (Classifier classifier = Classifier.load(folder, 1)) {
        for (Map.Entry<String, JsonNode> entry : expected.properties()) {
          Classifier.Scores scores = score(classifier, PARITY.resolve(entry.getKey()));
          assertEquals(
              entry.getValue().get("crops").asInt(), scores.crops().size(), entry.getKey());
          assertEquals(
              probability(entry.getValue().get("score").asDouble()),
              probability(scores.score()),
              TOLERANCE,
              entry.getKey());
        }
      }
    }
  }

  private static Classifier.Scores score(Classifier classifier, Path file) throws Exception {
    try (OpenedMedia media =
        MediaOpener.open(Source.of(file, file.toString()), Limits.defaults())) {
      return classifier.score(media.frames().get(0).picture());
    }
  }

  private static double probability(double logit) {
    return 1 / (1 + Math.exp(-logit));
  }
}
