package dev.assay.scan;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.FailureCode;
import dev.assay.Report;
import dev.assay.Sentence;
import dev.assay.internal.report.ReportReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A power failure after any change of a journal loses nothing that was forced to the disk. */
@Tag("long")
class JournalPowerFailureTest {

  private static final String TARGET = "reports.jsonl";
  private static final Report.Tool TOOL = new Report.Tool("test", "1", List.of());

  @TempDir private Path folder;

  private final TreeSet<String> safe = new TreeSet<>();
  private final TreeSet<String> written = new TreeSet<>();
  private Journal.Settings settings = Journal.Settings.defaults();
  private int failures;

  static Stream<Journal.Settings> settings() {
    return Stream.of(
        Journal.Settings.defaults(),
        new Journal.Settings(true, 0),
        new Journal.Settings(false, 700),
        new Journal.Settings(true, 700));
  }

  @ParameterizedTest
  @MethodSource("settings")
  void losesNothingThatWasForced(Journal.Settings chosen) throws IOException {
    settings = chosen;
    LossyDisk disk = disk();
    Path target = disk.file(TARGET);
    try (Journal journal = Journal.create(target, settings, TOOL)) {
      append(journal, "a", "b");
      force(journal);
      append(journal, "c", "d");
    }
    safe.addAll(written);
    try (Journal journal = Journal.resume(target, settings, TOOL)) {
      append(journal, "e", "a");
      force(journal);
      append(journal, "f", "c");
      journal.finish();
      safe.addAll(written);
    }
    try (Journal journal = Journal.resume(target, settings, TOOL)) {
      append(journal, "b", "g");
      force(journal);
      journal.finish();
    }
    assertTrue(disk.changes() > 20 && failures > 200, disk.changes() + ", " + failures);
  }

  @Test
  void forcesWithinASecondAlsoWhenNothingMoreComes() throws IOException {
    LossyDisk disk = disk();
    try (Journal journal = Journal.create(disk.file(TARGET), settings, TOOL)) {
      append(journal, "a");
      int before = disk.changes();
      await().atMost(Duration.ofSeconds(1)).until(() -> disk.changes() > before);
    }
  }

  private LossyDisk disk() throws IOException {
    return new LossyDisk(Files.createDirectory(folder.resolve("disk")), this::goOn);
  }

  private void append(Journal journal, String... names) throws IOException {
    for (String name : names) {
      journal.append(report(name));
      written.add(name);
    }
  }

  private void force(Journal journal) {
    journal.force();
    safe.addAll(written);
  }

  /** As whoever starts the machine again would: goes on with the scan, and ends it. */
  private void goOn(Map<String, byte[]> left) {
    failures++;
    try {
      goOnFrom(left);
    } catch (IOException e) {
      // Not the disk's error, which the journal would answer.
      throw new AssertionError(e);
    }
  }

  private void goOnFrom(Map<String, byte[]> left) throws IOException {
    Path started = Files.createDirectory(folder.resolve("started"));
    for (Map.Entry<String, byte[]> file : left.entrySet()) {
      Files.write(started.resolve(file.getKey()), file.getValue());
    }
    Path target = started.resolve(TARGET);
    List<Path> paths;
    try (Journal journal = Journal.resume(target, settings, TOOL)) {
      for (String name : safe) {
        Journal.Entry entry =
            journal.find(name).orElseThrow(() -> new AssertionError(name + " is lost"));
        assertEquals(name, journal.read(entry).file().path());
      }
      journal.append(report("last"));
      journal.finish();
      paths = journal.paths();
    }
    List<String> lines = new ArrayList<>();
    for (Path path : paths) {
      lines.addAll(Files.readAllLines(path));
    }
    TreeSet<String> names = new TreeSet<>();
    for (String line : lines) {
      assertTrue(names.add(ReportReader.read(line).file().path()), "one report a file");
    }
    assertTrue(names.containsAll(safe) && names.contains("last"));
    delete(started);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      tree.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    }
  }

  private static Report report(String name) {
    return new Report(
        TOOL,
        new Report.FileFacts(
            name, Optional.empty(), Optional.of(7L), Optional.empty(), Optional.empty()),
        Optional.empty(),
        Optional.of(new Report.Failure(FailureCode.EMPTY_FILE, Sentence.of("It is empty."))),
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        Map.of(),
        Optional.empty());
  }
}
