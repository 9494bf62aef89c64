package dev.assay.internal.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.Evidence;
import dev.assay.MediaKind;
import dev.assay.Verdict;
import dev.assay.internal.fusion.Fusion;
import dev.assay.internal.fusion.FusionParameters;
import dev.assay.internal.fusion.FusionParameters.Band;
import dev.assay.internal.fusion.FusionParameters.Bounds;
import dev.assay.internal.fusion.FusionParameters.Early;
import dev.assay.internal.fusion.FusionParameters.OfKind;
import dev.assay.internal.fusion.FusionParameters.Rates;
import dev.assay.internal.fusion.FusionParameters.Sum;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnsembleTest {

  private static final Path MODELS = Path.of("../models/src/main/resources/dev/assay/models");
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Ensemble ENSEMBLE =
      new Ensemble(
          new FusionParameters(
              kind(sum(Map.of("a", 0.5, "b", 0.75), 0.2), sum(Map.of("a", 0.75), 0.25)),
              kind(),
              kind()));

  private static OfKind kind(Sum... sums) {
    return new OfKind(List.of(sums), new Band(0.9, 0.1), null, null, null, null);
  }

  private static Sum sum(Map<String, Double> weights, double intercept) {
    return new Sum(
        weights,
        intercept,
        new Bounds(400, 3),
        new Band(0.9, 0.1),
        new Rates(null, 0.02, 0.5, null));
  }

  @Test
  void whatModelsAddSumsUpToTheFit() {
    assertEquals(0.5 * 4 - 0.75 * 2 + 0.2, sum(Map.of("a", 4.0, "b", -2.0)), 1e-4);
  }

  @Test
  void takesTheFitOfTheModelsThatHaveASay() {
    assertEquals(0.75 * 4 + 0.25, sum(Map.of("a", 4.0)), 1e-3);
  }

  @Test
  void leavesTheFitAloneWhereModelsComeThatWereNotMeasured() {
    Map<String, Double> alone = added(MediaKind.IMAGE, Map.of("a", 4.0, "b", -2.0));
    Map<String, Double> beside =
        added(MediaKind.IMAGE, Map.of("a", 4.0, "b", -2.0, "own", 3.0, "other", -1.0));
    assertEquals(alone.get("a"), beside.get("a"));
    assertEquals(alone.get("b"), beside.get("b"));
    assertEquals(1.5, beside.get("own"), 1e-9, "they have one say together");
    assertEquals(-0.5, beside.get("other"), 1e-9);
  }

  @Test
  void letsOneModelsScoreSettleTheAnswerByALineOfItsOwn() {
    Early early = new Early("a", Set.of("b"), -5, 4, 0.5, 1, new Bounds(400, 400));
    Ensemble ensemble =
        new Ensemble(
            new FusionParameters(
                new OfKind(List.of(), new Band(0.9, 0.1), null, null, early, null),
                kind(),
                kind()));
    assertEquals(Optional.of(early), ensemble.settled(MediaKind.IMAGE, "a", 4));
    assertEquals(Optional.of(early), ensemble.settled(MediaKind.IMAGE, "a", -5));
    assertEquals(Optional.empty(), ensemble.settled(MediaKind.IMAGE, "a", 3.9));
    assertEquals(Optional.empty(), ensemble.settled(MediaKind.IMAGE, "b", 9));
    assertEquals(Optional.empty(), ensemble.settled(MediaKind.VIDEO, "a", 9));
    assertEquals(4, ensemble.shares(MediaKind.IMAGE, early, Map.of("a", 6.0)).get("a").of(6), 1e-6);
  }

  @Test
  void looksAtFacesOnlyWhereTheyCanMoveTheAnswer() {
    Ensemble mixing =
        new Ensemble(
            new FusionParameters(
                new OfKind(
                    List.of(),
                    new Band(0.9, 0.1),
                    new FusionParameters.Faces(0.1),
                    null,
                    null,
                    null),
                kind(),
                kind()));
    assertTrue(mixing.facesCount(MediaKind.IMAGE, -2, 3));
    assertFalse(mixing.facesCount(MediaKind.IMAGE, 3.5, 3));
    assertTrue(mixing.facesCount(MediaKind.VIDEO, 3.5, 3), "no mixture: what it says is shown");
  }

  @Test
  void addsModelsThatNoSumWasFittedForAtAll() {
    assertEquals(3, sum(Map.of("own", 4.0, "other", 2.0)), 1e-9);
    assertEquals(0, sum(Map.of()), 1e-9);
  }

  @Test
  void claimsNoMoreThanTheFitCarries() {
    assertEquals(-3, sum(Map.of("a", -99.0)), 1e-3);
    assertEquals(400, sum(Map.of("a", 9999.0)), 1e-3);
    assertTrue(sum(Map.of("a", -9.0)) > sum(Map.of("a", -10.0)), "ranks are kept");
  }

  @Test
  void saysWhatAModelAddsByTheSideThatItAddsTo() {
    Map<String, Double> added = added(MediaKind.IMAGE, Map.of("a", 4.0, "b", -40.0));
    assertTrue(added.get("a") > 0 && added.get("b") < 0, added.toString());
  }

  /** Bounds of cards and sums and the thresholds are fitted together, or no answer can be given. */
  @ParameterizedTest
  @CsvSource({"image, IMAGE", "video, VIDEO"})
  void everyShippedSetOfModelsCanReachBothAnswers(String name, MediaKind kind) throws IOException {
    JsonNode sums = JSON.readTree(MODELS.resolve("fusion.json").toFile()).path(name).path("sums");
    assertFalse(sums.isEmpty());
    Fusion fusion = new Fusion(FusionParameters.shipped());
    for (JsonNode sum : sums) {
      Map<String, Double> strongest = new TreeMap<>();
      for (var model : sum.path("weights").properties()) {
        Path card = MODELS.resolve(model.getKey()).resolve("card.json");
        strongest.put(
            model.getKey(), JSON.readTree(card.toFile()).at("/calibration/bound").asDouble());
      }
      String what = name + " " + sum.path("weights");
      assertEquals(Verdict.Label.SYNTHETIC, label(fusion, kind, strongest, 0.99), what);
      assertEquals(Verdict.Label.NOT_SYNTHETIC, label(fusion, kind, strongest, -0.99), what);
    }
  }

  private static Verdict.Label label(
      Fusion fusion, MediaKind kind, Map<String, Double> strongest, double factor) {
    Map<String, Double> ratios = new TreeMap<>(strongest);
    ratios.replaceAll((model, ratio) -> factor * ratio);
    List<Evidence> evidence =
        added(new Ensemble(FusionParameters.shipped()), kind, ratios).entrySet().stream()
            .map(model -> score(model.getKey(), model.getValue()))
            .toList();
    return fusion.judge(kind, evidence, 0.5).label();
  }

  private static double sum(Map<String, Double> ratios) {
    return added(MediaKind.IMAGE, ratios).values().stream().mapToDouble(x -> x).sum();
  }

  private static Map<String, Double> added(MediaKind kind, Map<String, Double> ratios) {
    return added(ENSEMBLE, kind, ratios);
  }

  private static Map<String, Double> added(
      Ensemble ensemble, MediaKind kind, Map<String, Double> ratios) {
    Map<String, Double> added = new TreeMap<>();
    ensemble
        .shares(kind, ratios)
        .forEach((model, share) -> added.put(model, share.of(ratios.get(model))));
    return added;
  }

  private static Evidence score(String model, double ratio) {
    return Evidence.of("classifier", Evidence.Kind.CLASSIFIER, "classifier.score", "A sentence.")
        .from(Evidence.Source.model(model))
        .logLikelihoodRatio(ratio)
        .build();
  }
}
