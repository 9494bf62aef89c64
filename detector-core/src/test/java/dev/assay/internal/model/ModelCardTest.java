package dev.assay.internal.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.MediaKind;
import dev.assay.ModelException;
import dev.assay.Profile;
import dev.assay.internal.fusion.FusionParameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
                 "mean": [0, 0, 0], "std": [1, 1, 1], "side": 224},
       "views": {"kind": "native-grid", "columns": 3, "rows": 2},
       "output": {"name": "logit", "pooling": "mean"},
       "calibration": {"lines": {"image": {"slope": 0.5, "intercept": 0.25}}, "bound": 3.0},
       "abstains": {"belowSide": 64}, "evaluation": {"anything": true}}
      """;

  @Test
  void readsWhatInferenceNeedsAndPassesOverTheRest() throws IOException {
    ModelCard card = (ModelCard) Card.parse(CARD.getBytes(UTF_8));
    assertEquals("test", card.id());
    assertEquals(224, assertInstanceOf(ModelCard.Pixels.class, card.input()).side());
    assertEquals(new ModelCard.NativeGrid(3, 2), card.views());
    assertEquals(0.25, card.calibration().of(MediaKind.IMAGE).orElseThrow().intercept());
    assertTrue(card.calibration().of(MediaKind.VIDEO).isEmpty(), "it does not judge clips");
  }

  @Test
  void readsTheFeaturesOfABackbone() throws IOException {
    String head =
        CARD.replaceAll("(?s)\"input\": .*?\\},", "\"input\": {\"backbone\": \"tower\"},")
            .replace(
                "{\"kind\": \"native-grid\", \"columns\": 3, \"rows\": 2}",
                "{\"kind\": \"whole\", \"most\": 3}");
    ModelCard card = (ModelCard) Card.parse(head.getBytes(UTF_8));
    assertEquals(new ModelCard.Features("tower"), card.input());
    assertEquals(new ModelCard.Whole(3), card.views());
    ModelFolder<ModelCard> folder =
        new ModelFolder<>(card, "nowhere", () -> WeightsFile.at(Path.of("nowhere")));
    ModelException e =
        assertThrows(
            ModelException.class,
            () ->
                new ModelCatalogue(
                    List.of(folder),
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    Optional.empty(),
                    Map.of(),
                    FusionParameters.shipped()));
    assertTrue(e.getMessage().contains("tower"), e.getMessage());
  }

  @Test
  void boundsWhatAScoreMayClaimAndKeepsTheOrder() throws IOException {
    ModelCard.Calibration calibration =
        ((ModelCard) Card.parse(CARD.getBytes(UTF_8))).calibration();
    ModelCard.Calibration.Line line = calibration.of(MediaKind.IMAGE).orElseThrow();
    assertEquals(0.25, calibration.logLikelihoodRatio(line, 0), 1e-3);
    assertEquals(
        1.25 / Math.pow(1 + Math.pow(1.25 / 3, 4), 0.25),
        calibration.logLikelihoodRatio(line, 2),
        1e-9);
    assertEquals(3, calibration.logLikelihoodRatio(line, 100), 1e-4);
    assertEquals(-3, calibration.logLikelihoodRatio(line, -100), 1e-4);
  }

  @ParameterizedTest
  @CsvSource({
    "'\"format\": 1', '\"format\": 2', format",
    "'\"layout\": \"NCHW\"', '\"layout\": \"NHWC\"', layout",
    "'\"std\": [1, 1, 1]', '\"std\": [1, 0, 1]', std",
    "'\"side\": 224', '\"side\": 1000000', side",
    "'\"columns\": 3', '\"columns\": 3000', views",
    "'\"slope\": 0.5', '\"slope\": -1', slope",
    "'\"file\": \"model.onnx\"', '\"file\": \"../../secret\"', file",
    "'\"id\": \"test\", ', '', id"
  })
  void refusesACardThatMakesNoSense(String part, String instead, String named, @TempDir Path folder)
      throws IOException {
    String broken = CARD.replace(part, instead);
    assertTrue(!broken.equals(CARD), "the test changes the card");
    Files.writeString(folder.resolve("card.json"), broken);
    ModelException e =
        assertThrows(ModelException.class, () -> ModelCatalogue.shippedAnd(folder, Profile.FAST));
    assertTrue(e.getMessage().contains(named), e.getMessage());
    assertTrue(e.getMessage().contains("card.json"), e.getMessage());
  }

  @Test
  void refusesWeightsThatAreNotTheCards(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("card.json"), CARD);
    Files.write(folder.resolve("model.onnx"), new byte[] {1});
    ModelFolder<?> model = ModelFolder.at(folder);
    ModelException e = assertThrows(ModelException.class, () -> model.network(1));
    assertTrue(e.getMessage().contains("SHA-256"), e.getMessage());
  }

  @Test
  void saysThatAFolderHoldsNoModel(@TempDir Path folder) {
    ModelException e =
        assertThrows(ModelException.class, () -> ModelCatalogue.shippedAnd(folder, Profile.FAST));
    assertTrue(e.getMessage().contains("holds no model"), e.getMessage());
  }
}
