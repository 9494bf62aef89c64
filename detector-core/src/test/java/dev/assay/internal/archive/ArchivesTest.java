package dev.assay.internal.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.Archives;
import dev.assay.FailureCode;
import dev.assay.MediaException;
import dev.assay.cost.Spent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an archive may cost. */
class ArchivesTest {

  private static final Archives AMPLE = new LocalArchives(Duration.ofMinutes(5));

  @TempDir private Path folder;

  @Test
  void takesNoMemoryForANameOfAnyLength() throws IOException {
    Path file = Files.write(folder.resolve("long.tar.gz"), HostileArchives.longName());
    Spent spent = Spent.by(() -> assertEquals(FailureCode.CORRUPT, end(AMPLE, file)));
    assertTrue(spent.bytes() < 32 << 20, spent::toString);
  }

  @Test
  void countsWhatIsPassedOver() throws IOException {
    Path file = Files.write(folder.resolve("skipped.tgz"), HostileArchives.skipped(70));
    assertEquals(FailureCode.TOO_MANY_BYTES, end(AMPLE, file));
  }

  @Test
  void looksAtTheClockWhilePassingOver() throws IOException {
    Path file = Files.write(folder.resolve("skipped.tgz"), HostileArchives.skipped(60));
    assertEquals(FailureCode.TIMED_OUT, end(new LocalArchives(Duration.ofMillis(1)), file));
  }

  @Test
  void endsWhenItIsStopped() throws IOException, MediaException {
    Path file = Files.write(folder.resolve("skipped.tgz"), HostileArchives.skipped(60));
    try (Archives.Opened archive = AMPLE.open(file, "skipped.tgz", Optional.empty())) {
      archive.stop();
      assertThrows(MediaException.class, archive::next);
    }
  }

  @Test
  void unpacksNoMoreThanItMayAndLeavesNothingHalf() throws IOException, MediaException {
    byte[] content = "twelve bytes".getBytes(StandardCharsets.UTF_8);
    Path file = Files.write(folder.resolve("a.tar"), HostileArchives.tarOf("a.txt", content));
    Path target = folder.resolve("target");
    try (Archives.Opened archive = AMPLE.open(file, "a.tar", Optional.empty())) {
      assertEquals(new Archives.Member("a.txt", 12), archive.next().orElseThrow());
      MediaException refusal =
          assertThrows(MediaException.class, () -> archive.unpack(target, content.length - 1));
      assertEquals(FailureCode.TOO_MANY_BYTES, refusal.code());
      assertFalse(Files.exists(target));
      assertEquals(Optional.empty(), archive.next());
    }
    try (Archives.Opened archive = AMPLE.open(file, "a.tar", Optional.empty())) {
      archive.next();
      archive.unpack(target, content.length);
      assertEquals("twelve bytes", Files.readString(target));
    }
  }

  private static FailureCode end(Archives archives, Path file) {
    return assertThrows(
            MediaException.class,
            () -> {
              try (Archives.Opened archive =
                  archives.open(file, file.toString(), Optional.empty())) {
                while (archive.next().isPresent()) {
                  // Only the end counts.
                }
              }
            })
        .code();
  }
}
