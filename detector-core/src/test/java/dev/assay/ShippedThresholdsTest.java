package dev.assay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.fusion.Fusion;
import dev.assay.fusion.FusionParameters;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bounds of cards and sums and the thresholds are fitted together, or no answer can be given. */
class ShippedThresholdsTest {

  private static final Path MODELS = Path.of("../models/src/main/resources/dev/assay/models");
  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @CsvSource({"image, IMAGE", "video, VIDEO"})
  void everySetOfModelsCanReachBothAnswers(String name, MediaKind kind) throws IOException {
    JsonNode sums = JSON.readTree(MODELS.resolve("fusion.json").toFile()).path(name).path("sums");
    assertFalse(sums.isEmpty());
    Fusion fusion = new Fusion(FusionParameters.shipped());
    for (JsonNode sum : sums) {
      List<Evidence> synthetic = new ArrayList<>();
      List<Evidence> authentic = new ArrayList<>();
      for (var model : sum.path("weights").properties()) {
        Path card = MODELS.resolve(model.getKey()).resolve("card.json");
        double bound = JSON.readTree(card.toFile()).at("/calibration/bound").asDouble();
        synthetic.add(score(model.getKey(), 0.99 * bound));
        authentic.add(score(model.getKey(), -0.99 * bound));
      }
      String what = name + " " + sum.path("weights");
      assertEquals(Verdict.Label.SYNTHETIC, fusion.judge(kind, synthetic, 0.5).label(), what);
      assertEquals(Verdict.Label.AUTHENTIC, fusion.judge(kind, authentic, 0.5).label(), what);
    }
  }

  private static Evidence score(String model, double ratio) {
    return Evidence.of("classifier", Evidence.Kind.CLASSIFIER, "classifier.score", "A sentence.")
        .from(Evidence.Source.model(model))
        .logLikelihoodRatio(ratio)
        .build();
  }
}
