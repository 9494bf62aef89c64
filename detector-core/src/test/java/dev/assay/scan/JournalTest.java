package dev.assay.scan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.FailureCode;
import dev.assay.Report;
import dev.assay.Verdict.Label;
import dev.assay.internal.report.ReportReader;
import dev.assay.scan.ScanOptions.Rescan;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

  private static final Journal.Settings PLAIN = Journal.Settings.defaults();
  private static final Journal.Settings CHAINED = new Journal.Settings(true, 0);
  private static final ScanOptions OPTIONS = ScanOptions.defaults();

  @TempDir private Path folder;

  private Path media;
  private Path target;

  @BeforeEach
  void makeMedia() throws IOException {
    media = Files.createDirectory(folder.resolve("media"));
    target = folder.resolve("reports.jsonl");
    for (int i = 0; i < 4; i++) {
      picture(i + ".png", i);
    }
    Files.write(media.resolve("empty.jpg"), new byte[0]);
  }

  @Test
  void skipsWhatDidNotChangeWithoutReadingIt() throws Exception {
    assertEquals(5, scan("1", PLAIN, OPTIONS).size());
    ScanSummary summary = lastSummary;
    assertEquals(Map.of(Label.SYNTHETIC, 4L), summary.labels());
    assertEquals(List.of(), scan("1", PLAIN, OPTIONS));
    assertEquals(summary.labels(), lastSummary.labels());
    assertEquals(Map.of(FailureCode.EMPTY_FILE, 1L), lastSummary.failures());
    assertEquals(5, lastSummary.unchanged());
    assertEquals(5, reports().size());
  }

  @Test
  void comparesTheContentOfAFileThatWasTouched() throws Exception {
    scan("1", PLAIN, OPTIONS);
    Path touched = media.resolve("1.png");
    Files.setLastModifiedTime(touched, FileTime.fromMillis(7));
    assertEquals(List.of(), scan("1", PLAIN, OPTIONS));
    byte[] content = Files.readAllBytes(touched);
    content[content.length - 20] ^= 1;
    Files.write(touched, content);
    Files.setLastModifiedTime(touched, FileTime.fromMillis(7));
    assertEquals(List.of(touched.toString()), scan("1", PLAIN, OPTIONS), "the clock was set back");
    assertEquals(5, reports().size());
  }

  @Test
  void looksAgainForAFileThatWasMissing() throws Exception {
    Path late = media.resolve("late.png");
    List<Path> paths = List.of(late);
    assertEquals(1, scan(paths, "1", PLAIN, OPTIONS, true).size());
    assertEquals(Map.of(FailureCode.NOT_FOUND, 1L), lastSummary.failures());
    picture("late.png", 9);
    assertEquals(1, scan(paths, "1", PLAIN, OPTIONS, true).size());
    assertEquals(Map.of(), lastSummary.failures());
    assertTrue(reports().get(late.toString()).ok());
  }

  @Test
  void keepsTheOldVerdictBesideTheNewWhereModelsAreOutdated() throws Exception {
    scan("1", PLAIN, OPTIONS);
    assertEquals(List.of(), scan("2", PLAIN, OPTIONS));
    ScanOptions outdated = OPTIONS.withRescan(EnumSet.of(Rescan.OUTDATED));
    assertEquals(5, scan("2", PLAIN, outdated).size());
    Report report = reports().get(media.resolve("2.png").toString());
    assertEquals("2", report.tool().version());
    assertEquals("1", report.previous().orElseThrow().tool().version());
    assertEquals(Optional.of(Label.SYNTHETIC), report.previous().orElseThrow().label());
    assertEquals(List.of(), scan("2", PLAIN, outdated));
  }

  @Test
  void examinesFailedFilesAgainWhenAsked() throws Exception {
    scan("1", PLAIN, OPTIONS);
    assertEquals(
        List.of(media.resolve("empty.jpg").toString()),
        scan("1", PLAIN, OPTIONS.withRescan(EnumSet.of(Rescan.FAILED))));
    assertEquals(5, reports().size());
  }

  @Test
  void examinesEqualContentOnce() throws Exception {
    for (String copy : List.of("copy-a.png", "copy-b.png", "deep/copy-c.png")) {
      Files.createDirectories(media.resolve(copy).getParent());
      Files.copy(media.resolve("3.png"), media.resolve(copy));
    }
    ScanOptions dedupe = OPTIONS.withDedupe(true).withOrdered(false);
    assertEquals(5, scan("1", PLAIN, dedupe).size());
    assertEquals(3, lastSummary.copies());
    Map<String, Report> reports = reports();
    assertEquals(8, reports.size());
    List<Report> originals =
        reports.values().stream()
            .filter(report -> report.file().path().matches(".*(3|copy-.)\\.png"))
            .filter(report -> report.file().sameContentAs().isEmpty())
            .toList();
    assertEquals(1, originals.size());
    for (Report report : reports.values()) {
      if (report.file().sameContentAs().isPresent()) {
        assertEquals(originals.get(0).file().path(), report.file().sameContentAs().get());
        assertEquals(originals.get(0).verdict(), report.verdict());
      }
    }
    Files.copy(media.resolve("3.png"), media.resolve("later.png"));
    assertEquals(List.of(), scan("1", PLAIN, dedupe));
    assertEquals(9, reports().size());
  }

  @Test
  void removesALineThatWasCutOffAnywhere() throws Exception {
    scan("1", PLAIN, OPTIONS);
    byte[] whole = Files.readAllBytes(target);
    int last = new String(whole, StandardCharsets.ISO_8859_1).lastIndexOf("\n", whole.length - 2);
    for (int end : List.of(last + 1, last + 2, last + 500, whole.length - 1)) {
      Files.write(target, Arrays.copyOf(whole, end));
      assertEquals(1, scan("1", PLAIN, OPTIONS).size());
      assertEquals(5, reports().size());
    }
  }

  @Test
  void refusesToGoOnFromAFileThatHoldsNoReports() throws Exception {
    Files.writeString(target, "{\"schemaVersion\":\"1.3\"}\nno report\n");
    IOException e = assertThrows(IOException.class, () -> scan("1", PLAIN, OPTIONS));
    assertTrue(e.getMessage().contains("line 1"), e.getMessage());
  }

  @Test
  void showsAnyChangeOfAChainedFile() throws Exception {
    scan("1", CHAINED, OPTIONS);
    picture("0.png", 77);
    picture("new.png", 78);
    scan("1", CHAINED, OPTIONS);
    assertEquals(6, reports().size());
    ReportChain.Check check = ReportChain.check(target);
    assertEquals(6, check.lines());
    assertEquals(Optional.empty(), check.fault());
    List<String> lines = Files.readAllLines(target);
    for (int i = 0; i < lines.size(); i++) {
      List<String> changed = new ArrayList<>(lines);
      changed.set(i, lines.get(i).replaceFirst("\"models\"", "\"modelz\""));
      assertBroken(changed, check.head());
      changed = new ArrayList<>(lines);
      changed.remove(i);
      assertBroken(changed, check.head());
    }
    Files.writeString(target, lines.get(0), StandardOpenOption.APPEND);
    assertTrue(ReportChain.check(target).fault().isPresent());
  }

  private void assertBroken(List<String> lines, String head) throws IOException {
    Path file = Files.write(folder.resolve("changed.jsonl"), lines);
    ReportChain.Check check = ReportChain.check(file);
    assertTrue(check.fault().isPresent() || !check.head().equals(head));
  }

  @Test
  void saysThatAJournalIsChainedOrNot() throws Exception {
    scan("1", CHAINED, OPTIONS);
    IOException e = assertThrows(IOException.class, () -> scan("1", PLAIN, OPTIONS));
    assertTrue(e.getMessage().contains("--chain"), e.getMessage());
  }

  @Test
  void beginsAnotherFileWhereOneIsFull() throws Exception {
    Journal.Settings rotated = new Journal.Settings(false, 1);
    scan("1", rotated, OPTIONS);
    for (int i = 1; i <= 5; i++) {
      assertEquals(1, Files.readAllLines(folder.resolve("reports-000" + i + ".jsonl")).size());
    }
    picture("1.png", 55);
    picture("later.png", 56);
    assertEquals(2, scan("1", rotated, OPTIONS).size());
    List<Path> files = Journal.existing(target, rotated);
    assertEquals(7, files.size());
    Map<String, Report> reports = new TreeMap<>();
    for (Path file : files) {
      reports.putAll(read(file));
    }
    assertEquals(6, reports.size());
    assertFalse(Journal.interrupted(target, rotated));
  }

  @Test
  void keepsAnEarlierJournalUntilTheNewOneIsFinished() throws Exception {
    scan("1", PLAIN, OPTIONS);
    byte[] earlier = Files.readAllBytes(target);
    try (TestAnalyzer analyzer = new TestAnalyzer("1");
        Journal journal = Journal.create(target, PLAIN, analyzer.tool())) {
      journal.append(analyzer.analyze(media.resolve("1.png"), media.resolve("1.png").toString()));
    }
    assertArrayEquals(earlier, Files.readAllBytes(target));
    assertTrue(Journal.interrupted(target, PLAIN));
    assertEquals(4, scan("1", PLAIN, OPTIONS).size(), "one is in the new journal");
    assertEquals(5, reports().size());
  }

  @Test
  void carriesTheVerdictOfAMovedFileOver() throws Exception {
    scan("1", PLAIN, OPTIONS);
    Path moved = Files.move(media, folder.resolve("moved"));
    List<String> examined = scan(List.of(moved), "1", PLAIN, OPTIONS, true);
    assertEquals(List.of(moved.resolve("empty.jpg").toString()), examined, "failures are not kept");
    Report report = reports().get(moved.resolve("1.png").toString());
    assertEquals(Label.SYNTHETIC, report.verdict().orElseThrow().label());
    assertEquals(Optional.empty(), report.file().sameContentAs());
    Files.copy(moved.resolve("1.png"), moved.resolve("copy.png"));
    assertEquals(
        List.of(moved.resolve("copy.png").toString()),
        scan(List.of(moved), "1", PLAIN, OPTIONS, true),
        "a copy did not move");
  }

  @Test
  void saysWhichEarlierReportsAreOfFilesThatAreGone() throws Exception {
    scan("1", PLAIN, OPTIONS);
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    assertEquals(0, gone(elsewhere, false), "not met, and still there");
    Files.delete(media.resolve("1.png"));
    Files.delete(media.resolve("2.png"));
    assertEquals(2, gone(elsewhere, false));
    assertEquals(5, reports().size());
    assertEquals(2, gone(media, true));
    assertEquals(3, reports().size());
    assertEquals(0, gone(media, true));
  }

  private long gone(Path scanned, boolean prune) throws Exception {
    try (TestAnalyzer analyzer = new TestAnalyzer("1");
        Journal journal = Journal.resume(target, PLAIN, analyzer.tool())) {
      new Scanner(analyzer, 2)
          .scan(List.of(scanned).iterator(), OPTIONS, Optional.of(journal), report -> {});
      long files = journal.gone(prune);
      journal.finish();
      return files;
    }
  }

  @Test
  void goesOnAfterTheLastWholeLineOfACompleteFileThatWasSpoilt() throws Exception {
    scan("1", PLAIN, OPTIONS);
    Files.writeString(target, "x".repeat(20_000), StandardOpenOption.APPEND);
    picture("late.png", 9);
    assertEquals(List.of(media.resolve("late.png").toString()), scan("1", PLAIN, OPTIONS));
    assertEquals(6, reports().size());
  }

  @Test
  void leavesALineAloneThatAnotherScanIsWriting() throws Exception {
    Path part = folder.resolve("reports.jsonl.part");
    scan("1", PLAIN, OPTIONS);
    Files.move(target, part);
    Files.writeString(part, "{\"half\":", StandardOpenOption.APPEND);
    long size = Files.size(part);
    try (FileChannel other = FileChannel.open(part, StandardOpenOption.WRITE);
        FileLock lock = other.lock()) {
      assertTrue(lock.isValid());
      IOException refusal = assertThrows(IOException.class, () -> scan("1", PLAIN, OPTIONS));
      assertTrue(refusal.getMessage().contains("Another scan"), refusal.getMessage());
      assertEquals(size, Files.size(part));
    }
    assertEquals(List.of(), scan("1", PLAIN, OPTIONS));
    assertEquals(5, reports().size());
  }

  @Test
  void looksAgainWhereTheFileBesideItCameOrChanged() throws Exception {
    Path picture = media.resolve("1.png");
    Path beside = media.resolve("1.c2pa");
    scan("1", PLAIN, OPTIONS);
    for (String content : List.of("one", "two")) {
      Files.writeString(beside, content);
      assertTrue(scan("1", PLAIN, OPTIONS).contains(picture.toString()), content);
      assertFalse(scan("1", PLAIN, OPTIONS).contains(picture.toString()), content);
      assertEquals(
          Content.ofSidecar(picture), reports().get(picture.toString()).file().sidecarSha256());
    }
    Files.delete(beside);
    assertTrue(scan("1", PLAIN, OPTIONS).contains(picture.toString()));
  }

  @Test
  void equalPicturesWithDifferentFilesBesideThemAreExaminedEach() throws Exception {
    Files.copy(media.resolve("1.png"), media.resolve("copy.png"));
    Files.copy(media.resolve("1.png"), media.resolve("signed.png"));
    Files.writeString(media.resolve("signed.c2pa"), "a manifest store");
    scan("1", PLAIN, OPTIONS.withDedupe(true));
    assertEquals(
        Optional.of(media.resolve("1.png").toString()),
        reports().get(media.resolve("copy.png").toString()).file().sameContentAs());
    assertEquals(
        Optional.empty(),
        reports().get(media.resolve("signed.png").toString()).file().sameContentAs());
  }

  @Test
  void isForOneScanAtATime() throws Exception {
    try (TestAnalyzer analyzer = new TestAnalyzer("1");
        Journal first = Journal.create(target, PLAIN, analyzer.tool())) {
      assertEquals(0, first.size());
      IOException e =
          assertThrows(
              IOException.class, () -> Journal.resume(target, PLAIN, analyzer.tool()).close());
      assertTrue(e.getMessage().contains("Another scan"), e.getMessage());
      e =
          assertThrows(
              IOException.class, () -> Journal.create(target, PLAIN, analyzer.tool()).close());
      assertTrue(e.getMessage().contains("Another scan"), e.getMessage());
    }
  }

  private ScanSummary lastSummary;

  private List<String> scan(String version, Journal.Settings settings, ScanOptions options)
      throws IOException, InterruptedException {
    return scan(List.of(media), version, settings, options, true);
  }

  /** Scans, and gives the names that were examined. */
  private List<String> scan(
      List<Path> paths,
      String version,
      Journal.Settings settings,
      ScanOptions options,
      boolean resume)
      throws IOException, InterruptedException {
    try (TestAnalyzer analyzer = new TestAnalyzer(version);
        Journal journal =
            resume
                ? Journal.resume(target, settings, analyzer.tool())
                : Journal.create(target, settings, analyzer.tool())) {
      lastSummary =
          new Scanner(analyzer, 2)
              .scan(paths.iterator(), options, Optional.of(journal), report -> {});
      journal.finish();
      return List.copyOf(analyzer.asked);
    }
  }

  private Map<String, Report> reports() throws IOException {
    return read(target);
  }

  /** Reports by path; fails where a path comes twice. */
  private static Map<String, Report> read(Path file) throws IOException {
    Map<String, Report> reports = new TreeMap<>();
    for (String line : Files.readAllLines(file)) {
      Report report = ReportReader.read(line);
      assertEquals(null, reports.put(report.file().path(), report));
    }
    return reports;
  }

  private void picture(String name, int shade) throws IOException {
    DeclaredPicture.write(media.resolve(name), shade);
  }
}
