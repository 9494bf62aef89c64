package dev.assay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.assay.internal.inference.InferenceException;
import dev.assay.internal.report.ReportJson;
import dev.assay.internal.report.ReportSchema;
import dev.assay.spi.Examiner;
import dev.assay.spi.ExaminerInfo;
import dev.assay.spi.Media;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Node;

class DetectorTest {

  private static final Detector DETECTOR = Detector.open();
  private static final String PARAMETERS =
      "a castle\nNegative prompt: rain\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 1, Size: 300x200, Model: dreamer";

  @TempDir private Path folder;

  @AfterAll
  static void close() {
    DETECTOR.close();
  }

  @Test
  void judgesAPictureByItsPixels() throws IOException {
    Report report;
    try (Detector thorough =
        Detector.open(DetectorSettings.defaults().withProfile(Profile.THOROUGH))) {
      report = checked(thorough.analyze(picture(300, 200), "photo.png"));
    }
    Verdict verdict = report.verdict().orElseThrow();
    Evidence whole = of(report, "clip-whole");
    Evidence crops = of(report, "clip-native");
    double sum =
        whole.logLikelihoodRatio().orElseThrow() + crops.logLikelihoodRatio().orElseThrow();
    assertEquals(sum, verdict.logLikelihoodRatio(), 1e-9, "one figure per model, and they add up");
    assertEquals(2, whole.regions().size(), "two squares of a landscape picture");
    assertTrue((double) whole.details().get("shareSeen") > 0.9, "all but a flat margin");
    assertEquals(38, crops.regions().get(0).x(), "the centre comes first");
    assertEquals(224, crops.regions().get(0).width());
    assertEquals(300, report.media().orElseThrow().width().orElseThrow());
    assertEquals("image/png", report.file().mediaType().orElseThrow());
    assertFalse(report.tool().models().isEmpty());
  }

  @Test
  void weighsWhatTheFileDeclaresBesideWhatItShows() throws IOException {
    Report plain = DETECTOR.analyze(picture(300, 200), "plain.png");
    Report declared = checked(DETECTOR.analyze(declaring(picture(300, 200)), "declared.png"));
    Evidence declaration = only(declared, "declared.stable-diffusion-webui");
    assertEquals(
        plain.verdict().orElseThrow().logLikelihoodRatio()
            + declaration.logLikelihoodRatio().orElseThrow(),
        declared.verdict().orElseThrow().logLikelihoodRatio(),
        1e-6);
    assertTrue(declared.verdict().orElseThrow().basis().contains(Verdict.Basis.DECLARED));
    assertEquals(Verdict.Label.SYNTHETIC, declared.verdict().orElseThrow().label());
  }

  @Test
  void givesTheSameReportForAPathAnArrayAndAStream() throws IOException {
    byte[] content = picture(300, 200);
    Path file = Files.write(folder.resolve("x.png"), content);
    String path = withoutTimings(DETECTOR.analyze(file, "x.png"));
    assertEquals(path, withoutTimings(DETECTOR.analyze(content, "x.png")));
    assertEquals(
        path, withoutTimings(DETECTOR.analyze(new ByteArrayInputStream(content), "x.png")));
  }

  @Tag("long")
  @Test
  void servesManyThreadsAtOnce() throws Exception {
    byte[] content = picture(300, 200);
    String expected = withoutTimings(DETECTOR.analyze(content, "x.png"));
    ExecutorService pool = Executors.newFixedThreadPool(6);
    try {
      List<Callable<String>> tasks = new ArrayList<>();
      for (int i = 0; i < 24; i++) {
        tasks.add(() -> withoutTimings(DETECTOR.analyze(content, "x.png")));
      }
      for (Future<String> report : pool.invokeAll(tasks)) {
        assertEquals(expected, report.get());
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void makesAReportOfWhateverCannotBeExamined() throws IOException {
    assertFails(FailureCode.EMPTY_FILE, DETECTOR.analyze(new byte[0], "bad.png"));
    assertFails(
        FailureCode.NOT_MEDIA, DETECTOR.analyze("a letter".getBytes(ISO_8859_1), "bad.png"));
    assertFails(FailureCode.NOT_FOUND, DETECTOR.analyze(folder.resolve("bad.png")));
    assertFails(FailureCode.NOT_A_FILE, DETECTOR.analyze(folder, "bad.png"));
    try (InputStream broken = new BrokenStream()) {
      assertFails(FailureCode.UNREADABLE, DETECTOR.analyze(broken, "bad.png"));
    }
  }

  @Test
  void keepsWhatAFileDeclaresWhenItsPixelsCannotBeDecoded() throws IOException {
    byte[] whole = declaring(picture(300, 200));
    byte[] part = Arrays.copyOf(whole, firstData(whole));
    Report report = checked(DETECTOR.analyze(part, "part.png"));
    assertTrue(report.ok(), "the declaration carries a verdict");
    assertEquals(WarningCode.CONTENT_NOT_JUDGED, report.warnings().get(0).code());
  }

  /** Where the content of a PNG's first chunk of pixels begins. */
  private static int firstData(byte[] png) {
    return new String(png, ISO_8859_1).indexOf("IDAT") + 4;
  }

  @Test
  void abstainsFromAThumbnail() throws IOException {
    Report report = checked(DETECTOR.analyze(picture(40, 30), "icon.png"));
    assertEquals(Verdict.Label.INCONCLUSIVE, report.verdict().orElseThrow().label());
    assertEquals(0.5, report.verdict().orElseThrow().probability());
    assertEquals("classifier.abstained", of(report, "clip-whole").code());
    assertEquals("classifier.abstained", of(report, "clip-native").code());
  }

  @Test
  void makesNoStatementWhereThereIsNothingToSee() throws IOException {
    for (int grey : new int[] {0, 128, 255}) {
      BufferedImage plain = new BufferedImage(400, 300, BufferedImage.TYPE_3BYTE_BGR);
      for (int i = 0; i < 400 * 300; i++) {
        plain.setRGB(i % 400, i / 400, grey * 0x010101);
      }
      Report report = checked(DETECTOR.analyze(png(plain), "plain.png"));
      assertEquals(Verdict.Label.INCONCLUSIVE, report.verdict().orElseThrow().label());
      assertEquals("classifier.abstained", of(report, "clip-whole").code());
    }
  }

  @Test
  void looksAtTheMiddleOfAPicture() throws IOException {
    BufferedImage picture = new BufferedImage(1024, 1024, BufferedImage.TYPE_3BYTE_BGR);
    speckle(picture, 0, 1024, 6000);
    Evidence before;
    Evidence after;
    try (Detector thorough =
        Detector.open(DetectorSettings.defaults().withProfile(Profile.THOROUGH))) {
      before = of(thorough.analyze(png(picture), "x.png"), "clip-native");
      speckle(picture, 412, 200, 400);
      after = of(thorough.analyze(png(picture), "x.png"), "clip-native");
    }
    assertNotEquals(
        before.regions().get(0).logLikelihoodRatio(),
        after.regions().get(0).logLikelihoodRatio(),
        1e-3);
    assertNotEquals(
        before.logLikelihoodRatio().orElseThrow(), after.logLikelihoodRatio().orElseThrow(), 1e-3);
  }

  @Test
  void doesNotLookAtDetailsWhereTheWholeSettlesTheAnswer() throws IOException {
    Path rocket = Path.of("../datasets/samples/rocket.jpg");
    Report report = checked(DETECTOR.analyze(rocket));
    Evidence spared = of(report, "clip-native");
    assertEquals(Evidence.SPARED, spared.code());
    assertTrue(spared.logLikelihoodRatio().isEmpty());
    Verdict verdict = report.verdict().orElseThrow();
    assertEquals(
        of(report, "clip-whole").logLikelihoodRatio().orElseThrow(),
        verdict.logLikelihoodRatio(),
        1e-9);
    assertTrue(verdict.measured().isPresent(), "that of both models");
    try (Detector thorough =
        Detector.open(DetectorSettings.defaults().withProfile(Profile.THOROUGH))) {
      Report all = thorough.analyze(rocket);
      assertTrue(of(all, "clip-native").logLikelihoodRatio().isPresent());
      assertEquals(verdict.label(), all.verdict().orElseThrow().label());
      assertEquals(verdict.measured(), all.verdict().orElseThrow().measured());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 255})
  void judgesAPictureOnACanvasLikeThePicture(int grey) throws IOException {
    BufferedImage picture = new BufferedImage(448, 448, BufferedImage.TYPE_3BYTE_BGR);
    speckle(picture, 0, 448, 3000);
    BufferedImage canvas = new BufferedImage(900, 1000, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = canvas.createGraphics();
    graphics.setColor(new Color(grey, grey, grey));
    graphics.fillRect(0, 0, 900, 1000);
    graphics.drawImage(picture, 200, 300, null);
    graphics.dispose();
    Report plain = DETECTOR.analyze(png(picture), "x.png");
    Report framed = DETECTOR.analyze(png(canvas), "x.png");
    assertEquals(
        (double) of(plain, "clip-whole").details().get("score"),
        (double) of(framed, "clip-whole").details().get("score"),
        1.5,
        "a margin that is a pixel off moves a score by 0.6 (standard deviation)");
    Region seen = of(framed, "clip-whole").regions().get(0);
    assertEquals(200, seen.x(), 12);
    assertEquals(300, seen.y(), 12);
    assertEquals(448, seen.width(), 24);
  }

  @Test
  void looksAtSomeFramesOfALongAnimation() throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.prepareWriteSequence(null);
      for (int i = 0; i < 12; i++) {
        BufferedImage frame = new BufferedImage(120, 90, BufferedImage.TYPE_3BYTE_BGR);
        speckle(frame, i, 80, 300);
        writer.writeToSequence(new IIOImage(frame, null, tenthOfASecond(writer, frame)), null);
      }
      writer.endWriteSequence();
    } finally {
      writer.dispose();
    }
    Report report = checked(DETECTOR.analyze(bytes.toByteArray(), "x.gif"));
    assertEquals(12, report.media().orElseThrow().framesExamined().orElseThrow());
    assertEquals(4, of(report, "clip-whole").timeline().size());
    assertTrue(of(report, "clip-whole").regions().isEmpty());
  }

  private static IIOMetadata tenthOfASecond(ImageWriter writer, BufferedImage frame)
      throws IOException {
    IIOMetadata metadata =
        writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(frame), null);
    String form = metadata.getNativeMetadataFormatName();
    Node root = metadata.getAsTree(form);
    for (Node node = root.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node.getNodeName().equals("GraphicControlExtension")) {
        ((IIOMetadataNode) node).setAttribute("delayTime", "10");
      }
    }
    metadata.setFromTree(form, root);
    return metadata;
  }

  private static void speckle(BufferedImage picture, int begin, int length, int count) {
    Graphics2D graphics = picture.createGraphics();
    for (int i = 0; i < count; i++) {
      graphics.setColor(new Color(i * 77 % 256, i * 31 % 256, i * 113 % 256));
      graphics.fillRect(begin + i * 37 % length, begin + i * 53 % length, 12, 12);
    }
    graphics.dispose();
  }

  @Test
  void holdsAVerdictAgainstChangedCopies() throws IOException {
    try (Detector detector =
        Detector.open(DetectorSettings.defaults().withCopies(ChangedCopies.DECISIVE))) {
      Verdict verdict =
          checked(detector.analyze(picture(300, 200), "x.png")).verdict().orElseThrow();
      assertEquals(
          List.of("jpeg-75", "half-size", "cropped"),
          verdict.stability().stream().map(Verdict.Copy::change).toList());
      assertEquals(
          List.of("jpeg-75", "cropped"),
          checked(detector.analyze(picture(110, 90), "x.png"))
              .verdict()
              .orElseThrow()
              .stability()
              .stream()
              .map(Verdict.Copy::change)
              .toList(),
          "half of it is too small to judge");
      assertTrue(
          checked(detector.analyze(picture(40, 30), "icon.png"))
              .verdict()
              .orElseThrow()
              .stability()
              .isEmpty(),
          "nothing was judged");
    }
  }

  @Test
  void asksNoTransformerInTheFastProfile() throws IOException {
    try (Detector detector = Detector.open(DetectorSettings.defaults().withProfile(Profile.FAST))) {
      Report report = checked(detector.analyze(picture(300, 200), "x.png"));
      assertEquals(
          List.of(),
          report.tool().models().stream()
              .map(Report.ModelReference::id)
              .filter(id -> id.startsWith("clip") || id.startsWith("frame"))
              .toList());
      of(report, "native-texture");
    }
  }

  @Test
  void startsFromTheGivenPrior() throws IOException {
    try (Detector doubtful = Detector.open(DetectorSettings.defaults().withPrior(0.01))) {
      Verdict verdict = doubtful.analyze(picture(40, 30), "icon.png").verdict().orElseThrow();
      assertEquals(0.01, verdict.probability(), 1e-9);
      assertEquals(Verdict.Label.INCONCLUSIVE, verdict.label());
    }
  }

  @Test
  void asksExaminersThatAreFoundAndThoseThatArePassed() throws IOException {
    Examiner own = examiner("own", media -> List.of(fact("own.seen", media.mediaType())));
    try (Detector detector = Detector.open(DetectorSettings.defaults(), List.of(own))) {
      Report report = checked(detector.analyze(declaring(picture(40, 30)), "x.png"));
      assertEquals("image/png", only(report, "own.seen").summary());
      only(report, "declared.stable-diffusion-webui");
    }
  }

  @Test
  void goesOnWhenAnExaminerFails() throws IOException {
    Examiner broken =
        examiner(
            "broken",
            media -> {
              throw new IllegalStateException("a bug");
            });
    try (Detector detector = Detector.open(DetectorSettings.defaults(), List.of(broken))) {
      Report report = checked(detector.analyze(picture(300, 200), "x.png"));
      of(report, "clip-whole");
      assertEquals(WarningCode.EXAMINER_FAILED, report.warnings().get(0).code());
      assertTrue(report.warnings().get(0).message().contains("broken"));
    }
  }

  @Test
  void goesOnWhenAnExaminerFailsToPrepare() throws IOException {
    Examiner looks = examiner("careless", media -> List.of(fact("careless.seen", "x")));
    Examiner careless =
        new Examiner() {
          @Override
          public ExaminerInfo info() {
            return looks.info();
          }

          @Override
          public void prepare(MediaKind kind) {
            throw new IllegalStateException("no " + kind);
          }

          @Override
          public List<Evidence> examine(Media media) throws MediaException, IOException {
            return looks.examine(media);
          }
        };
    try (Detector detector = Detector.open(DetectorSettings.defaults(), List.of(careless))) {
      Report report = checked(detector.analyze(picture(40, 30), "x.png"));
      assertEquals("x", only(report, "careless.seen").summary());
      assertEquals(Optional.empty(), report.failure());
    }
  }

  /** What a model, a library or a careless examiner may do on one file. */
  static Stream<Arguments> failures() {
    return Stream.of(
        arguments("a model that gives no number", new InferenceException("no number")),
        arguments("a failed assertion", new AssertionError("x")),
        arguments("a class that is not there", new NoClassDefFoundError("x")),
        arguments("deep recursion", new StackOverflowError()),
        arguments("a bug", new IllegalStateException("x")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("failures")
  void oneExaminersFailureLeavesTheOthersStanding(String name, Throwable failure)
      throws IOException {
    Examiner broken =
        examiner(
            "broken",
            media -> {
              if (failure instanceof Error error) {
                throw error;
              }
              throw (RuntimeException) failure;
            });
    try (Detector detector = Detector.open(DetectorSettings.defaults(), List.of(broken))) {
      Report report = checked(detector.analyze(picture(300, 200), "x.png"));
      of(report, "clip-whole");
      assertEquals(WarningCode.EXAMINER_FAILED, report.warnings().get(0).code());
      assertTrue(
          report.warnings().get(0).message().contains("broken"), report.warnings()::toString);
    }
  }

  /** Each is refused where the examiner makes it, so that the report can always be written. */
  static Stream<Object> detailsThatJsonCannotSay() {
    return Stream.of(
        Double.NaN,
        Float.POSITIVE_INFINITY,
        List.of(Double.NEGATIVE_INFINITY),
        Map.of("inner", Map.of("ratio", Double.NaN)),
        new BigDecimal("0.1"),
        BigInteger.TEN,
        new Object());
  }

  @ParameterizedTest
  @MethodSource("detailsThatJsonCannotSay")
  void detailsThatJsonCannotSayAreAWarning(Object value) throws IOException {
    Examiner own =
        examiner(
            "own",
            media ->
                List.of(
                    Evidence.of("own", Evidence.Kind.FACT, "own.seen", "A sentence.")
                        .details(Map.of("value", value))
                        .build()));
    try (Detector detector = Detector.open(DetectorSettings.defaults(), List.of(own))) {
      Report report = checked(detector.analyze(picture(300, 200), "x.png"));
      assertEquals(WarningCode.EXAMINER_FAILED, report.warnings().get(0).code());
    }
  }

  @Test
  void detailsCannotBeChangedAfterwards() {
    Map<String, Object> inner = new HashMap<>(Map.of("a", 1));
    Evidence evidence =
        Evidence.of("own", Evidence.Kind.FACT, "own.seen", "A sentence.")
            .details(Map.of("inner", inner))
            .build();
    inner.put("a", 2);
    assertEquals(Map.of("inner", Map.of("a", 1)), evidence.details());
  }

  @Test
  void aLargeStreamLiesOnDiskMeanwhile() throws IOException {
    byte[] large = Arrays.copyOf(picture(300, 200), 3 << 20);
    long before = streams();
    assertEquals(
        withoutTimings(DETECTOR.analyze(large, "x.png")),
        withoutTimings(DETECTOR.analyze(new ByteArrayInputStream(large), "x.png")));
    Limits tight = Limits.defaults().withBytes(2 << 20);
    try (Detector detector = Detector.open(DetectorSettings.defaults().withLimits(tight))) {
      Report report = detector.analyze(new ByteArrayInputStream(large), "x.png");
      assertEquals(FailureCode.TOO_MANY_BYTES, report.failure().orElseThrow().code());
    }
    assertEquals(before, streams(), "nothing is left behind");
  }

  private static long streams() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files.filter(f -> f.getFileName().toString().startsWith("assay-stream-")).count();
    }
  }

  @Test
  void givesNoWeightToEvidenceThatStatesNone() throws IOException {
    Examiner own =
        examiner(
            "own",
            media ->
                List.of(
                    Evidence.of("own", Evidence.Kind.FORENSICS, "own.seen", "A sentence.")
                        .details(Map.of("strength", "stated", "model", "native-texture"))
                        .build()));
    Verdict without = DETECTOR.analyze(picture(300, 200), "x.png").verdict().orElseThrow();
    try (Detector detector = Detector.open(DetectorSettings.defaults(), List.of(own))) {
      Verdict with = detector.analyze(picture(300, 200), "x.png").verdict().orElseThrow();
      assertEquals(without.logLikelihoodRatio(), with.logLikelihoodRatio(), 1e-12);
    }
  }

  @Test
  void letsABrokenInstallationEndInAnException() throws IOException {
    byte[] picture = picture(300, 200);
    Examiner broken =
        examiner(
            "broken",
            media -> {
              throw new InstallationException("a library is missing");
            });
    try (Detector detector = Detector.open(DetectorSettings.defaults(), List.of(broken))) {
      assertThrows(InstallationException.class, () -> detector.analyze(picture, "x.png"));
    }
  }

  @Test
  void saysThatItIsClosed() {
    Detector detector = Detector.open();
    detector.close();
    assertThrows(IllegalStateException.class, () -> detector.analyze(new byte[1], "x"));
  }

  @Test
  void refusesAModelsFolderThatHoldsNone() {
    DetectorSettings settings = DetectorSettings.defaults().withModels(folder);
    assertThrows(ModelException.class, () -> Detector.open(settings));
  }

  @FunctionalInterface
  private interface Look {
    List<Evidence> at(Media media);
  }

  private static Examiner examiner(String id, Look look) {
    return new Examiner() {
      @Override
      public ExaminerInfo info() {
        return new ExaminerInfo(id, "a test", Set.of(ExaminerInfo.Need.BYTES), Map.of());
      }

      @Override
      public List<Evidence> examine(Media media) {
        return look.at(media);
      }
    };
  }

  private static Evidence fact(String code, String summary) {
    return Evidence.of("own", Evidence.Kind.FACT, code, summary).build();
  }

  private static final class BrokenStream extends InputStream {
    @Override
    public int read() throws IOException {
      throw new IOException("the line is dead");
    }

    @Override
    public int read(byte[] target, int from, int count) throws IOException {
      return read();
    }
  }

  private static Report checked(Report report) {
    assertEquals(List.of(), ReportSchema.violations(ReportJson.line(report)));
    return report;
  }

  private static void assertFails(FailureCode code, Report report) {
    checked(report);
    Report.Failure failure = report.failure().orElseThrow();
    assertEquals(code, failure.code());
    assertTrue(failure.message().contains(report.file().path()), failure.message());
    assertTrue(failure.message().matches("(?s).*\\. [A-Z].*\\."), failure.message());
  }

  private static Evidence only(Report report, String code) {
    List<Evidence> found =
        report.evidence().stream().filter(piece -> piece.code().equals(code)).toList();
    assertEquals(1, found.size(), code + " in " + report.evidence());
    return found.get(0);
  }

  private static Evidence of(Report report, String model) {
    return report.evidence().stream()
        .filter(piece -> piece.model().filter(model::equals).isPresent())
        .findFirst()
        .orElseThrow();
  }

  private static String withoutTimings(Report report) {
    return ReportJson.line(report).replaceAll("\"timings\":\\{[^}]*}", "");
  }

  private static byte[] picture(int width, int height) throws IOException {
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = picture.createGraphics();
    for (int i = 0; i < 40; i++) {
      graphics.setColor(new Color(i * 6, 255 - i * 5, i * 3));
      graphics.fillOval(i * width / 40, i * height / 50, width / 4, height / 4);
    }
    graphics.dispose();
    return png(picture);
  }

  private static byte[] png(BufferedImage picture) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(picture, "png", bytes);
    return bytes.toByteArray();
  }

  private static byte[] declaring(byte[] png) throws IOException {
    int afterHeader = 8 + 25;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(png, 0, afterHeader);
    chunk(bytes, "tEXt", ("parameters\0" + PARAMETERS).getBytes(ISO_8859_1));
    bytes.write(png, afterHeader, png.length - afterHeader);
    return bytes.toByteArray();
  }

  private static void chunk(OutputStream out, String type, byte[] data) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(type.getBytes(ISO_8859_1));
    crc.update(data);
    out.write(ByteBuffer.allocate(4).putInt(data.length).array());
    out.write(type.getBytes(ISO_8859_1));
    out.write(data);
    out.write(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }
}
