package dev.assay.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.Condition;
import dev.assay.Detector;
import dev.assay.DetectorSettings;
import dev.assay.FileAnalyzer;
import dev.assay.Profile;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data sets from end to end, by what files declare and by the smallest model. */
class EvaluationTest {

  private static final DetectorSettings METADATA =
      DetectorSettings.defaults().withOnly(List.of("metadata"));
  private static Detector detector;

  @TempDir Path folder;

  private final AtomicInteger fresh = new AtomicInteger();

  @BeforeAll
  static void open() {
    detector = Detector.open(METADATA);
  }

  @AfterAll
  static void close() {
    detector.close();
  }

  private Evaluation evaluate(FileAnalyzer analyzer, List<Condition> conditions, Path... compare)
      throws DatasetException, IOException, InterruptedException {
    fresh.set(0);
    return Evaluation.of(
        Dataset.read(folder.resolve("set"), Optional.empty()),
        analyzer,
        new Evaluation.Request(
            conditions, List.of(compare), 2, folder.resolve("cache"), METADATA.json()),
        new Evaluation.Progress() {
          @Override
          public void begin(String condition, int files) {}

          @Override
          public void step(boolean examined) {
            fresh.addAndGet(examined ? 1 : 0);
          }
        });
  }

  private Evaluation evaluate() throws DatasetException, IOException, InterruptedException {
    return evaluate(detector, List.of());
  }

  private void make(int real, int synthetic) throws IOException {
    for (int i = 0; i < real; i++) {
      MadeFiles.plain(folder.resolve("set/real/page" + i % 3 + "/r" + i + ".png"), i);
    }
    for (int i = 0; i < synthetic; i++) {
      MadeFiles.declaring(folder.resolve("set/synthetic/sd/s" + i + ".png"), 1000 + i);
    }
  }

  private String refusal() {
    return String.valueOf(assertThrows(DatasetException.class, this::evaluate).getMessage());
  }

  @Test
  void measuresWhatFilesDeclareAndSaysThatItIsNoContent() throws Exception {
    make(12, 12);
    Evaluation evaluation = evaluate();
    OfCondition found = evaluation.conditions().get(0);
    assertEquals(1, found.files().auroc().value());
    assertEquals(12, found.synthetic().synthetic().count());
    assertEquals(12, found.real().inconclusive().count());
    assertEquals(0.5, Objects.requireNonNull(found.content()).auroc().value());
    assertEquals(
        List.of("page0", "page1", "page2"), found.sources().stream().map(Part::name).toList());
    assertEquals("sd", found.systems().get(0).name());
  }

  @Test
  void aSecondRunExaminesNothingAndSaysTheSame() throws Exception {
    make(5, 5);
    String first = EvaluationJson.of(evaluate());
    assertEquals(10, fresh.get());
    try (var caches = Files.list(folder.resolve("cache"))) {
      assertEquals(1, caches.count(), "a file for the files as found, and no other");
    }
    MadeFiles.plain(folder.resolve("set/real/page0/late.png"), 77);
    evaluate();
    assertEquals(1, fresh.get());
    Files.delete(folder.resolve("set/real/page0/late.png"));
    assertEquals(first, EvaluationJson.of(evaluate()));
    assertEquals(0, fresh.get());
  }

  @Test
  void aCacheThatWasCutOffIsGoneOnWith() throws Exception {
    make(5, 5);
    String first = EvaluationJson.of(evaluate());
    try (var caches = Files.list(folder.resolve("cache"))) {
      Path cache =
          caches.filter(file -> file.toString().contains("as-found")).findFirst().orElseThrow();
      String text = Files.readString(cache);
      Files.writeString(cache, text.substring(0, text.length() - 40));
    }
    assertEquals(first, EvaluationJson.of(evaluate()));
    assertEquals(1, fresh.get());
    evaluate();
    assertEquals(0, fresh.get());
  }

  @Test
  void copiesUnderAConditionDeclareNothing() throws Exception {
    make(5, 5);
    Evaluation evaluation =
        evaluate(detector, List.of(Condition.of("jpeg75"), Condition.of("half")));
    assertEquals(
        List.of("as-found", "jpeg75", "half"),
        evaluation.conditions().stream().map(OfCondition::condition).toList());
    assertEquals(0.5, evaluation.conditions().get(1).files().auroc().value());
  }

  @Test
  void theSameFileInBothClassesIsRefused() throws Exception {
    make(5, 5);
    Files.copy(folder.resolve("set/real/page0/r0.png"), folder.resolve("set/synthetic/sd/r0.png"));
    assertTrue(
        refusal().contains("labelled both real and synthetic: real/page0/r0.png"), refusal());
  }

  @Test
  void copiesInAClassCountOnce() throws Exception {
    make(5, 5);
    Files.copy(folder.resolve("set/real/page0/r0.png"), folder.resolve("set/real/page1/again.png"));
    Evaluation evaluation = evaluate();
    assertEquals(5, evaluation.dataset().real());
    assertTrue(
        evaluation.notes().get(0).startsWith("Counted once: 1 copy,"), evaluation.notes().get(0));
  }

  @Test
  void swappedLabelsAreRefused() throws Exception {
    make(12, 12);
    Files.move(folder.resolve("set/real"), folder.resolve("set/x"));
    Files.move(folder.resolve("set/synthetic"), folder.resolve("set/real"));
    Files.move(folder.resolve("set/x"), folder.resolve("set/synthetic"));
    assertTrue(refusal().startsWith("The labels look swapped"), refusal());
  }

  @Test
  void aClassThatCannotBeReadIsRefused() throws Exception {
    make(2, 5);
    for (int i = 0; i < 4; i++) {
      Files.writeString(folder.resolve("set/real/page0/broken" + i + ".jpg"), "no picture " + i);
    }
    assertTrue(refusal().startsWith("4 of the 6 real files cannot be examined"), refusal());
  }

  @Test
  void oneSourceAndFewGroupsAreWarnedOf() throws Exception {
    make(5, 5);
    String warnings = String.join(" ", evaluate().warnings());
    assertTrue(warnings.contains("All synthetic files are of one source (sd)"), warnings);
    assertTrue(warnings.contains("All real files together are 5 groups"), warnings);
    assertFalse(warnings.contains("All real files are of one"), warnings);
  }

  @Test
  void whatIsNoContentAndTellsTheClassesApartIsLoud() throws Exception {
    make(25, 25);
    Evaluation evaluation = evaluate();
    Leak name = leak(evaluation, "name");
    // Names differ by a letter only, which no tree of counts sees; sizes in bytes do.
    assertFalse(name.loud(), name.sentence());
    assertTrue(leak(evaluation, "compression").loud());
    assertTrue(
        evaluation.warnings().stream().anyMatch(w -> w.startsWith("Bytes per pixel alone")),
        evaluation.warnings().toString());
  }

  private static Leak leak(Evaluation evaluation, String from) {
    return evaluation.leaks().stream().filter(l -> l.from().equals(from)).findFirst().orElseThrow();
  }

  @Test
  void comparesWithAnotherDetectorsScores() throws Exception {
    make(6, 6);
    StringBuilder scores = new StringBuilder("path,score\n");
    for (int i = 0; i < 6; i++) {
      scores.append("real/page" + i % 3 + "/r" + i + ".png," + i + "\n");
      scores.append("synthetic/sd/s" + i + ".png," + (i + 0.5) + "\n");
    }
    Path other = Files.writeString(folder.resolve("other.csv"), scores);
    Comparison comparison =
        evaluate(detector, List.of(), other).conditions().get(0).comparisons().get(0);
    assertEquals(12, comparison.files());
    assertEquals(1, comparison.auroc());
    assertEquals(21 / 36.0, comparison.otherAuroc(), 1e-9);
    assertEquals(15 / 36.0, comparison.difference().value(), 1e-9);
    assertTrue(comparison.deLong() < 0.05);
  }

  @Test
  void writtenScoresCanBeComparedWith() throws Exception {
    make(5, 5);
    StringWriter scores = new StringWriter();
    evaluate().writeScores(scores);
    Path file = Files.writeString(folder.resolve("scores.csv"), scores.toString());
    Comparison same = evaluate(detector, List.of(), file).conditions().get(0).comparisons().get(0);
    assertEquals(0, same.difference().value());
    assertEquals(1, same.deLong());
  }

  @Test
  void aFileOfScoresThatIsNoneIsRefused() throws Exception {
    make(5, 5);
    Path file = Files.writeString(folder.resolve("no.csv"), "a,b\n1,2\n");
    DatasetException refused =
        assertThrows(DatasetException.class, () -> evaluate(detector, List.of(), file));
    assertTrue(String.valueOf(refused.getMessage()).contains("holds no scores"));
  }

  @Test
  void theJsonHoldsWhatThePageShows() throws Exception {
    make(5, 5);
    Files.move(
        folder.resolve("set/synthetic/sd"),
        folder.resolve("set/synthetic/<img src=x onerror=alert(1)>"));
    Evaluation evaluation = evaluate();
    JsonNode json = new ObjectMapper().readTree(EvaluationJson.of(evaluation));
    assertEquals(1, json.at("/conditions/0/files/auroc/value").asDouble());
    assertEquals(5, json.at("/dataset/real").asInt());
    assertTrue(json.path("scored").isMissingNode());
    String page = new EvaluationPage(evaluation, detector::thumbnail).document();
    assertTrue(page.contains("Receiver operating characteristic"));
    assertFalse(page.contains("<img src=x"), page);
  }

  @Test
  void nearlyTheSamePictureInBothClassesIsWarnedOf() throws Exception {
    make(3, 3);
    MadeFiles.declaring(folder.resolve("set/synthetic/sd/again.png"), 0);
    try (Detector fast = Detector.open(DetectorSettings.defaults().withProfile(Profile.FAST))) {
      List<String> warnings = evaluate(fast, List.of()).warnings();
      assertTrue(
          warnings.stream()
              .anyMatch(
                  w ->
                      w.startsWith(
                              "Nearly the same picture is real here and synthetic there (1 pair")
                          && w.contains("real/page0/r0.png and synthetic/sd/again.png")),
          warnings.toString());
    }
  }

  @Test
  void modelsAreMeasuredEachByItself() throws Exception {
    make(3, 3);
    try (Detector fast = Detector.open(DetectorSettings.defaults().withProfile(Profile.FAST))) {
      Evaluation evaluation = evaluate(fast, List.of(Condition.of("webp80")));
      assertEquals(
          List.of("native-texture"), List.copyOf(evaluation.conditions().get(0).models().keySet()));
      assertEquals(2, evaluation.conditions().size());
    }
  }
}
