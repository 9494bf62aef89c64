package dev.assay.known;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownIndexTest {

  @TempDir Path folder;

  private final Random random = new Random(4);

  private PdqHash any() {
    return new PdqHash(
        random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong(), 100);
  }

  private static PdqHash.Pair query(PdqHash hash) {
    return new PdqHash.Pair(hash, new PdqHash(~hash.bits192(), 0, 0, 0, hash.quality()));
  }

  private static KnownFile file(String name) {
    return new KnownFile(
        name,
        Optional.of("ab".repeat(32)),
        1.5,
        Optional.of("synthetic"),
        OptionalDouble.of(0.9),
        Optional.of("2026-11-29T00:00:00Z"),
        Optional.of("It says \"so\".\n\u202e"),
        "report");
  }

  private Path written(List<PdqHash> hashes) throws IOException {
    Path file = folder.resolve("known.index");
    try (KnownIndexWriter writer = KnownIndexWriter.open(file)) {
      for (int i = 0; i < hashes.size(); i++) {
        writer.add(hashes.get(i), file("f" + i));
      }
    }
    return file;
  }

  @Test
  void findsWhatWasAddedWithAllThatIsKnownOfIt() throws IOException {
    List<PdqHash> hashes = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      hashes.add(any());
    }
    try (KnownIndex index = KnownIndex.open(written(hashes))) {
      assertEquals(20_000, index.size());
      PdqHash hash = hashes.get(12_345);
      PdqHash changed =
          new PdqHash(hash.bits192() ^ 0xff, hash.bits128(), hash.bits64(), hash.bits0() ^ 1, 60);
      List<KnownMatch> matches = index.near(query(changed), PdqHash.SAME);
      assertEquals(List.of(new KnownMatch(file("f12345"), hash, 9, false)), matches);
      assertEquals(List.of(), index.near(query(changed), 8));
      KnownMatch turned = index.near(new PdqHash.Pair(any(), hash), PdqHash.SAME).get(0);
      assertTrue(turned.mirrored());
      PdqHash empty = new PdqHash(hash.bits192(), hash.bits128(), hash.bits64(), hash.bits0(), 3);
      assertEquals(List.of(), index.near(query(empty), PdqHash.SAME));
    }
  }

  @Test
  void isAppendedToAndSurvivesATailThatWasCutOff() throws IOException {
    List<PdqHash> first = List.of(any(), any());
    Path file = written(first);
    long whole = Files.size(file);
    PdqHash later = any();
    try (KnownIndexWriter writer = KnownIndexWriter.open(file)) {
      writer.add(later, file("later"));
    }
    byte[] bytes = Files.readAllBytes(file);
    for (int cut : new int[] {1, 20, (int) (bytes.length - whole - 1)}) {
      Files.write(file, Arrays.copyOf(bytes, bytes.length - cut));
      try (KnownIndex index = KnownIndex.open(file)) {
        assertEquals(2, index.size());
      }
    }
    try (KnownIndexWriter writer = KnownIndexWriter.open(file)) {
      writer.add(later, file("again"));
    }
    try (KnownIndex index = KnownIndex.open(file)) {
      List<String> names = new ArrayList<>();
      index.forEach((hash, known) -> names.add(known.name()));
      assertEquals(List.of("f0", "f1", "again"), names);
      assertEquals("again", index.near(query(later), 0).get(0).file().name());
    }
  }

  @Test
  void hasOneWriterAtATime() throws IOException {
    Path file = folder.resolve("known.index");
    try (KnownIndexWriter writer = KnownIndexWriter.open(file)) {
      IOException second = assertThrows(IOException.class, () -> KnownIndexWriter.open(file));
      assertTrue(second.getMessage().contains("another process"), second.getMessage());
      writer.flush();
    }
  }

  @Test
  void whatIsNoIndexIsSaidToBeNone() throws IOException {
    Path file = Files.writeString(folder.resolve("text.index"), "no index, but long enough to be");
    assertTrue(
        assertThrows(IOException.class, () -> KnownIndex.open(file))
            .getMessage()
            .contains("no index of known media"));
    assertThrows(IOException.class, () -> KnownIndexWriter.open(file));
    assertEquals(31, Files.size(file));
  }

  @Test
  void damagedBytesLoseASegmentAndNothingElse() throws IOException {
    List<PdqHash> hashes = List.of(any(), any(), any());
    Path file = written(hashes);
    byte[] bytes = Files.readAllBytes(file);
    for (int at = SegmentForm.FILE_HEAD_BYTES; at < bytes.length; at++) {
      byte[] damaged = bytes.clone();
      damaged[at] ^= 0x55;
      Files.write(file, damaged);
      try (KnownIndex index = KnownIndex.open(file)) {
        index.forEach((hash, known) -> assertTrue(hashes.contains(hash), "no hash is made up"));
      } catch (IOException e) {
        assertTrue(String.valueOf(e.getMessage()).length() > 0);
      }
    }
  }
}
