package dev.assay.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelCardTest {

  private static final String CARD =
      """
      {"format": 1, "id": "test", "version": "1.0.0", "name": "Test", "description": "A test.",
       "task": "image-synthesis", "licence": "Apache-2.0", "file": "model.onnx",
       "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
       "input": {"name": "crops", "layout": "NCHW", "colour": "RGB", "scale": 1.0,
                 "mean": [0, 0, 0], "std": [1, 1, 1], "width": 224, "height": 224},
       "crops": {"view": "native-grid", "columns": 3, "rows": 2},
       "output": {"name": "logit", "pooling": "mean"},
       "calibration": {"image": {"slope": 0.5, "intercept": 0.25},
                       "video": {"slope": 0.4, "intercept": 0.0}, "bound": 3.0},
       "abstains": {"belowSide": 64}, "evaluation": {"anything": true}}
      """;

  @Test
  void readsWhatInferenceNeedsAndPassesOverTheRest() throws IOException {
    ModelCard card = ModelCard.parse(CARD.getBytes(UTF_8));
    assertEquals("test", card.id());
    assertEquals(224, card.input().width());
    assertEquals(0.25, card.calibration().image().intercept());
  }

  @Test
  void clipsWhatAScoreMayClaim() throws IOException {
    ModelCard.Calibration calibration = ModelCard.parse(CARD.getBytes(UTF_8)).calibration();
    assertEquals(1.25, calibration.logLikelihoodRatio(calibration.image(), 2), 1e-9);
    assertEquals(3, calibration.logLikelihoodRatio(calibration.image(), 100));
    assertEquals(-3, calibration.logLikelihoodRatio(calibration.image(), -100));
  }

  @ParameterizedTest
  @CsvSource({
    "'\"format\": 1', '\"format\": 2', format",
    "'\"layout\": \"NCHW\"', '\"layout\": \"NHWC\"', layout",
    "'\"std\": [1, 1, 1]', '\"std\": [1, 0, 1]', std",
    "'\"width\": 224', '\"width\": 1000000', width",
    "'\"columns\": 3', '\"columns\": 3000', columns",
    "'\"slope\": 0.5', '\"slope\": -1', slope",
    "'\"file\": \"model.onnx\"', '\"file\": \"../../secret\"', file",
    "'\"id\": \"test\", ', '', id"
  })
  void refusesACardThatMakesNoSense(String part, String instead, String named, @TempDir Path folder)
      throws IOException {
    String broken = CARD.replace(part, instead);
    assertTrue(!broken.equals(CARD), "the test changes the card");
    Files.writeString(folder.resolve("card.json"), broken);
    ModelException e = assertThrows(ModelException.class, () -> ModelCatalogue.shippedAnd(folder));
    assertTrue(e.getMessage().contains(named), e.getMessage());
    assertTrue(e.getMessage().contains("card.json"), e.getMessage());
  }

  @Test
  void refusesWeightsThatAreNotTheCards(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("card.json"), CARD);
    Files.write(folder.resolve("model.onnx"), new byte[] {1});
    ModelFolder model = ModelFolder.at(folder);
    ModelException e = assertThrows(ModelException.class, model::verifiedWeights);
    assertTrue(e.getMessage().contains("SHA-256"), e.getMessage());
  }

  @Test
  void saysThatAFolderHoldsNoModel(@TempDir Path folder) {
    ModelException e = assertThrows(ModelException.class, () -> ModelCatalogue.shippedAnd(folder));
    assertTrue(e.getMessage().contains("holds no model"), e.getMessage());
  }
}
