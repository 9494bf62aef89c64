package dev.assay.isolation;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.Archives;
import dev.assay.Detector;
import dev.assay.DetectorSettings;
import dev.assay.FailureCode;
import dev.assay.InstallationException;
import dev.assay.Limits;
import dev.assay.MediaException;
import dev.assay.Profile;
import dev.assay.Report;
import dev.assay.internal.archive.HostileArchives;
import dev.assay.internal.report.ReportJson;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
@Tag("long")
class IsolatedDetectorTest {

  private static final DetectorSettings FAST =
      DetectorSettings.defaults()
          .withProfile(Profile.FAST)
          .withLimits(Limits.defaults().withTime(Duration.ofSeconds(30)));

  @TempDir private Path folder;

  @AfterEach
  void noProcessIsLeft() {
    await().until(() -> workers().isEmpty());
  }

  @Test
  void reportsWhatADetectorInThisProcessReports() throws IOException {
    Path picture = picture("ordinary");
    Path missing = folder.resolve("missing.png");
    Path text = Files.writeString(folder.resolve("text.png"), "no picture");
    try (Detector here = Detector.open(FAST);
        IsolatedDetector there = isolated(1, WorkerLimits.defaults())) {
      assertEquals(
          ReportJson.line(timeless(here.failed("x", notRead()))),
          ReportJson.line(timeless(there.failed("x", notRead()))));
      for (Path file : List.of(picture, missing, text)) {
        assertEquals(
            ReportJson.line(timeless(here.analyze(file, "name"))),
            ReportJson.line(timeless(there.analyze(file, "name"))));
      }
    }
  }

  @Test
  void makesThePageOfAFileWhereItIsExamined() throws IOException {
    try (IsolatedDetector detector = isolated(1, WorkerLimits.defaults())) {
      ReportPage page = detector.page(picture("ordinary"), "name.png", "en");
      assertTrue(page.report().ok());
      assertTrue(page.html().contains("name.png"), "its name");
      assertTrue(page.html().contains("data:image/jpeg"), "its picture");
      page = detector.page(picture("ordinary"), BreakingExaminer.CRASHES, "zh");
      assertEquals(FailureCode.CRASHED, page.report().failure().orElseThrow().code());
      assertTrue(page.html().contains(BreakingExaminer.CRASHES), "a page all the same");
      assertTrue(detector.page(picture("ordinary"), "again.png", "en").report().ok());
    }
  }

  @Test
  void survivesACrashAndNamesTheLibrary() throws IOException {
    try (IsolatedDetector detector = isolated(1, WorkerLimits.defaults())) {
      assertTrue(analyze(detector, "ordinary").ok());
      Report.Failure failure = failure(detector, BreakingExaminer.CRASHES);
      assertEquals(FailureCode.CRASHED, failure.code());
      assertTrue(failure.message().contains("SIGSEGV in libopencv"), failure.message());
      failure = failure(detector, BreakingExaminer.EXITS);
      assertEquals(FailureCode.CRASHED, failure.code());
      assertTrue(failure.message().contains("exit code 3"), failure.message());
      assertTrue(analyze(detector, "ordinary").ok());
    }
  }

  @Test
  void triesOnceMoreInAProcessOfItsOwn() throws IOException {
    try (IsolatedDetector detector = isolated(1, WorkerLimits.defaults())) {
      assertTrue(analyze(detector, BreakingExaminer.CRASHES_ONCE).ok());
    }
  }

  @Test
  void endsAProcessThatTakesTooLong() throws IOException {
    DetectorSettings hasty = FAST.withLimits(Limits.defaults().withTime(Duration.ofMillis(1500)));
    try (IsolatedDetector detector =
        new IsolatedDetector(hasty, 1, WorkerLimits.defaults().withGrace(Duration.ofMillis(500)))) {
      Report.Failure failure = failure(detector, BreakingExaminer.HANGS);
      assertEquals(FailureCode.TIMED_OUT, failure.code());
      assertTrue(failure.message().contains("was stopped"), failure.message());
    }
  }

  @Test
  void endsAProcessThatTakesTooMuchMemory() throws IOException {
    WorkerLimits small = WorkerLimits.defaults().withMemoryBytes(WorkerLimits.MIN_MEMORY_BYTES);
    try (IsolatedDetector detector = isolated(1, small)) {
      Report.Failure failure = failure(detector, BreakingExaminer.GROWS);
      assertEquals(FailureCode.TOO_MUCH_MEMORY, failure.code());
      assertTrue(analyze(detector, "ordinary").ok());
    }
  }

  /** As where classes come out of nested jars, a network, or a loader of one's own. */
  @Test
  void saysThatNoWorkerCanStartAndWhereItLooksForClasses() {
    System.setProperty(WorkerClassPath.PROPERTY, folder.resolve("empty").toString());
    try (IsolatedDetector detector = isolated(1, WorkerLimits.defaults())) {
      InstallationException broken =
          assertThrows(InstallationException.class, () -> analyze(detector, "ordinary"));
      assertTrue(broken.getMessage().contains("WorkerMain"), broken.getMessage());
      assertTrue(broken.getMessage().contains(folder.resolve("empty").toString()));
      assertTrue(broken.getMessage().contains(WorkerClassPath.PROPERTY), broken.getMessage());
    } finally {
      System.clearProperty(WorkerClassPath.PROPERTY);
    }
  }

  @Test
  void looksIntoArchivesInAProcessOfItsOwn() throws IOException, MediaException {
    byte[] content = "twelve bytes".getBytes(StandardCharsets.UTF_8);
    Path good = Files.write(folder.resolve("a.tar"), HostileArchives.tarOf("a.txt", content));
    Path bad = Files.write(folder.resolve("b.tar.gz"), HostileArchives.longName());
    try (IsolatedDetector detector = isolated(1, WorkerLimits.defaults())) {
      for (int round = 0; round < 2; round++) {
        try (Archives.Opened archive = opened(detector, bad)) {
          MediaException failure = assertThrows(MediaException.class, archive::next);
          assertEquals(FailureCode.CORRUPT, failure.code());
          assertTrue(failure.getMessage().contains("a header of it is too long"));
        }
        Path target = folder.resolve("target-" + round);
        try (Archives.Opened archive = opened(detector, good)) {
          assertEquals(new Archives.Member("a.txt", 12), archive.next().orElseThrow());
          archive.unpack(target, content.length);
          assertEquals("twelve bytes", Files.readString(target));
        }
      }
      assertEquals(1, workers().size(), "one process for one archive after another");
    }
  }

  @Test
  void anotherProcessGoesOnWithAnArchiveOnce() throws IOException, MediaException {
    Path file =
        Files.write(
            folder.resolve("a.tar"), HostileArchives.tarOf("a", "one", "b", "two", "c", "three"));
    Path target = folder.resolve("target");
    try (IsolatedDetector detector = isolated(1, WorkerLimits.defaults());
        Archives.Opened archive = opened(detector, file)) {
      assertEquals("a", archive.next().orElseThrow().name());
      assertEquals("b", archive.next().orElseThrow().name());
      endWorkers();
      archive.unpack(target, 100);
      assertEquals("two", Files.readString(target));
      assertEquals("c", archive.next().orElseThrow().name());
      endWorkers();
      assertEquals(FailureCode.CRASHED, assertThrows(MediaException.class, archive::next).code());
      assertEquals(FailureCode.CRASHED, assertThrows(MediaException.class, archive::next).code());
      try (Archives.Opened next = opened(detector, file)) {
        assertTrue(next.next().isPresent(), "the next archive is another matter");
      }
    }
  }

  private static void endWorkers() {
    workers().forEach(pid -> ProcessHandle.of(pid).orElseThrow().destroyForcibly());
  }

  private static Archives.Opened opened(IsolatedDetector detector, Path file)
      throws MediaException {
    return detector.archives().open(file, file.toString(), Optional.empty());
  }

  @Test
  void makesSmallPicturesInAProcessOfItsOwn() throws IOException {
    Path file = picture("ordinary");
    Path noPicture = Files.writeString(folder.resolve("no-picture.png"), "no picture");
    try (IsolatedDetector detector = isolated(1, WorkerLimits.defaults())) {
      byte[] jpeg = detector.thumbnail(file, 100).orElseThrow();
      BufferedImage small = ImageIO.read(new ByteArrayInputStream(jpeg));
      assertEquals(List.of(100, 75), List.of(small.getWidth(), small.getHeight()));
      assertTrue(detector.thumbnail(noPicture, 100).isEmpty());
      assertTrue(detector.thumbnail(folder.resolve("missing.png"), 100).isEmpty());
      endWorkers();
      assertTrue(detector.thumbnail(file, 100).isEmpty(), "its process has ended");
      assertTrue(detector.thumbnail(file, 100).isPresent(), "the next one has another");
    }
  }

  @Test
  void closingEndsAProcessThatIsNotReadyYet() throws IOException {
    Path file = picture("ordinary");
    Set<Long> before = workers();
    IsolatedDetector detector = isolated(1, WorkerLimits.defaults());
    CompletableFuture<Report> examined =
        CompletableFuture.supplyAsync(() -> detector.analyze(file, file.toString()));
    await().until(() -> workers().size() > before.size());
    detector.close();
    CompletionException e = assertThrows(CompletionException.class, examined::join);
    assertInstanceOf(IllegalStateException.class, e.getCause());
    assertEquals(before, workers());
  }

  @Test
  void saysThatTheInstallationIsBroken() throws IOException {
    Path models = Files.createDirectories(folder.resolve("models/broken"));
    Files.writeString(models.resolve("card.json"), "{}");
    assertThrows(
        InstallationException.class,
        () ->
            new IsolatedDetector(FAST.withModels(models.getParent()), 1, WorkerLimits.defaults())
                .close());
  }

  @Test
  void examinesAFileWhoseNameIsNoText() throws IOException, InterruptedException {
    Path picture = picture("ordinary");
    Process copy =
        new ProcessBuilder(
                "sh",
                "-c",
                "cp \"$1\" \"$2/$(printf 'n\\377.png')\"",
                "sh",
                picture.toString(),
                Files.createDirectory(folder.resolve("odd")).toString())
            .inheritIO()
            .start();
    assertEquals(0, copy.waitFor());
    try (IsolatedDetector detector = isolated(1, WorkerLimits.defaults());
        var files = Files.list(folder.resolve("odd"))) {
      Path odd = files.findFirst().orElseThrow();
      assertTrue(detector.analyze(odd, odd.toString()).ok());
    }
  }

  private static MediaException notRead() {
    return new MediaException(FailureCode.UNREADABLE, "It cannot be read.");
  }

  private Report.Failure failure(IsolatedDetector detector, String name) throws IOException {
    return analyze(detector, name).failure().orElseThrow();
  }

  private Report analyze(IsolatedDetector detector, String name) throws IOException {
    Path file = picture(name);
    return detector.analyze(file, file.toString());
  }

  private static IsolatedDetector isolated(int processes, WorkerLimits limits) {
    return new IsolatedDetector(FAST, processes, limits);
  }

  private Path picture(String name) throws IOException {
    Path file = folder.resolve(name + ".png");
    ImageIO.write(new BufferedImage(400, 300, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
    return file;
  }

  private static Report timeless(Report report) {
    return new Report(
        report.tool(),
        report.file(),
        report.media(),
        report.failure(),
        report.verdict(),
        report.evidence(),
        report.notes(),
        report.warnings(),
        Map.of(),
        report.previous());
  }

  private static Set<Long> workers() {
    return ProcessHandle.current()
        .descendants()
        .filter(process -> process.info().command().orElse("").endsWith("java"))
        .map(ProcessHandle::pid)
        .collect(Collectors.toSet());
  }
}
