package dev.assay.fusion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.Evidence;
import dev.assay.MediaKind;
import dev.assay.Verdict;
import dev.assay.Verdict.Basis;
import dev.assay.Verdict.Label;
import dev.assay.fusion.FusionParameters.Band;
import dev.assay.fusion.FusionParameters.DeclarationCounts;
import dev.assay.fusion.FusionParameters.Thresholds;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FusionTest {

  private static final FusionParameters PARAMETERS =
      new FusionParameters(
          Map.of("a", 0.5, "b", 0.75),
          new Thresholds(new Band(0.9, 0.1), new Band(0.95, 0.05)),
          Map.of("stated", new DeclarationCounts(99, 49, 999, 0)));

  private final Fusion fusion = new Fusion(PARAMETERS);

  @Test
  void addsTheModelsUpByTheirWeights() {
    Verdict verdict = judge(0.5, classifier("a", 4), classifier("b", -2));
    assertEquals(0.5, verdict.logLikelihoodRatio(), 1e-9);
    assertEquals(1 / (1 + Math.exp(-0.5)), verdict.probability(), 1e-9);
    assertEquals(Label.INCONCLUSIVE, verdict.label());
  }

  @Test
  void givesModelsWithoutAFittedWeightAnEqualSay() {
    Verdict verdict = judge(0.5, classifier("a", 4), classifier("own", 2));
    assertEquals(3, verdict.logLikelihoodRatio(), 1e-9);
  }

  @Test
  void letsAnAbstainingModelHaveNoSay() {
    Verdict verdict =
        judge(
            0.5,
            classifier("a", 4),
            evidence(Evidence.Kind.CLASSIFIER, "b", OptionalDouble.empty(), Map.of("model", "b")));
    assertEquals(2, verdict.logLikelihoodRatio(), 1e-9);
  }

  @Test
  void weighsADeclarationByHowOftenItWasMet() {
    Verdict verdict = judge(0.5, declaration("declared.x"));
    assertEquals(Math.log((49.5 / 100) / (0.5 / 1000)), verdict.logLikelihoodRatio(), 1e-9);
    assertEquals(Label.SYNTHETIC, verdict.label());
    assertEquals(Set.of(Basis.DECLARED), verdict.basis());
  }

  @Test
  void countsDeclarationsOfOneFileOnce() {
    assertEquals(
        judge(0.5, declaration("declared.x")).logLikelihoodRatio(),
        judge(0.5, declaration("declared.x"), declaration("declared.y")).logLikelihoodRatio());
  }

  @Test
  void saysWhenDeclarationAndContentDisagree() {
    Verdict verdict = judge(0.5, declaration("declared.x"), classifier("a", -6));
    assertTrue(disagree(verdict), verdict.reasons().toString());
    assertFalse(verdict.basis().contains(Basis.DETECTED));
  }

  @Test
  void makesNoContradictionOfContentThatIsMerelyUnsure() {
    assertFalse(disagree(judge(0.5, declaration("declared.x"), classifier("a", -2))));
    assertFalse(disagree(judge(0.5, classifier("a", -6))));
  }

  private static boolean disagree(Verdict verdict) {
    return verdict.reasons().stream().anyMatch(reason -> reason.text().contains("disagree"));
  }

  @Test
  void movesWithThePrior() {
    assertEquals(Label.AUTHENTIC, judge(0.001, classifier("a", 4)).label());
    assertEquals(Label.SYNTHETIC, judge(0.999, classifier("a", 4)).label());
  }

  @Test
  void isInconclusiveAtThePriorWithoutEvidenceWhateverThePrior() {
    Verdict verdict = judge(0.99);
    assertEquals(Label.INCONCLUSIVE, verdict.label());
    assertEquals(0.99, verdict.probability(), 1e-9);
    assertEquals(1, verdict.reasons().size());
    assertTrue(verdict.basis().isEmpty());
  }

  @Test
  void takesTheThresholdsOfTheKindOfMedia() {
    List<Evidence> evidence = fusion.weigh(List.of(classifier("a", 5)));
    assertEquals(Label.SYNTHETIC, fusion.judge(MediaKind.IMAGE, evidence, 0.5).label());
    assertEquals(Label.INCONCLUSIVE, fusion.judge(MediaKind.VIDEO, evidence, 0.5).label());
  }

  @Test
  void putsTheMostTellingEvidenceFirst() {
    List<Evidence> weighed =
        fusion.weigh(List.of(classifier("a", 0.5), declaration("declared.x"), classifier("b", -3)));
    assertEquals("declared.x", weighed.get(0).code());
    assertEquals("b", weighed.get(1).details().get("model"));
  }

  @Test
  void readsTheParametersThatShip() {
    FusionParameters shipped = FusionParameters.shipped();
    assertTrue(shipped.declarations().containsKey("stated"));
    assertTrue(
        shipped.declarations().get("stated").logLikelihoodRatio()
            > shipped.declarations().get("hint").logLikelihoodRatio());
  }

  private Verdict judge(double prior, Evidence... evidence) {
    return fusion.judge(MediaKind.IMAGE, fusion.weigh(List.of(evidence)), prior);
  }

  private static Evidence classifier(String model, double ratio) {
    return evidence(
        Evidence.Kind.CLASSIFIER,
        "classifier.score",
        OptionalDouble.of(ratio),
        Map.of("model", model));
  }

  private static Evidence declaration(String code) {
    return evidence(
        Evidence.Kind.DECLARATION, code, OptionalDouble.empty(), Map.of("strength", "stated"));
  }

  private static Evidence evidence(
      Evidence.Kind kind, String code, OptionalDouble ratio, Map<String, Object> details) {
    return new Evidence("test", kind, code, ratio, "A sentence.", details);
  }
}
