package dev.assay.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.ContentFeatures;
import dev.assay.MediaKind;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Heads on pictures that the shipped models learned from, taken for those of a new generator. */
class HeadTrialTest {

  /** A generator of which the shipped models find little on pages that they never saw. */
  private static final String MISSED = "midjourney-v7";

  private final LearnedStatistics learned = LearnedStatistics.shipped(Subject.PICTURES);

  private HeadResult trial(Set<String> units, boolean synthetic) {
    return trial(Subject.PICTURES, learned, units, synthetic);
  }

  /** The files of one generator are taken out and are the new ones. */
  private static HeadResult trial(
      Subject subject, LearnedStatistics learned, Set<String> units, boolean synthetic) {
    List<Example> own = new ArrayList<>();
    List<Example> reals = new ArrayList<>();
    List<Example> others = new ArrayList<>();
    int skipped = 0;
    for (LearnedStatistics.Row row : learned.rows()) {
      boolean taken = row.synthetic() == synthetic && units.contains(row.unit());
      if (!taken && ++skipped % 2 == 0) {
        // Half of them are enough here, in a quarter of the time.
        continue;
      }
      Example example =
          new Example(
              taken || row.synthetic(),
              taken ? "new" : row.unit(),
              taken ? "own " + own.size() / 2 : row.page(),
              true,
              row.ratio(),
              row.components());
      (taken ? own : row.synthetic() ? others : reals).add(example);
    }
    return HeadTrial.of(own, reals, others, Optional.empty())
        .result("new", subject.kind(), 0.3, subject.sum().thresholds());
  }

  @Test
  void aGeneratorThatWasMissedIsFoundAndTheOthersStayFound() {
    HeadResult result = trial(Set.of(MISSED), true);
    assertTrue(result.written(), result.why());
    assertTrue(result.after().own() > result.before().own() + 0.2, result.toString());
    assertTrue(result.gain().low() > 0);
    assertTrue(result.after().others() >= result.before().others() - 0.005, result.toString());
    assertTrue(result.after().falseAlarms() <= result.before().falseAlarms() + 1e-9);
  }

  @ParameterizedTest
  @CsvSource({"VOICES, vall-e", "CLIPS, stable-video-diffusion-hunyuanportrait"})
  void voicesAndFramesGetHeadsToo(Subject subject, String system) {
    HeadResult result = trial(subject, LearnedStatistics.shipped(subject), Set.of(system), true);
    assertTrue(result.written(), result.why());
    assertEquals(subject.kind(), result.kind());
    assertTrue(result.after().own() > result.before().own() + 0.1, result.toString());
    assertTrue(result.after().others() >= result.before().others() - 0.005, result.toString());
  }

  @Test
  void aHeadForWhatIsNoGeneratorIsRefused() {
    // Every second real source, called a generator: nothing tells it from the rest.
    List<String> sources =
        learned.rows().stream()
            .filter(row -> !row.synthetic())
            .map(LearnedStatistics.Row::unit)
            .distinct()
            .sorted()
            .toList();
    Random random = new Random(1);
    Set<String> half = new HashSet<>();
    sources.forEach(
        source -> {
          if (random.nextBoolean()) {
            half.add(source);
          }
        });
    HeadResult result = trial(half, false);
    assertFalse(result.written(), result.toString());
    assertFalse(result.why().isEmpty());
  }

  @Test
  void aHeadScoresFeaturesAsItScoresTheirComponents() {
    Random random = new Random(2);
    List<Components> rows = new ArrayList<>();
    List<Boolean> labels = new ArrayList<>();
    List<ContentFeatures> features = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      FloatBuffer whole = FloatBuffer.allocate(9216);
      FloatBuffer close = FloatBuffer.allocate(9216);
      for (int f = 0; f < 9216; f++) {
        whole.put(f, (float) random.nextGaussian() + (i % 2 == 0 && f < 2000 ? 0.3f : 0));
        close.put(f, (float) random.nextGaussian());
      }
      ContentFeatures made =
          new ContentFeatures(
              MediaKind.IMAGE, learned.backbone(), Map.of("whole", whole, "native", close));
      features.add(made);
      rows.add(learned.components(made).orElseThrow());
      labels.add(i % 2 == 0);
    }
    LinearHead head = LinearHead.fit(rows, labels, 0.01);
    LearnedStatistics.OnFeatures on = learned.onFeatures(head);
    for (int i = 0; i < 40; i++) {
      double sum = on.intercept();
      for (String view : List.of("whole", "native")) {
        FloatBuffer weights = on.coefficients().views().get(view);
        FloatBuffer values = features.get(i).views().get(view);
        for (int f = 0; f < 9216; f++) {
          sum += (double) weights.get(f) * values.get(f);
        }
      }
      assertEquals(head.score(rows.get(i)), sum, 1e-3);
    }
    assertTrue(
        learned
            .components(new ContentFeatures(MediaKind.IMAGE, learned.backbone(), Map.of()))
            .isEmpty());
  }
}
