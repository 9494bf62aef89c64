package dev.assay.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.assay.Archives;
import dev.assay.Detector;
import dev.assay.DetectorSettings;
import dev.assay.FileAnalyzer;
import dev.assay.MediaException;
import dev.assay.Profile;
import dev.assay.Report;
import dev.assay.internal.resource.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ItemExaminerTest {

  private static final int WORKERS = 8;
  private static final int CONTENTS = 300;
  private static final int COPIES = 16;

  @TempDir private Path folder;

  /**
   * Copies come while their original is on its way to the journal: a moment that is easily lost.
   */
  @Test
  void examinesOneContentOnceHoweverItsCopiesMeet() throws Exception {
    Report model = report();
    AtomicInteger analyses = new AtomicInteger();
    FileAnalyzer analyzer = new Instant(model, analyses);
    ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
    try (Journal journal =
        Journal.create(
            folder.resolve("reports.jsonl"), Journal.Settings.defaults(), model.tool())) {
      ItemExaminer examiner = new ItemExaminer(analyzer, Optional.of(journal), true);
      for (int content = 0; content < CONTENTS; content++) {
        Path file = folder.resolve("content");
        Files.writeString(file, "content " + content);
        List<Future<?>> copies = new ArrayList<>();
        for (int copy = 0; copy < COPIES; copy++) {
          ScanItem item = ScanItem.of(file, content + "-" + copy, true);
          copies.add(workers.submit(() -> examine(examiner, journal, item, file)));
        }
        for (Future<?> copy : copies) {
          copy.get();
        }
        assertEquals(content + 1, analyses.get());
      }
      assertEquals(CONTENTS * COPIES, journal.size());
    } finally {
      workers.shutdown();
    }
  }

  private static Void examine(ItemExaminer examiner, Journal journal, ScanItem item, Path file)
      throws Exception {
    ItemExaminer.Outcome outcome = examiner.examine(item, file, Optional.empty(), false);
    journal.append(outcome.report().orElseThrow());
    examiner.done(outcome);
    return null;
  }

  private Report report() throws Exception {
    Path picture = folder.resolve("picture.png");
    DeclaredPicture.write(picture, 0);
    try (Detector detector = Detector.open(DetectorSettings.defaults().withProfile(Profile.FAST))) {
      return detector.analyze(picture, "picture.png");
    }
  }

  /** Gives one report for every file, with the hash of what is in it. */
  private record Instant(Report model, AtomicInteger analyses) implements FileAnalyzer {

    @Override
    public Report analyze(Path file, String name) {
      analyses.incrementAndGet();
      try {
        byte[] hash =
            Sha256.digest().digest(Files.readString(file).getBytes(StandardCharsets.UTF_8));
        Report.FileFacts facts = model.file();
        return model.withFile(
            new Report.FileFacts(
                name,
                Optional.of(HexFormat.of().formatHex(hash)),
                facts.size(),
                facts.mediaType(),
                Optional.empty()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public Report failed(String name, MediaException reason) {
      throw new AssertionError(reason);
    }

    @Override
    public Archives archives() {
      throw new AssertionError("there are none");
    }

    @Override
    public Report.Tool tool() {
      return model.tool();
    }
  }
}
