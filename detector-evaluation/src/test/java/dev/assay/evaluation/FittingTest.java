package dev.assay.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.Archives;
import dev.assay.Condition;
import dev.assay.ContentFeatures;
import dev.assay.Detector;
import dev.assay.DetectorSettings;
import dev.assay.Evidence;
import dev.assay.FileAnalyzer;
import dev.assay.MediaException;
import dev.assay.MediaKind;
import dev.assay.ModelException;
import dev.assay.Profile;
import dev.assay.Report;
import dev.assay.Sentence;
import dev.assay.Verdict;
import dev.assay.internal.model.Adaptation;
import dev.assay.internal.model.AdaptedHead;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calibration and adaptation, by files whose scores and features are made up. */
class FittingTest {

  private static final String BACKBONE = LearnedStatistics.shipped(Subject.PICTURES).backbone();
  private static final String ENCODER = LearnedStatistics.shipped(Subject.VOICES).backbone();
  private static final Evaluation.Progress QUIET =
      new Evaluation.Progress() {
        @Override
        public void begin(String condition, int files) {}

        @Override
        public void step(boolean fresh) {}
      };

  private static Detector detector;

  @TempDir Path folder;

  private final Random random = new Random(5);

  @BeforeAll
  static void open() {
    detector = Detector.open(DetectorSettings.defaults().withOnly(List.of("metadata")));
  }

  @AfterAll
  static void close() {
    detector.close();
  }

  /**
   * Examines for real and says of the content what the name of the file says: {@code x+1.5.png} has
   * the ratio 1.5.
   */
  private static final class Told implements FileAnalyzer {

    @Override
    public Report analyze(Path file, String name) {
      Report report = detector.analyze(file, name);
      int sign = Math.max(name.lastIndexOf('+'), name.lastIndexOf('-'));
      double ratio = sign < 0 ? 0 : Double.parseDouble(name.substring(sign, name.lastIndexOf('.')));
      boolean voice = isVoice(file);
      Evidence evidence =
          Evidence.of(
                  "classifier",
                  Evidence.Kind.CLASSIFIER,
                  voice ? Evidence.SPEECH : "classifier.score",
                  Sentence.of("Told."))
              .from(Evidence.Source.model(voice ? "speech-encoder" : "clip-whole"))
              .logLikelihoodRatio(ratio)
              .details(Map.of("score", ratio))
              .build();
      Verdict verdict =
          new Verdict(
              Verdict.Label.INCONCLUSIVE,
              Calibration.probability(ratio),
              ratio,
              0.5,
              Set.of(),
              List.of(new Verdict.Reason(0, Sentence.of("Told."))),
              List.of(new Verdict.Contribution(0, ratio)),
              List.of(),
              Optional.empty(),
              List.of());
      return new Report(
          report.tool(),
          report.file(),
          report.media(),
          Optional.empty(),
          Optional.of(verdict),
          List.of(evidence),
          List.of(),
          List.of(),
          Map.of(),
          Optional.empty());
    }

    private static boolean isVoice(Path file) {
      return file.toString().endsWith(".wav");
    }

    /** What the new generator makes has something in common that nothing else has. */
    @Override
    public Optional<ContentFeatures> features(Path file) {
      try {
        Random random =
            new Random(isVoice(file) ? file.getFileName().hashCode() : Files.size(file));
        if (isVoice(file)) {
          FloatBuffer speech = FloatBuffer.allocate(2304);
          for (int i = 0; i < 2304; i++) {
            speech.put(i, (float) (random.nextGaussian() * 0.1 + 0.3 * (i % 3)));
          }
          return Optional.of(
              new ContentFeatures(MediaKind.AUDIO, ENCODER, Map.of("speech", speech)));
        }
        FloatBuffer whole = FloatBuffer.allocate(9216);
        FloatBuffer close = FloatBuffer.allocate(9216);
        for (int i = 0; i < 9216; i++) {
          whole.put(i, (float) (random.nextGaussian() * 0.1 + 0.3 * (i % 3)));
          close.put(i, (float) (random.nextGaussian() * 0.1));
        }
        return Optional.of(
            new ContentFeatures(
                MediaKind.IMAGE, BACKBONE, Map.of("whole", whole, "native", close)));
      } catch (IOException e) {
        return Optional.empty();
      }
    }

    @Override
    public Optional<byte[]> copy(Path file, Condition condition) {
      return detector.copy(file, condition);
    }

    @Override
    public Report failed(String name, MediaException reason) {
      return detector.failed(name, reason);
    }

    @Override
    public Archives archives() {
      return detector.archives();
    }

    @Override
    public Report.Tool tool() {
      return detector.tool();
    }
  }

  private Evaluation.Request how() {
    return new Evaluation.Request(List.of(), List.of(), 2, folder.resolve("cache"), "told");
  }

  private void make(String unit, boolean synthetic, int count, double mean) throws IOException {
    for (int i = 0; i < count; i++) {
      String side = synthetic ? "synthetic" : "real";
      String name = String.format("%03d%+.3f.png", i, mean + random.nextGaussian());
      MadeFiles.plain(
          folder.resolve("set").resolve(side).resolve(unit).resolve(name),
          unit.hashCode() * 1000 + i);
    }
  }

  private void makeVoices(String unit, boolean synthetic, int count, double mean)
      throws IOException {
    for (int i = 0; i < count; i++) {
      String side = synthetic ? "synthetic" : "real";
      String name = String.format("%03d%+.3f.wav", i, mean + random.nextGaussian());
      MadeFiles.sound(
          folder.resolve("set").resolve(side).resolve(unit).resolve(name),
          unit.hashCode() * 1000 + i);
    }
  }

  private List<Calibrator.Result> calibrate()
      throws DatasetException, IOException, InterruptedException {
    return Calibrator.run(
        Dataset.read(folder.resolve("set"), Optional.empty()),
        new Told(),
        how(),
        new Calibrator.Request(0.02, true, "balanced", BACKBONE),
        new ProfileFolder(folder.resolve("newsroom")),
        QUIET);
  }

  @Test
  void calibrationMovesAShiftedStreamBack() throws Exception {
    for (String unit : List.of("a", "b", "c")) {
      make("photos-" + unit, false, 40, 0);
      make("model-" + unit, true, 40, 2);
    }
    Calibrator.Result result = calibrate().get(0);
    assertTrue(result.fittedCllr() < result.cllr() - 0.05, result.toString());
    // Of normal scores one apart by two deviations the ratio is 2 x - 2.
    assertEquals(2, result.fit().slope(), 0.6);
    assertEquals(-2, result.fit().intercept(), 0.7);
    assertEquals(0.02, result.fit().measured().falsePositives(), 0.011);
    assertEquals(Optional.of(0.5), result.prior());
    Adaptation read = Adaptation.read(folder.resolve("newsroom"));
    assertEquals("newsroom", read.card().id());
    assertEquals(0.5, read.card().prior());
    assertEquals(result.fit(), read.fits().get(MediaKind.IMAGE));
    assertEquals("calibrate", read.card().history().get(0).get("what"));
    try (Detector fitted =
        Detector.open(DetectorSettings.defaults().withProfileFolder(folder.resolve("newsroom")))) {
      assertTrue(
          fitted.tool().models().stream().anyMatch(model -> model.id().equals("profile-newsroom")));
    }
    DetectorSettings fast =
        DetectorSettings.defaults()
            .withProfile(Profile.FAST)
            .withProfileFolder(folder.resolve("newsroom"));
    assertThrows(ModelException.class, () -> Detector.open(fast));
  }

  @Test
  void whatCannotBeCalibratedOnIsRefusedAndNothingIsWritten() throws Exception {
    make("photos", false, 120, 0);
    make("model-a", true, 60, 2);
    make("model-b", true, 60, 2);
    assertRefused("All real images are of one source (photos)");
    make("photos-b", false, 20, 0);
    for (int i = 0; i < 59; i++) {
      Files.delete(folder.resolve("set/synthetic/model-a").resolve(first("model-a")));
    }
    for (int i = 0; i < 30; i++) {
      Files.delete(folder.resolve("set/synthetic/model-b").resolve(first("model-b")));
    }
    assertRefused("fewer than 200 pictures");
    assertFalse(Files.exists(folder.resolve("newsroom")));
  }

  private String first(String system) throws IOException {
    try (var files = Files.list(folder.resolve("set/synthetic").resolve(system))) {
      return files.sorted().findFirst().orElseThrow().getFileName().toString();
    }
  }

  private void assertRefused(String sentence) {
    String message =
        String.valueOf(assertThrows(DatasetException.class, this::calibrate).getMessage());
    assertTrue(message.contains(sentence), message);
  }

  private List<HeadResult> adapt() throws DatasetException, IOException, InterruptedException {
    return Adapter.run(
        Dataset.readSynthetic(folder.resolve("set"), Optional.empty()),
        new Told(),
        how(),
        new Adapter.Request(
            Adapter.SHARE,
            "balanced",
            Map.of(MediaKind.IMAGE, BACKBONE, MediaKind.VIDEO, BACKBONE, MediaKind.AUDIO, ENCODER)),
        new ProfileFolder(folder.resolve("newsroom")),
        QUIET);
  }

  @Test
  void aNewGeneratorGetsAHeadThatTheDetectorUses() throws Exception {
    make("new model", true, 30, -1);
    HeadResult result = adapt().get(0);
    assertTrue(result.written(), result.toString());
    assertEquals(1, result.after().own(), 0.05);
    Adaptation read = Adaptation.read(folder.resolve("newsroom"));
    AdaptedHead head = read.heads().get(0);
    assertEquals("own-new-model", head.id());
    ContentFeatures own =
        new Told()
            .features(folder.resolve("set/synthetic/new model").resolve(first("new model")))
            .orElseThrow();
    assertTrue(head.ratio(own.views()).orElseThrow() > 2);
    assertEquals(Optional.empty(), head.ratio(Map.of()));
    assertEquals(0, head.added(0, Double.NEGATIVE_INFINITY));
    assertTrue(head.added(0, 4) > 1);
    // Altered heads are not loaded.
    Path file = folder.resolve("newsroom/own-new-model.head");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);
    assertThrows(ModelException.class, () -> Adaptation.read(folder.resolve("newsroom")));
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);
    ProfileFolder profile = new ProfileFolder(folder.resolve("newsroom"));
    assertTrue(profile.remove("own-new-model"));
    assertFalse(profile.remove("own-new-model"));
    assertFalse(Files.exists(file));
    assertEquals(List.of(), Adaptation.read(folder.resolve("newsroom")).heads());
    assertEquals(Map.of(), Adaptation.read(folder.resolve("newsroom")).fits());
  }

  @Test
  void oneGeneratorGetsAHeadForItsPicturesAndOneForItsVoices() throws Exception {
    make("new model", true, 30, -1);
    makeVoices("new model", true, 30, -1);
    List<HeadResult> results = adapt();
    assertEquals(
        List.of(MediaKind.IMAGE, MediaKind.AUDIO), results.stream().map(HeadResult::kind).toList());
    assertTrue(results.stream().allMatch(HeadResult::written), results.toString());
    Adaptation read = Adaptation.read(folder.resolve("newsroom"));
    assertEquals(
        List.of("own-new-model", "own-new-model-audio"),
        read.heads().stream().map(AdaptedHead::id).toList());
    AdaptedHead head = read.heads().get(1);
    ContentFeatures picture =
        new Told().features(MadeFiles.plain(folder.resolve("x"), 1)).orElseThrow();
    assertEquals(Set.of(MediaKind.IMAGE, MediaKind.AUDIO), read.fits().keySet());
    Path voice = MadeFiles.sound(folder.resolve("voice.wav"), 1);
    assertTrue(head.ratio(new Told().features(voice).orElseThrow().views()).orElseThrow() > 2);
    assertEquals(Optional.empty(), head.ratio(picture.views()), "it reads no pictures");
    try (Detector fitted =
        Detector.open(DetectorSettings.defaults().withProfileFolder(folder.resolve("newsroom")))) {
      assertTrue(
          fitted.tool().models().stream().anyMatch(m -> m.id().equals("own-new-model-audio")));
    }
  }

  @Test
  void voicesAreCalibratedAsPicturesAre() throws Exception {
    for (String unit : List.of("a", "b", "c")) {
      makeVoices("reader-" + unit, false, 40, 0);
      makeVoices("model-" + unit, true, 40, 2);
    }
    Calibrator.Result result = calibrate().get(0);
    assertEquals(MediaKind.AUDIO, result.kind());
    assertEquals(2, result.fit().slope(), 0.6);
    assertEquals(
        Set.of(MediaKind.AUDIO), Adaptation.read(folder.resolve("newsroom")).fits().keySet());
  }

  @Test
  void fewPicturesAreNoHead() throws Exception {
    make("few", true, 29, 0);
    String message = String.valueOf(assertThrows(DatasetException.class, this::adapt).getMessage());
    assertTrue(message.contains("the most are 29 of few"), message);
    assertFalse(Files.exists(folder.resolve("newsroom")));
  }

  @Test
  void claimsAreBoundedByWhatDataCarries() {
    List<Threshold.Of> own = new ArrayList<>();
    List<Threshold.Of> few = new ArrayList<>();
    List<Threshold.Of> many = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      own.add(new Threshold.Of(10, "system"));
      few.add(new Threshold.Of(-10, "source " + i % 5));
      many.add(new Threshold.Of(-10, "source " + i));
    }
    double carried = StrongestClaim.of(own, few, 9);
    assertTrue(carried < 1.2, () -> "five sources carry little: " + carried);
    assertTrue(StrongestClaim.of(own, many, 9) > 3);
    assertEquals(2, StrongestClaim.of(own, many, 2));
  }
}
