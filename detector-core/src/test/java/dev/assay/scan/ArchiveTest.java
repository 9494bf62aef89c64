package dev.assay.scan;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.Detector;
import dev.assay.DetectorSettings;
import dev.assay.FailureCode;
import dev.assay.Profile;
import dev.assay.Report;
import dev.assay.WarningCode;
import dev.assay.internal.archive.HostileArchives;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.apache.commons.compress.archivers.sevenz.SevenZArchiveEntry;
import org.apache.commons.compress.archivers.sevenz.SevenZOutputFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveTest {

  private static final List<String> NAMES =
      List.of("a.png", "deep/b.png", "../../up.png", "/etc/c.png", "note.txt", "__MACOSX/d.png");

  @TempDir private Path folder;

  @Test
  void examinesTheFilesInZipAndTarArchives() throws Exception {
    zip("photos.zip");
    tar(Files.newOutputStream(folder.resolve("photos.tar")));
    tar(new GZIPOutputStream(Files.newOutputStream(folder.resolve("photos.tgz"))));
    Map<String, Report> reports = scan(ScanOptions.defaults());
    for (String archive : List.of("photos.zip", "photos.tar", "photos.tgz")) {
      for (String name : List.of("a.png", "deep/b.png", "../../up.png")) {
        Report report = reports.get(folder + "/" + archive + "!/" + name);
        assertTrue(report != null && report.ok(), archive + " " + name + " " + reports.keySet());
        assertEquals(Optional.of("image/png"), report.file().mediaType());
      }
    }
    assertEquals(3 * 4, reports.size(), reports.keySet().toString());
  }

  @Test
  void writesNothingBesideTheScratchFolderAndLeavesNoneBehind() throws Exception {
    zip("photos.zip");
    long before = count(folder);
    long temporary = scratchFolders();
    scan(ScanOptions.defaults());
    assertEquals(before, count(folder));
    assertEquals(temporary, scratchFolders());
    assertFalse(Files.exists(folder.getParent().resolve("up.png")));
  }

  @Test
  void leavesArchivesAloneWhenAsked() throws Exception {
    zip("photos.zip");
    assertEquals(Map.of(), scan(ScanOptions.defaults().withArchives(false)));
  }

  @Test
  void selectsInsideArchivesToo() throws Exception {
    zip("photos.zip");
    assertEquals(
        List.of(folder + "/photos.zip!/a.png"),
        List.copyOf(scan(ScanOptions.defaults().withInclude(List.of("a.*"))).keySet()));
    assertEquals(
        List.of(folder + "/photos.zip!/a.png", folder + "/photos.zip!/deep/b.png"),
        List.copyOf(scan(ScanOptions.defaults().withExclude(List.of("up.png", "c.png"))).keySet()));
  }

  @Test
  void reportsAnArchiveThatIsDamagedAndKeepsWhatCameBefore() throws Exception {
    tar(Files.newOutputStream(folder.resolve("whole.tar")));
    byte[] whole = Files.readAllBytes(folder.resolve("whole.tar"));
    Files.write(folder.resolve("cut.tar"), Arrays.copyOf(whole, 1800));
    Files.delete(folder.resolve("whole.tar"));
    Files.writeString(folder.resolve("text.zip"), "no archive");
    Map<String, Report> reports = scan(ScanOptions.defaults());
    assertTrue(reports.get(folder + "/cut.tar!/a.png").ok());
    for (String name : List.of("cut.tar", "text.zip")) {
      Report.Failure failure = reports.get(folder + "/" + name).failure().orElseThrow();
      assertEquals(FailureCode.CORRUPT, failure.code());
      assertTrue(failure.message().contains("Unpack it"), failure.message());
    }
  }

  @Tag("long")
  @Test
  void endsAnArchiveThatUnpacksToFarMoreThanItsSize() throws Exception {
    byte[] zeros = new byte[1 << 20];
    try (ZipOutputStream zip = zipOutput("bomb.zip")) {
      for (int i = 0; i < 4; i++) {
        zip.putNextEntry(new ZipEntry(i + ".bmp"));
        for (int j = 0; j < 100; j++) {
          zip.write(zeros);
        }
      }
    }
    Map<String, Report> reports = scan(ScanOptions.defaults());
    assertEquals(
        FailureCode.TOO_MANY_BYTES,
        reports.get(folder + "/bomb.zip").failure().orElseThrow().code());
    assertFalse(reports.containsKey(folder + "/bomb.zip!/3.bmp"));
  }

  @Test
  void tellsEntriesOfOneNameApart() throws Exception {
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(Files.newOutputStream(folder.resolve("twice.tar")))) {
      entry(tar, "a.png", picture());
      entry(tar, "a.png", picture());
    }
    assertEquals(2, scan(ScanOptions.defaults()).size());
  }

  @Test
  void looksIntoDocumentsSevenZipsAndArchivesInArchives() throws Exception {
    zip("letter.docx");
    zip("book.epub");
    zip("inner.zip");
    byte[] inner = Files.readAllBytes(folder.resolve("inner.zip"));
    Files.delete(folder.resolve("inner.zip"));
    try (ZipOutputStream zip = zipOutput("outer.zip")) {
      zip.putNextEntry(new ZipEntry("inner.zip"));
      zip.write(inner);
      zip.putNextEntry(new ZipEntry("after.png"));
      zip.write(picture());
    }
    byte[] outer = Files.readAllBytes(folder.resolve("outer.zip"));
    try (ZipOutputStream zip = zipOutput("outermost.zip")) {
      zip.putNextEntry(new ZipEntry("outer.zip"));
      zip.write(outer);
    }
    try (SevenZOutputFile seven = new SevenZOutputFile(folder.resolve("handed-in.7z").toFile())) {
      for (String name : List.of("a.png", "b.png")) {
        SevenZArchiveEntry entry = new SevenZArchiveEntry();
        entry.setName(name);
        seven.putArchiveEntry(entry);
        seven.write(picture());
        seven.closeArchiveEntry();
      }
    }
    Map<String, Report> reports = scan(ScanOptions.defaults());
    for (String name :
        List.of(
            "letter.docx!/a.png",
            "book.epub!/deep/b.png",
            "outer.zip!/inner.zip!/a.png",
            "outer.zip!/after.png",
            "outermost.zip!/outer.zip!/after.png",
            "handed-in.7z!/a.png",
            "handed-in.7z!/b.png")) {
      Report report = reports.get(folder + "/" + name);
      assertTrue(report != null && report.ok(), name + " " + reports.keySet());
    }
    assertEquals(
        FailureCode.CONTAINER_NOT_OPENED,
        reports.get(folder + "/outermost.zip!/outer.zip!/inner.zip").failure().orElseThrow().code(),
        "too deep, and said so");
  }

  @Test
  void anArchiveInAnArchiveWaitsForRoom() throws Exception {
    zip("inner.zip");
    byte[] inner = Files.readAllBytes(folder.resolve("inner.zip"));
    Files.delete(folder.resolve("inner.zip"));
    try (ZipOutputStream zip = zipOutput("outer.zip")) {
      for (String name : List.of("a.png", "b.png", "c.png", "d.png")) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(picture());
      }
      zip.putNextEntry(new ZipEntry("inner.zip"));
      zip.write(inner);
    }
    long room = (long) inner.length + picture().length;
    Map<String, Report> reports = scan(ScanOptions.defaults().withScratchBytes(room));
    assertTrue(reports.containsKey(folder + "/outer.zip!/inner.zip!/a.png"), reports::toString);
    assertTrue(reports.values().stream().allMatch(Report::ok), reports::toString);
  }

  static Map<String, String> containers() {
    return Map.of(
        "pdf", "%PDF-1.7",
        "rar", "Rar!\u001a\u0007\0",
        "e01", "EVF\t\r\n\u00ff\0",
        "eml", "Received: from a\nMessage-ID: <a@b>\nFrom: a@b\nTo: c@d\nSubject: e\n\nf",
        "zip-by-another-name", "PK\u0003\u0004");
  }

  @Test
  void namesContainersThatAreNotOpened() throws Exception {
    for (Map.Entry<String, String> each : containers().entrySet()) {
      Files.write(
          folder.resolve("x." + each.getKey()),
          (each.getValue() + "\0".repeat(600)).getBytes(ISO_8859_1));
    }
    Files.writeString(folder.resolve("note.txt"), "a note");
    Map<String, Report> reports = scan(ScanOptions.defaults());
    assertEquals(containers().size(), reports.size(), reports.keySet().toString());
    for (Report report : reports.values()) {
      Report.Failure failure = report.failure().orElseThrow();
      assertEquals(FailureCode.CONTAINER_NOT_OPENED, failure.code(), failure.message());
      assertTrue(failure.message().contains("Take the media out"), failure.message());
    }
    assertEquals(Map.of(), scan(ScanOptions.defaults().withArchives(false)), "as asked");
  }

  @Test
  void showsNamesInOtherCharactersWithoutMakingOtherPathsOfThem() throws Exception {
    // The second byte of the second character is that of a backslash.
    String name = "\u5199\u771f/\u8868.png";
    Charset japanese = Charset.forName("windows-31j");
    try (ZipOutputStream zip =
        new ZipOutputStream(Files.newOutputStream(folder.resolve("j.zip")), japanese)) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(picture());
    }
    Report shown = scan(ScanOptions.defaults()).values().iterator().next();
    assertTrue(
        shown.file().path().endsWith("j.zip!/\\x8e\\xca\\x90^/\\x95\\x5c.png"),
        shown.file().path());
    assertEquals(WarningCode.NAME_NOT_TEXT, shown.warnings().get(0).code());
    Report named =
        scan(ScanOptions.defaults().withArchiveNames(japanese)).values().iterator().next();
    assertTrue(named.file().path().endsWith("j.zip!/" + name), named.file().path());
  }

  @Test
  void separatesAtBackslashesWhereNothingElseSeparates() throws Exception {
    try (ZipOutputStream zip = zipOutput("windows.zip")) {
      zip.putNextEntry(new ZipEntry("folder\\a.png"));
      zip.write(picture());
    }
    try (ZipOutputStream zip = zipOutput("unix.zip")) {
      zip.putNextEntry(new ZipEntry("folder/a\\b.png"));
      zip.write(picture());
    }
    assertEquals(
        List.of(folder + "/unix.zip!/folder/a\\b.png", folder + "/windows.zip!/folder/a.png"),
        List.copyOf(scan(ScanOptions.defaults()).keySet()));
  }

  @Test
  void doesNotLookAgainIntoAnArchiveThatFailed() throws Exception {
    Files.write(folder.resolve("long.tgz"), HostileArchives.longName());
    zip("photos.zip");
    Path output = folder.resolveSibling(folder.getFileName() + "-reports.jsonl");
    for (int round = 0; round < 2; round++) {
      try (TestAnalyzer analyzer = new TestAnalyzer("1");
          Journal journal = Journal.resume(output, Journal.Settings.defaults(), analyzer.tool())) {
        List<String> reports = new ArrayList<>();
        new Scanner(analyzer, 2)
            .scan(
                List.of(folder).iterator(),
                ScanOptions.defaults(),
                Optional.of(journal),
                report -> reports.add(report.file().path()));
        assertEquals(round == 0, reports.contains(folder + "/long.tgz"), reports::toString);
        assertEquals(round == 0, analyzer.opened.contains(folder + "/long.tgz"));
        assertTrue(analyzer.opened.contains(folder + "/photos.zip"));
        journal.finish();
      }
    }
    Files.delete(output);
  }

  @Test
  void finishesWhatIsInHandWhereUnpackedFilesHaveNoRoom() throws Exception {
    zip("photos.zip");
    long size = picture().length;
    assertTrue(
        scan(ScanOptions.defaults().withScratchBytes(size)).values().stream().allMatch(Report::ok));
    Report refused =
        scan(ScanOptions.defaults().withScratchBytes(size - 1)).values().iterator().next();
    assertEquals(FailureCode.TOO_MANY_BYTES, refused.failure().orElseThrow().code());
  }

  private Map<String, Report> scan(ScanOptions options) throws IOException, InterruptedException {
    Map<String, Report> reports = new TreeMap<>();
    try (Detector detector = Detector.open(DetectorSettings.defaults().withProfile(Profile.FAST))) {
      new Scanner(detector, 2)
          .scan(
              List.of(folder).iterator(),
              options,
              Optional.empty(),
              report -> assertEquals(null, reports.put(report.file().path(), report)));
    }
    return reports;
  }

  private void zip(String name) throws IOException {
    try (ZipOutputStream zip = zipOutput(name)) {
      for (String entry : NAMES) {
        zip.putNextEntry(new ZipEntry(entry));
        zip.write(content(entry));
      }
    }
  }

  private ZipOutputStream zipOutput(String name) throws IOException {
    return new ZipOutputStream(Files.newOutputStream(folder.resolve(name)));
  }

  private static void tar(OutputStream out) throws IOException {
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
      for (String entry : NAMES) {
        entry(tar, entry, content(entry));
      }
    }
  }

  private static void entry(TarArchiveOutputStream tar, String name, byte[] content)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, true);
    entry.setSize(content.length);
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
  }

  private static byte[] content(String name) throws IOException {
    return name.endsWith(".txt") ? "a note".getBytes(StandardCharsets.UTF_8) : picture();
  }

  private static byte[] picture() throws IOException {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB), "png", png);
    return png.toByteArray();
  }

  private static long count(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      return files.count();
    }
  }

  private static long scratchFolders() throws IOException {
    String own = "assay-scan-" + ProcessHandle.current().pid() + "-";
    try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files.filter(file -> file.getFileName().toString().startsWith(own)).count();
    }
  }
}
