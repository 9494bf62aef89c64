package dev.assay.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Held to what scikit-learn, SciPy and the definition of DeLong's test give on the same files. */
class FiguresTest {

  private static final double EXACT = 1e-9;

  private final Labelled sixty = Labelled.files(ScoredFiles.sixty(), Scored::ratio);

  @Test
  void rankingAgreesWithScikitLearn() {
    assertEquals(0.785, Ranking.auroc(sixty), EXACT);
    assertEquals(0.6923034035600314, Ranking.averagePrecision(sixty), EXACT);
  }

  @Test
  void calibrationAgreesWithScikitLearn() {
    assertEquals(0.19840083338115422, Calibration.brier(sixty), EXACT);
    assertEquals(0.8317648674744954, Calibration.cllr(sixty), EXACT);
    assertEquals(0.6805272040913277, Calibration.leastCllr(sixty), EXACT);
  }

  @Test
  void deLongAgreesWithItsDefinition() {
    List<Scored> files = ScoredFiles.sixty();
    List<Scored> others = ScoredFiles.sixtyOthers();
    Map<Scored, Double> second = new HashMap<>();
    for (int i = 0; i < files.size(); i++) {
      second.put(files.get(i), others.get(i).ratio());
    }
    assertEquals(
        0.34864788504533817,
        DeLong.probability(files, Scored::ratio, file -> second.getOrDefault(file, 0.0)),
        1e-6);
    assertEquals(1, DeLong.probability(files, Scored::ratio, Scored::ratio), EXACT);
  }

  @Test
  void recallCountsOnlyThresholdsThatHoldTheFalseAlarms() {
    List<Scored> files = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      files.add(ScoredFiles.file(false, i, "page", "r" + i));
    }
    for (double score : new double[] {98.5, 98.5, 99.5, 90}) {
      files.add(ScoredFiles.file(true, score, "generator", "s" + files.size()));
    }
    Labelled labelled = Labelled.files(files, Scored::ratio);
    assertEquals(0.75, Ranking.recallAt(labelled, 0.01), EXACT);
    assertEquals(0.25, Ranking.recallAt(labelled, 0.005), EXACT);
    assertEquals(1, Ranking.recallAt(labelled, 0.10), EXACT);
  }

  @Test
  void ofUnitsAlikeTheAreaIsTheMeanOverSystems() {
    List<Scored> files = new ArrayList<>();
    files.add(ScoredFiles.file(false, 0, "page", "r"));
    files.add(ScoredFiles.file(true, 1, "good", "a"));
    for (int i = 0; i < 9; i++) {
      files.add(ScoredFiles.file(true, -1, "bad", "b" + i));
    }
    assertEquals(0.1, Ranking.auroc(Labelled.files(files, Scored::ratio)), EXACT);
    assertEquals(0.5, Ranking.auroc(Labelled.units(files, Scored::ratio)), EXACT);
  }

  @Test
  void intervalsAreWiderWhereFilesBelongTogether() {
    List<Scored> apart = new ArrayList<>();
    List<Scored> together = new ArrayList<>();
    for (Scored file : ScoredFiles.sixty()) {
      for (int copy = 0; copy < 4; copy++) {
        String name = file.sample().name();
        apart.add(ScoredFiles.file(file.synthetic(), file.ratio(), "unit", name + copy));
        together.add(ScoredFiles.file(file.synthetic(), file.ratio(), "unit", name));
      }
    }
    Measure narrow = auroc(apart);
    Measure wide = auroc(together);
    assertEquals(narrow.value(), wide.value(), EXACT);
    assertTrue(wide.high() - wide.low() > 1.6 * (narrow.high() - narrow.low()));
    assertEquals(wide, auroc(together));
  }

  private static Measure auroc(List<Scored> files) {
    return Bootstrap.ofWhole().measure(Labelled.files(files, Scored::ratio), Ranking::auroc);
  }

  @Test
  void perfectRatiosCostNothingAndSilentOnesABit() {
    List<Scored> files =
        List.of(
            ScoredFiles.file(false, -40, "page", "r"),
            ScoredFiles.file(true, 40, "generator", "s"));
    assertEquals(0, Calibration.cllr(Labelled.files(files, Scored::ratio)), EXACT);
    assertEquals(0, Calibration.leastCllr(Labelled.files(files, Scored::ratio)), EXACT);
    assertEquals(1, Calibration.cllr(Labelled.files(files, file -> 0)), EXACT);
    assertEquals(1, Calibration.leastCllr(Labelled.files(files, file -> 0)), EXACT);
  }

  @Test
  void theReliabilityCurveHoldsEachClassByHalf() {
    List<Calibration.Bin> bins = Calibration.reliability(sixty);
    assertEquals(1, bins.stream().mapToDouble(Calibration.Bin::share).sum(), EXACT);
    assertEquals(0.5, bins.stream().mapToDouble(bin -> bin.share() * bin.synthetic()).sum(), EXACT);
  }

  @Test
  void sharesOfFewGroupsHaveWideIntervals() {
    assertEquals(new Share(0, 0, 0, 1), Share.of(0, 0, 0));
    Share many = Share.of(5, 100, 100);
    Share few = Share.of(5, 100, 4);
    assertEquals(0.05, many.value(), EXACT);
    assertEquals(0.0215, many.low(), 1e-3);
    assertEquals(0.1118, many.high(), 1e-3);
    assertTrue(few.high() > 0.4);
  }

  @Test
  void aSmallTreeFindsWhatTellsTheClassesApart() {
    List<double[]> rows = new ArrayList<>();
    List<Boolean> labels = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      rows.add(new double[] {i % 7, i < 30 || i >= 70 ? i : i + 0.5});
      labels.add(i >= 30 && i < 70);
    }
    SmallTree tree = SmallTree.fit(rows, labels);
    assertEquals(0, tree.predict(3, 5), EXACT);
    assertEquals(1, tree.predict(3, 50), EXACT);
    assertEquals(0, tree.predict(3, 90), EXACT);
  }
}
