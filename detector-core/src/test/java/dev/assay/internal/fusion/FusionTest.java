package dev.assay.internal.fusion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.Evidence;
import dev.assay.MediaKind;
import dev.assay.Sentence;
import dev.assay.Verdict;
import dev.assay.Verdict.Basis;
import dev.assay.Verdict.Label;
import dev.assay.internal.fusion.FusionParameters.Band;
import dev.assay.internal.fusion.FusionParameters.Bounds;
import dev.assay.internal.fusion.FusionParameters.Faces;
import dev.assay.internal.fusion.FusionParameters.OfKind;
import dev.assay.internal.fusion.FusionParameters.Own;
import dev.assay.internal.fusion.FusionParameters.Rates;
import dev.assay.internal.fusion.FusionParameters.Sum;
import dev.assay.internal.fusion.FusionParameters.Sums;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FusionTest {

  private static final Band BAND = new Band(0.9, 0.1);
  private static final Rates RATES = new Rates("sources", 0.02, 0.5, 0.05);
  private static final Verdict.Measured MEASURED = RATES.measured();

  private static final FusionParameters PARAMETERS =
      new FusionParameters(
          new OfKind(
              List.of(
                  sum(Map.of("a", 0.5, "b", 0.75), BAND),
                  sum(Map.of("a", 0.75), new Band(0.8, 0.2))),
              BAND,
              null,
              new FusionParameters.Reach(1.5, 0.5),
              null,
              new FusionParameters.Edits(1, 1, 0, 4, 0, 2.5, 0.01)),
          new OfKind(
              List.of(sum(Map.of("a", 0.75), new Band(0.999, 0.05))),
              BAND,
              new Faces(0.25),
              null,
              null,
              null),
          new OfKind(
              List.of(
                  sum(Map.of("voice", 1.0), new Band(0.95, 0.05)),
                  sum(Map.of("tune", 1.0), new Band(0.9, 0.1))),
              BAND,
              null,
              null,
              null,
              null));

  private static Sum sum(Map<String, Double> weights, Band thresholds) {
    return new Sum(weights, 0, new Bounds(400, 400), thresholds, RATES);
  }

  private static final double DECLARED = Math.log((49.5 / 100) / (0.5 / 1000));

  private final Fusion fusion = new Fusion(PARAMETERS);

  @Test
  void goesByTheFitOfAllModelsWhereSomeWereSpared() {
    Evidence spared =
        Evidence.of("x", Evidence.Kind.CLASSIFIER, Evidence.SPARED, Sentence.of("not asked"))
            .from(Evidence.Source.model("b"))
            .build();
    double between = Math.log(0.85 / 0.15);
    assertEquals(Label.SYNTHETIC, judge(0.5, classifier("a", between)).label());
    Verdict verdict = judge(0.5, classifier("a", between), spared);
    assertEquals(Label.INCONCLUSIVE, verdict.label(), "the thresholds of both");
    assertEquals(Optional.of(MEASURED), verdict.measured());
  }

  @Test
  void addsUpWhatTheModelsState() {
    Verdict verdict = judge(0.5, classifier("a", 2.5), classifier("b", -2));
    assertEquals(0.5, verdict.logLikelihoodRatio(), 1e-9);
    assertEquals(1 / (1 + Math.exp(-0.5)), verdict.probability(), 1e-9);
    assertEquals(Label.INCONCLUSIVE, verdict.label());
    assertEquals(
        List.of(new Verdict.Contribution(0, 2.5), new Verdict.Contribution(1, -2)),
        verdict.contributions());
  }

  @Test
  void contributionsAddUpToTheWhole() {
    List<Evidence> pieces =
        List.of(
            classifier("a", 4),
            classifier("b", -700),
            classifier("own", 2),
            declaration("declared.x"),
            face(5),
            face(-1));
    for (int chosen = 0; chosen < 1 << pieces.size(); chosen++) {
      List<Evidence> evidence = new ArrayList<>();
      for (int i = 0; i < pieces.size(); i++) {
        if (((chosen >> i) & 1) == 1) {
          evidence.add(pieces.get(i));
        }
      }
      for (MediaKind kind : MediaKind.values()) {
        Verdict verdict = fusion.judge(kind, evidence, 0.5);
        assertEquals(
            verdict.logLikelihoodRatio(),
            verdict.contributions().stream()
                .mapToDouble(Verdict.Contribution::logLikelihoodRatio)
                .sum(),
            1e-9);
      }
    }
  }

  @Test
  void takesTheThresholdsOfTheModelsThatHaveASay() {
    assertEquals(Label.SYNTHETIC, judge(0.5, classifier("a", 1.6)).label(), "83 % of 80");
    assertEquals(
        Label.INCONCLUSIVE,
        judge(0.5, classifier("a", 0.8), classifier("b", 0.8)).label(),
        "83 % of 90");
  }

  @Test
  void takesTheRatioThatADeclarationStates() {
    Verdict verdict = judge(0.5, declaration("declared.x"));
    assertEquals(DECLARED, verdict.logLikelihoodRatio(), 1e-9);
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
    Verdict verdict = judge(0.5, declaration("declared.x"), classifier("a", -3));
    assertTrue(disagree(verdict), verdict.reasons().toString());
    assertFalse(verdict.basis().contains(Basis.DETECTED));
  }

  @Test
  void makesNoContradictionOfContentThatIsMerelyUnsure() {
    assertFalse(disagree(judge(0.5, declaration("declared.x"), classifier("a", -1))));
    assertFalse(disagree(judge(0.5, classifier("a", -3))));
  }

  private static boolean disagree(Verdict verdict) {
    return says(verdict, "The declaration and the content disagree");
  }

  private static boolean says(Verdict verdict, String words) {
    return verdict.reasons().stream().anyMatch(reason -> reason.text().contains(words));
  }

  @Test
  void neverGivesALabelAgainstTheEvidenceWhateverThePrior() {
    for (double prior : new double[] {1e-6, 0.001, 0.1, 0.5, 0.9, 0.999, 1 - 1e-6}) {
      for (double ratio = -5; ratio <= 5; ratio += 0.25) {
        Label label = judge(prior, classifier("a", ratio)).label();
        if (label != Label.INCONCLUSIVE) {
          assertEquals(label, judge(0.5, classifier("a", ratio)).label(), prior + " " + ratio);
        }
      }
    }
  }

  @Test
  void letsThePriorHoldALabelBackAndSaysSo() {
    Verdict verdict = judge(0.001, classifier("a", 4));
    assertEquals(Label.INCONCLUSIVE, verdict.label());
    assertEquals(0.052, verdict.probability(), 0.001);
    assertTrue(says(verdict, "at the prior that was set"), verdict.reasons().toString());
  }

  @Test
  void namesTheErrorRateThatBelongsToTheAnswer() {
    Verdict.ErrorRate wrong = judge(0.5, classifier("a", 4)).errorRate().orElseThrow();
    assertEquals(new Verdict.ErrorRate(Label.NOT_SYNTHETIC, 0.02, Verdict.Unseen.SOURCES), wrong);
    Verdict.ErrorRate missed = judge(0.5, classifier("a", -4)).errorRate().orElseThrow();
    assertEquals(new Verdict.ErrorRate(Label.SYNTHETIC, 0.05, Verdict.Unseen.SOURCES), missed);
    assertTrue(judge(0.5, classifier("a", 0.1)).errorRate().isEmpty());
    assertTrue(judge(0.5, declaration("declared.x"), classifier("a", 4)).errorRate().isEmpty());
  }

  @Test
  void asksForCopiesOnlyWhereTheyCouldChangeTheLabel() {
    double threshold = Math.log(4);
    assertTrue(reaches(threshold + 1.4));
    assertFalse(reaches(threshold + 1.6));
    assertFalse(reaches(threshold - 0.1), "inconclusive stays so");
    assertTrue(reaches(-threshold - 0.4));
    assertFalse(reaches(-threshold - 0.6));
  }

  private boolean reaches(double ratio) {
    List<Evidence> evidence = List.of(classifier("a", ratio));
    return fusion.withinReach(
        MediaKind.IMAGE, evidence, fusion.judge(MediaKind.IMAGE, evidence, 0.5));
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
    List<Evidence> evidence = List.of(classifier("a", 5));
    assertEquals(Label.SYNTHETIC, fusion.judge(MediaKind.IMAGE, evidence, 0.5).label());
    assertEquals(Label.INCONCLUSIVE, fusion.judge(MediaKind.VIDEO, evidence, 0.5).label());
  }

  @Test
  void isInconclusiveWhereChangedCopiesDisagree() {
    Verdict sure = judge(0.5, classifier("a", 5));
    Verdict unsure = judge(0.5, classifier("a", 0.5));
    Verdict disagreeing = fusion.withCopies(sure, Map.of("cropped", unsure), true);
    assertEquals(Label.INCONCLUSIVE, disagreeing.label());
    assertEquals(sure.probability(), disagreeing.probability());
    assertTrue(disagreeing.basis().isEmpty());
    assertEquals(
        List.of(new Verdict.Copy("cropped", unsure.probability())), disagreeing.stability());
    assertTrue(says(disagreeing, "(cropped)"));
    assertEquals(Label.SYNTHETIC, fusion.withCopies(sure, Map.of("cropped", sure), true).label());
    Verdict shown = fusion.withCopies(sure, Map.of("cropped", unsure), false);
    assertEquals(Label.SYNTHETIC, shown.label(), "shown copies take no label away");
    assertEquals(sure.basis(), shown.basis());
    assertTrue(says(shown, "(cropped)"));
  }

  @Test
  void saysHowOftenTheModelsErrThatHadASay() {
    assertEquals(MEASURED, judge(0.5, classifier("a", 1)).measured().orElseThrow());
    assertTrue(judge(0.5, classifier("own", 1)).measured().isEmpty());
    assertTrue(judge(0.5, classifier("a", 1), classifier("own", 1)).measured().isEmpty());
    assertTrue(judge(0.5, declaration("declared.x")).measured().isEmpty());
  }

  @Test
  void addsWhatForensicsMeasured() {
    Verdict verdict = judge(0.5, classifier("a", 1), forensics(1.5), forensics(-0.25));
    assertEquals(2.25, verdict.logLikelihoodRatio(), 1e-9);
    assertEquals(
        List.of(
            new Verdict.Contribution(0, 1),
            new Verdict.Contribution(1, 1.5),
            new Verdict.Contribution(2, -0.25)),
        verdict.contributions());
    assertTrue(
        disagree(judge(0.5, declaration("declared.x"), forensics(-3))),
        "what was measured is content too");
  }

  @Test
  void contributionsComeInTheOrderOfTheEvidence() {
    assertEquals(
        List.of(0, 1, 2),
        judge(0.5, declaration("declared.x"), forensics(1), classifier("a", 1))
            .contributions()
            .stream()
            .map(Verdict.Contribution::evidence)
            .toList());
    assertEquals(
        List.of(1),
        judge(0.5, declaration("declared.x", 1), declaration("declared.y", 2))
            .contributions()
            .stream()
            .map(Verdict.Contribution::evidence)
            .toList(),
        "the strongest declaration counts");
  }

  private static Evidence sound(String model, boolean speech, double ratio) {
    return Evidence.of(
            "sound",
            Evidence.Kind.CLASSIFIER,
            speech ? Evidence.SPEECH : Evidence.MUSIC,
            Sentence.of("heard"))
        .from(Evidence.Source.model(model))
        .logLikelihoodRatio(ratio)
        .build();
  }

  @Test
  void aGeneratedVoiceMakesARealFilmSynthetic() {
    Verdict verdict = video(classifier("a", -4), sound("voice", true, 5));
    assertEquals(Label.SYNTHETIC, verdict.label());
    assertEquals(5, verdict.logLikelihoodRatio());
    assertEquals(
        List.of(Label.NOT_SYNTHETIC, Label.SYNTHETIC),
        verdict.parts().stream().map(Verdict.Part::label).toList());
    assertTrue(verdict.reasons().stream().anyMatch(r -> r.text().startsWith("The voice decides")));
    assertEquals(Set.of(1), verdict.counted());
  }

  @Test
  void generatedMusicMakesARealFilmNone() {
    Verdict verdict = video(classifier("a", -4), sound("tune", false, 5));
    assertEquals(Label.NOT_SYNTHETIC, verdict.label());
    assertEquals(Verdict.Medium.MUSIC, verdict.parts().get(1).medium());
    assertEquals(Label.SYNTHETIC, verdict.parts().get(1).label());
  }

  @Test
  void aRealVoiceTakesNothingFromAGeneratedPicture() {
    Verdict verdict = video(classifier("a", 8), sound("voice", true, -4));
    assertEquals(Label.SYNTHETIC, verdict.label());
    assertEquals(8, verdict.logLikelihoodRatio());
    assertEquals(List.of(), fusion.unmeasured(MediaKind.VIDEO, List.of(sound("voice", true, 1))));
  }

  @Test
  void ofAudioTheSpeechOrTheMusicDecides() {
    Verdict both =
        fusion.judge(
            MediaKind.AUDIO, List.of(sound("voice", true, -1), sound("tune", false, 5)), 0.5);
    assertEquals(Label.SYNTHETIC, both.label());
    assertEquals(2, both.parts().size());
    Verdict alone = fusion.judge(MediaKind.AUDIO, List.of(sound("voice", true, 5)), 0.5);
    assertEquals(Label.SYNTHETIC, alone.label());
    assertEquals(List.of(), alone.parts());
  }

  @Test
  void saysOfWhichMediaNothingIsKnown() {
    for (MediaKind kind : MediaKind.values()) {
      String words = fusion.judge(kind, List.of(), 0.5).reasons().get(0).text();
      assertTrue(words.toLowerCase(Locale.ROOT).contains(kind.code()), words);
    }
  }

  @Test
  void asksForCopiesWhereThePriorBringsTheAnswerNearTheThreshold() {
    List<Evidence> evidence = List.of(classifier("a", Math.log(4) + 3));
    for (boolean far : new boolean[] {true, false}) {
      double prior = far ? 0.5 : 1 / (1 + Math.exp(2));
      Verdict verdict = fusion.judge(MediaKind.IMAGE, evidence, prior);
      assertEquals(Label.SYNTHETIC, verdict.label());
      assertEquals(!far, fusion.withinReach(MediaKind.IMAGE, evidence, verdict));
    }
  }

  @Test
  void copiesTakeNothingFromWhatWasInconclusive() {
    Verdict unsure = judge(0.5, classifier("a", 0.5));
    Verdict sure = judge(0.5, classifier("a", 5));
    Verdict beside = fusion.withCopies(unsure, Map.of("cropped", sure), true);
    assertEquals(Label.INCONCLUSIVE, beside.label());
    assertEquals(unsure.reasons(), beside.reasons());
  }

  @Test
  void keepsTheThresholdsOfTheMeasuredModelsBesideOthers() {
    Evidence own = classifier("own", 0.1);
    assertEquals(Label.SYNTHETIC, judge(0.5, classifier("a", 1.6), own).label(), "84 % of 80");
    assertEquals(
        Label.INCONCLUSIVE,
        judge(0.5, classifier("a", 0.8), classifier("b", 0.8), own).label(),
        "84 % of 90");
    assertEquals(
        List.of("other", "own"),
        fusion.unmeasured(
            MediaKind.IMAGE, List.of(own, classifier("a", 1), classifier("other", 1), face(2))));
    assertEquals(
        List.of(),
        fusion.unmeasured(MediaKind.IMAGE, List.of(classifier("b", 1), classifier("a", 1))));
  }

  @Test
  void ownSumsComeFirstAndReplacedModelsLoseTheirs() {
    Own own = new Own(2, new Sums(List.of(sum(Map.of("a", 0.5, "own", 0.5), BAND))), null, null);
    Evidence[] both = {classifier("a", 4), classifier("own", 1)};
    Fusion measured = new Fusion(PARAMETERS.with(own, Set.of("own")));
    Verdict verdict = measured.judge(MediaKind.IMAGE, List.of(both), 0.5);
    assertEquals(MEASURED, verdict.measured().orElseThrow());
    assertEquals(Set.of("a", "own"), own.models());
    Fusion replaced = new Fusion(PARAMETERS.with(Own.none(), Set.of("a")));
    assertTrue(
        replaced.judge(MediaKind.IMAGE, List.of(classifier("a", 4)), 0.5).measured().isEmpty(),
        "another model of that name was measured");
  }

  @Test
  void mixesInTheMostSuspiciousFace() {
    double whole = video(classifier("a", 2)).logLikelihoodRatio();
    double mixed = Math.log(0.75 * Math.exp(whole) + 0.25 * Math.exp(3));
    Evidence[] faces = {classifier("a", 2), face(-1), face(3), face(0.5)};
    assertEquals(mixed, video(faces).logLikelihoodRatio(), 1e-9);
    assertEquals(MEASURED, video(faces).measured().orElseThrow(), "the sum is still one that fits");
  }

  @Test
  void takesNothingAwayForAFaceThatLooksReal() {
    double whole = video(classifier("a", 2)).logLikelihoodRatio();
    assertEquals(whole, video(classifier("a", 2), face(-3)).logLikelihoodRatio(), 1e-9);
    assertEquals(whole, video(classifier("a", 2), face(whole - 0.1)).logLikelihoodRatio(), 1e-9);
  }

  @Test
  void givesFacesAsReasonsWhereTheyRaiseTheRatioOnly() {
    assertEquals(List.of(0, 2), counted(classifier("a", 2), face(-3), face(3), face(1)));
    Evidence[] doubtful = {classifier("a", -3), face(-0.5)};
    assertTrue(
        video(doubtful).logLikelihoodRatio() > video(doubtful[0]).logLikelihoodRatio(),
        "it looks real, and less so than the whole");
    assertEquals(List.of(0), counted(doubtful), "a face that looks real is no reason");
    assertTrue(says(video(doubtful), "a face swapped into a real picture cannot be ruled out"));
  }

  private List<Integer> counted(Evidence... evidence) {
    return video(evidence).reasons().stream()
        .map(Verdict.Reason::evidence)
        .filter(i -> i >= 0)
        .toList();
  }

  private Verdict video(Evidence... evidence) {
    return fusion.judge(MediaKind.VIDEO, List.of(evidence), 0.5);
  }

  @Test
  void aChangedPartIsAnAnswerOfItsOwn() {
    Verdict verdict = judge(0.5, classifier("a", -4), edit(3));
    assertEquals(Label.ALTERED, verdict.label());
    assertEquals(Set.of(Basis.DETECTED), verdict.basis());
    assertEquals(1, verdict.reasons().get(0).evidence(), "what was found comes first");
    assertTrue(says(verdict, "10 of 1,000 get this answer"), "how often it is wrong");
    assertEquals(Optional.empty(), verdict.errorRate());
    Verdict without = judge(0.5, classifier("a", -4));
    assertEquals(without.probability(), verdict.probability(), 1e-12, "it is another question");
    assertEquals(Label.ALTERED, judge(0.5, edit(3)).label(), "no model judged the whole");
  }

  @Test
  void whatIsSyntheticAsAWholeStaysSo() {
    assertEquals(Label.SYNTHETIC, judge(0.5, classifier("a", 4), edit(3)).label());
    Verdict declared = judge(0.5, declaration("declared.x"), edit(3));
    assertEquals(Label.SYNTHETIC, declared.label());
  }

  @Test
  void aWeakSignOfAChangedPartChangesNothing() {
    Verdict verdict = judge(0.5, classifier("a", -4), edit(2));
    assertEquals(Label.NOT_SYNTHETIC, verdict.label());
    assertEquals(1, verdict.reasons().size());
    assertEquals(Label.INCONCLUSIVE, judge(0.5, edit(2)).label());
  }

  @Test
  void aDeclaredEditAndAFoundOneMeet() {
    Evidence declared =
        Evidence.of("test", Evidence.Kind.DECLARATION, "declared.y", "A sentence.")
            .effect(Evidence.Effect.EDITED)
            .logLikelihoodRatio(DECLARED)
            .build();
    assertEquals(Label.SYNTHETIC, judge(0.5, declared, classifier("a", -4)).label());
    Verdict verdict = judge(0.5, declared, classifier("a", -4), edit(3));
    assertEquals(Label.ALTERED, verdict.label());
    assertEquals(Set.of(Basis.DECLARED, Basis.DETECTED), verdict.basis());
    assertTrue(says(verdict, "declaration and content agree"));
    assertEquals(Label.SYNTHETIC, judge(0.5, declared, classifier("a", 4), edit(3)).label());
  }

  private static Evidence edit(double ratio) {
    return Evidence.of("test", Evidence.Kind.CLASSIFIER, Evidence.LOCAL_EDIT, "A part.")
        .from(Evidence.Source.model("finder"))
        .logLikelihoodRatio(ratio)
        .build();
  }

  private static Evidence face(double ratio) {
    return Evidence.of("test", Evidence.Kind.CLASSIFIER, "classifier.face", "A sentence.")
        .from(Evidence.Source.model("face"))
        .logLikelihoodRatio(ratio)
        .build();
  }

  private Verdict judge(double prior, Evidence... evidence) {
    return fusion.judge(MediaKind.IMAGE, List.of(evidence), prior);
  }

  private static Evidence classifier(String model, double ratio) {
    return Evidence.of("test", Evidence.Kind.CLASSIFIER, "classifier.score", "A sentence.")
        .from(Evidence.Source.model(model))
        .logLikelihoodRatio(ratio)
        .build();
  }

  private static Evidence forensics(double ratio) {
    return Evidence.of("test", Evidence.Kind.FORENSICS, "forensics.x", "A sentence.")
        .logLikelihoodRatio(ratio)
        .build();
  }

  private static Evidence declaration(String code) {
    return declaration(code, DECLARED);
  }

  private static Evidence declaration(String code, double ratio) {
    return Evidence.of("test", Evidence.Kind.DECLARATION, code, "A sentence.")
        .logLikelihoodRatio(ratio)
        .build();
  }
}
