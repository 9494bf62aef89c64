package dev.assay.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.Detector;
import dev.assay.DetectorSettings;
import dev.assay.Evidence;
import dev.assay.spi.Examiner;
import dev.assay.spi.ExaminerInfo;
import dev.assay.spi.Media;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScannerTest {

  private static final int FILES = 30;

  @TempDir private Path folder;

  /** Takes its time, a different one for each file, and counts who is at work. */
  private static final class Dawdler implements Examiner {
    private final AtomicInteger atWork = new AtomicInteger();
    private volatile boolean closedAtWork;

    @Override
    public ExaminerInfo info() {
      return new ExaminerInfo("dawdler", "a test", Set.of(ExaminerInfo.Need.BYTES), Map.of());
    }

    @Override
    public List<Evidence> examine(Media media) throws IOException {
      atWork.incrementAndGet();
      long until = System.nanoTime() + ThreadLocalRandom.current().nextLong(20_000_000);
      while (System.nanoTime() < until) {
        Thread.onSpinWait();
      }
      atWork.decrementAndGet();
      return List.of();
    }

    @Override
    public void close() {
      closedAtWork = atWork.get() > 0;
    }
  }

  @BeforeEach
  void makePictures() throws IOException {
    for (int i = 0; i < FILES; i++) {
      BufferedImage picture = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
      ImageIO.write(picture, "png", folder.resolve(String.format("%02d.png", i)).toFile());
    }
  }

  @Test
  void handsReportsOnInTheOrderOfTheWalkWhoeverIsDoneFirst() throws Exception {
    List<String> names = new ArrayList<>();
    try (Detector detector = Detector.open(DetectorSettings.defaults(), List.of(new Dawdler()))) {
      ScanSummary summary =
          new Scanner(detector, 6).scan(List.of(folder), report -> names.add(report.file().path()));
      assertEquals(FILES, summary.examined());
    }
    List<String> sorted = new ArrayList<>(names);
    Collections.sort(sorted);
    assertEquals(sorted, names);
    assertEquals(FILES, names.size());
  }

  @Test
  void handsReportsOnAsTheyAreDoneWhenOrderDoesNotMatter() throws Exception {
    Set<String> names = new HashSet<>();
    CountDownLatch others = new CountDownLatch(FILES - 1);
    Examiner waiting =
        new Waiting(
            media -> {
              if (media.name().endsWith("/00.png")) {
                assertTrue(others.await(30, TimeUnit.SECONDS), "the first holds up nobody");
              }
            });
    try (Detector detector = Detector.open(DetectorSettings.defaults(), List.of(waiting))) {
      new Scanner(detector, 2)
          .scan(
              List.of(folder).iterator(),
              ScanOptions.defaults().withOrdered(false),
              Optional.empty(),
              report -> {
                names.add(report.file().path());
                others.countDown();
              });
    }
    assertEquals(FILES, names.size());
  }

  @Test
  void finishesTheFilesInHandWhenItIsStopped() throws Exception {
    List<String> names = new ArrayList<>();
    try (Detector detector = Detector.open(DetectorSettings.defaults(), List.of(new Dawdler()))) {
      Scanner scanner = new Scanner(detector, 2);
      ScanSummary summary =
          scanner.scan(
              List.of(folder),
              report -> {
                names.add(report.file().path());
                scanner.stop();
              });
      assertFalse(summary.complete());
      assertEquals(names.size(), summary.examined());
      assertTrue(names.size() >= 2 && names.size() < FILES, names.size() + " files");
    }
  }

  /** Does something with each file. */
  private record Waiting(Step step) implements Examiner {

    interface Step {
      void on(Media media) throws InterruptedException;
    }

    @Override
    public ExaminerInfo info() {
      return new ExaminerInfo("waiting", "a test", Set.of(ExaminerInfo.Need.BYTES), Map.of());
    }

    @Override
    public List<Evidence> examine(Media media) throws IOException {
      try {
        step.on(media);
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      return List.of();
    }

    @Override
    public void close() {}
  }

  @Test
  void leavesNobodyAtWorkWhenTheOutputFails() {
    Dawdler dawdler = new Dawdler();
    try (Detector detector = Detector.open(DetectorSettings.defaults(), List.of(dawdler))) {
      Scanner scanner = new Scanner(detector, 6);
      IOException e =
          assertThrows(
              IOException.class,
              () ->
                  scanner.scan(
                      List.of(folder),
                      report -> {
                        throw new IOException("the disk is full");
                      }));
      assertEquals("the disk is full", e.getMessage());
    }
    assertTrue(!dawdler.closedAtWork, "closed while a file was being examined");
  }
}
