package dev.assay.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.assay.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuarantineTest {

  @Test
  void takesEachContentOnceUnderAHarmlessNameAndIsNotScannedItself(@TempDir Path folder)
      throws Exception {
    Path media = Files.createDirectory(folder.resolve("media"));
    picture(media.resolve("a.png"), 1);
    Files.copy(media.resolve("a.png"), media.resolve("b.png"));
    picture(media.resolve("-rf $x\u202e;.png"), 2);
    Files.write(media.resolve("empty.png"), new byte[0]);
    try (ZipOutputStream zip =
        new ZipOutputStream(Files.newOutputStream(media.resolve("packed.zip")))) {
      picture(folder.resolve("packed.png"), 3);
      zip.putNextEntry(new ZipEntry("../packed.png"));
      Files.copy(folder.resolve("packed.png"), zip);
    }
    Path taken = media.resolve("taken");
    Quarantine quarantine = new Quarantine(taken);
    for (int scan = 0; scan < 2; scan++) {
      scan(media, quarantine);
      assertEquals(3, quarantine.count());
    }
    Quarantine later = new Quarantine(taken);
    scan(media, later);
    assertEquals(0, later.count(), "what an earlier scan took is not taken again");
    try (var files = Files.list(taken)) {
      List<Path> all = files.toList();
      assertEquals(3, all.size());
      for (Path file : all) {
        assertFalse(file.getFileName().toString().matches(".*[ $;\u202e].*"), file.toString());
      }
    }
  }

  /** Names that are cut within a character, or are too long in bytes, or are none at all. */
  @Test
  void takesFilesOfAnyName(@TempDir Path folder) throws Exception {
    List<String> names =
        List.of(
            "\ud835\udc00".repeat(45) + ".jpeg",
            "\u8868".repeat(200),
            "\ud800.png",
            "a/..",
            "a/.",
            "",
            "nul\0.png");
    Path file = Files.writeString(folder.resolve("file"), "content");
    Report model;
    try (TestAnalyzer analyzer = new TestAnalyzer("1")) {
      picture(folder.resolve("a.png"), 1);
      model = analyzer.analyze(folder.resolve("a.png"), "a.png");
    }
    Quarantine quarantine = new Quarantine(folder.resolve("taken"));
    for (int i = 0; i < names.size(); i++) {
      String hash = String.format("%016x", i) + "0".repeat(48);
      quarantine.take(
          model.withFile(
              new Report.FileFacts(
                  names.get(i),
                  Optional.of(hash),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty())),
          file);
    }
    assertEquals(names.size(), quarantine.count());
  }

  private static void scan(Path media, Quarantine quarantine)
      throws IOException, InterruptedException {
    try (TestAnalyzer analyzer = new TestAnalyzer("1")) {
      ScanSummary summary =
          new Scanner(analyzer, 2)
              .scan(
                  List.of(media).iterator(),
                  ScanOptions.defaults().withLeaveOut(Set.of(quarantine.folder())),
                  Optional.empty(),
                  new Scanner.Sink() {
                    @Override
                    public void accept(Report report) {}

                    @Override
                    public void keep(Report report, Path file) throws IOException {
                      quarantine.take(report, file);
                    }
                  });
      assertEquals(4, summary.examined());
    }
  }

  private static void picture(Path file, int shade) throws IOException {
    DeclaredPicture.write(file, shade);
  }
}
