package dev.assay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user's head of some kilobytes on the shipped backbone. */
class OwnModelTest {

  private static final Path SHIPPED =
      Path.of("../models/src/main/resources/dev/assay/models/clip-whole");
  private static final Path PICTURE = Path.of("../datasets/samples/coffee.png");

  @TempDir private Path folder;

  @Test
  void sitsOnTheShippedBackboneAndHasASay() throws IOException {
    copy("\"id\": \"clip-whole\"", "\"id\": \"my-head\"");
    Report own = analyze(Profile.BALANCED);
    assertEquals(
        of(own, "clip-whole").logLikelihoodRatio(), of(own, "my-head").logLikelihoodRatio());
    double sum =
        own.evidence().stream().mapToDouble(piece -> piece.logLikelihoodRatio().orElse(0)).sum();
    assertEquals(sum, own.verdict().orElseThrow().logLikelihoodRatio(), 1e-9);
    assertTrue(own.verdict().orElseThrow().measured().isEmpty(), "nobody measured these together");
  }

  @Test
  void bringsTheBackboneIntoTheFastProfile() throws IOException {
    copy("\"id\": \"clip-whole\"", "\"id\": \"my-head\"");
    assertEquals(
        List.of("native-texture", "my-head", "clip-vit-b-16"),
        analyze(Profile.FAST).tool().models().stream().map(Report.ModelReference::id).toList());
  }

  @Test
  void namesTheBackboneThatIsMissing() throws IOException {
    copy("\"backbone\": \"clip-vit-b-16\"", "\"backbone\": \"another\"");
    ModelException e = assertThrows(ModelException.class, () -> analyze(Profile.BALANCED));
    assertTrue(e.getMessage().contains("another"), e.getMessage());
  }

  private void copy(String part, String instead) throws IOException {
    Files.copy(SHIPPED.resolve("model.onnx"), folder.resolve("model.onnx"));
    String card = Files.readString(SHIPPED.resolve("card.json"));
    assertTrue(card.contains(part), "the test changes the card");
    Files.writeString(folder.resolve("card.json"), card.replace(part, instead));
  }

  private Report analyze(Profile profile) {
    try (Detector detector = Detector.builder().withModels(folder).withProfile(profile).build()) {
      return detector.analyze(PICTURE);
    }
  }

  private static Evidence of(Report report, String model) {
    return report.evidence().stream()
        .filter(piece -> piece.model().filter(model::equals).isPresent())
        .findFirst()
        .orElseThrow();
  }
}
