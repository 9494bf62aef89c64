package dev.assay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user's head of some kilobytes on the shipped backbone. */
@Tag("long")
class OwnModelTest {

  private static final Path SHIPPED =
      Path.of("../models/src/main/resources/dev/assay/models/clip-whole");
  private static final Path PICTURE = Path.of("../datasets/samples/coffee.png");
  private static final String ID = "\"id\": \"clip-whole\"";
  private static final String OWN_ID = "\"id\": \"my-head\"";

  @TempDir private Path folder;

  @Test
  void addsToWhatTheShippedModelsSayAndChangesNothingOfIt() throws IOException {
    copy(ID, OWN_ID);
    Report shipped = analyze(DetectorSettings.defaults());
    Report own = analyze(Profile.BALANCED);
    for (String model : List.of("clip-whole", "clip-native")) {
      assertEquals(of(shipped, model), of(own, model));
    }
    double added = of(own, "my-head").logLikelihoodRatio().orElseThrow();
    assertTrue(added != 0);
    assertEquals(
        verdict(shipped).logLikelihoodRatio() + added, verdict(own).logLikelihoodRatio(), 1e-9);
  }

  @Test
  void saysThatNobodyMeasuredItWithTheOthers() throws IOException {
    copy(ID, OWN_ID);
    assertEquals(Optional.empty(), unmeasured(analyze(DetectorSettings.defaults())));
    Report own = analyze(Profile.BALANCED);
    assertTrue(unmeasured(own).orElseThrow().contains("my-head"), own.warnings().toString());
    assertTrue(verdict(own).measured().isEmpty());
  }

  @Test
  void aModelInPlaceOfAShippedOneIsNotTheOneThatWasMeasured() throws IOException {
    copy("\"version\": ", "\"remark\": \"fitted again\", \"version\": ");
    Report own = analyze(Profile.BALANCED);
    assertTrue(unmeasured(own).orElseThrow().contains("clip-whole"), own.warnings().toString());
    assertTrue(verdict(own).measured().isEmpty());
  }

  @Test
  void goesByWhatItsOwnerMeasured() throws IOException {
    copy(ID, OWN_ID);
    fusion(
        """
        {"format": 2, "image": {"sums": [{"weights": {"clip-whole": 0.5, "clip-native": 0.5, "my-head": 0.25},
        "intercept": 0.1, "bounds": {"synthetic": 4, "authentic": 3}, "thresholds": {"synthetic": 0.8, "authentic": 0.2},
        "measured": {"falsePositives": 0.0123, "recall": 0.5}}]}}
        """);
    Report own = analyze(Profile.BALANCED);
    assertEquals(Optional.empty(), unmeasured(own));
    assertEquals(0.0123, verdict(own).measured().orElseThrow().falsePositives());
  }

  @Test
  void sumsAloneFitTheShippedModelsAnew() throws IOException {
    fusion(
        """
        {"format": 2, "image": {"sums": [{"weights": {"clip-whole": 0, "clip-native": 0},
        "intercept": 1, "bounds": {"synthetic": 400, "authentic": 3}, "thresholds": {"synthetic": 0.9, "authentic": 0.2},
        "measured": {"falsePositives": 0.5, "recall": 0.5}}]}}
        """);
    assertEquals(1, verdict(analyze(Profile.BALANCED)).logLikelihoodRatio(), 1e-4);
  }

  @Test
  void refusesSumsThatNoModelWouldEverMeet() throws IOException {
    copy(ID, OWN_ID);
    fusion(
        """
        {"format": 2, "image": {"sums": [{"weights": {"my-haed": 1}, "intercept": 0,
        "bounds": {"synthetic": 4, "authentic": 3}, "thresholds": {"synthetic": 0.8, "authentic": 0.2},
        "measured": {"falsePositives": 0.01, "recall": 0.5}}]}}
        """);
    assertTrue(refused().contains("my-haed") && refused().contains(folder.toString()), refused());
    fusion("{\"format\": 2, \"image\": {\"sums\": [{\"weights\": {\"my-head\": 1}}]}}");
    assertTrue(refused().contains("fusion.json"), refused());
    fusion("[1");
    assertTrue(refused().contains("docs/model-folder.md"), refused());
    fusion("{\"format\": 1}");
    assertTrue(refused().contains("format"), refused());
  }

  @Test
  void bringsTheBackboneIntoTheFastProfile() throws IOException {
    copy(ID, OWN_ID);
    List<String> models =
        analyze(Profile.FAST).tool().models().stream().map(Report.ModelReference::id).toList();
    assertTrue(models.containsAll(List.of("my-head", "clip-vit-b-16")), models.toString());
    assertFalse(models.contains("clip-whole"), models.toString());
  }

  @Test
  void namesTheBackboneThatIsMissing() throws IOException {
    copy("\"backbone\": \"clip-vit-b-16\"", "\"backbone\": \"another\"");
    assertTrue(refused().contains("another"), refused());
  }

  private void copy(String part, String instead) throws IOException {
    Files.copy(SHIPPED.resolve("model.onnx"), folder.resolve("model.onnx"));
    String card = Files.readString(SHIPPED.resolve("card.json"));
    assertTrue(card.contains(part), "the test changes the card");
    Files.writeString(folder.resolve("card.json"), card.replace(part, instead));
  }

  private void fusion(String json) throws IOException {
    Files.writeString(folder.resolve("fusion.json"), json);
  }

  private String refused() {
    return assertThrows(ModelException.class, () -> analyze(Profile.BALANCED)).getMessage();
  }

  private Report analyze(Profile profile) {
    return analyze(DetectorSettings.defaults().withModels(folder).withProfile(profile));
  }

  private static Report analyze(DetectorSettings settings) {
    try (Detector detector = Detector.open(settings)) {
      return detector.analyze(PICTURE);
    }
  }

  private static Verdict verdict(Report report) {
    return report.verdict().orElseThrow();
  }

  private static Optional<String> unmeasured(Report report) {
    return report.warnings().stream()
        .filter(warning -> warning.code() == WarningCode.MODEL_NOT_MEASURED)
        .map(Report.Warning::message)
        .findFirst();
  }

  private static Evidence of(Report report, String model) {
    return report.evidence().stream()
        .filter(piece -> piece.model().filter(model::equals).isPresent())
        .findFirst()
        .orElseThrow();
  }
}
