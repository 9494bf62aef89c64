package dev.assay.known;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownIndexTest {

  @TempDir Path folder;

  private static final long NETWORK = 5;

  private final Random random = new Random(4);

  private PdqHash any() {
    return new PdqHash(
        random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong(), 100);
  }

  private Embedding anywhere() {
    FloatBuffer vector = FloatBuffer.allocate(Embedding.DIMENSIONS);
    double length = 0;
    for (int i = 0; i < Embedding.DIMENSIONS; i++) {
      vector.put(i, (float) random.nextGaussian());
      length += vector.get(i) * vector.get(i);
    }
    for (int i = 0; i < Embedding.DIMENSIONS; i++) {
      vector.put(i, (float) (vector.get(i) / Math.sqrt(length)));
    }
    return Embedding.of(NETWORK, vector);
  }

  private Fingerprint embedded(Embedding embedding, Keypoints points) {
    return new Fingerprint(
        any(), Optional.of(embedding), Optional.of(points), ByteBuffer.wrap(new byte[] {1, 2, 3}));
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
        OptionalDouble.of(4.25),
        "report");
  }

  private Path written(List<PdqHash> hashes) throws IOException {
    Path file = folder.resolve("known.index");
    try (KnownIndexWriter writer = KnownIndexWriter.open(file)) {
      for (int i = 0; i < hashes.size(); i++) {
        writer.add(Fingerprint.of(hashes.get(i)), file("f" + i));
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
      KnownEntry entry = new KnownEntry(Fingerprint.of(hash), file("f12345"));
      assertEquals(
          List.of(new KnownMatch(entry, OptionalInt.of(9), Optional.empty(), false)), matches);
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
      writer.add(Fingerprint.of(later), file("later"));
    }
    byte[] bytes = Files.readAllBytes(file);
    for (int cut : new int[] {1, 20, (int) (bytes.length - whole - 1)}) {
      Files.write(file, Arrays.copyOf(bytes, bytes.length - cut));
      try (KnownIndex index = KnownIndex.open(file)) {
        assertEquals(2, index.size());
      }
    }
    try (KnownIndexWriter writer = KnownIndexWriter.open(file)) {
      writer.add(Fingerprint.of(later), file("again"));
    }
    try (KnownIndex index = KnownIndex.open(file)) {
      List<String> names = new ArrayList<>();
      index.forEach(entry -> names.add(entry.file().name()));
      assertEquals(List.of("f0", "f1", "again"), names);
      assertEquals("again", index.near(query(later), 0).get(0).file().name());
    }
  }

  @Test
  void findsAPartByItsEmbeddingAndSaysHowItLies() throws IOException {
    Path file = folder.resolve("known.index");
    List<Embedding> embeddings = new ArrayList<>();
    List<KeypointPatterns.Points> points = new ArrayList<>();
    try (KnownIndexWriter writer = KnownIndexWriter.open(file)) {
      for (int i = 0; i < 3000; i++) {
        embeddings.add(anywhere());
        points.add(KeypointPatterns.any(random, 300));
        writer.add(embedded(embeddings.get(i), points.get(i).at(1, 0, 0)), file("f" + i));
      }
      writer.add(Fingerprint.of(any()), file("hash alone"));
    }
    try (KnownIndex index = KnownIndex.open(file)) {
      assertEquals(3001, index.size());
      Keypoints nothing = KeypointPatterns.any(random, 300).at(1, 0, 0);
      Keypoints part = points.get(1234).at(1.5, -200, -100);
      Embedding near = embeddings.get(1234);
      KnownMatch match = index.shownIn(near, part, nothing).get(0);
      assertEquals("f1234", match.file().name());
      assertEquals(ByteBuffer.wrap(new byte[] {1, 2, 3}), match.entry().fingerprint().thumbnail());
      Alignment alignment = match.alignment().orElseThrow();
      assertEquals(1.5, alignment.scale(), 0.02);
      assertEquals(-200, alignment.shiftX(), 4);
      assertTrue(alignment.seen() < 0.6, alignment.toString());
      assertTrue(index.shownIn(near, nothing, part).get(0).mirrored());
      assertEquals(List.of(), index.shownIn(near, nothing, nothing), "near, but not the same");
      assertEquals(List.of(), index.shownIn(embeddings.get(1), part, part), "the same, but far");
      Embedding ofAnother = Embedding.of(NETWORK + 1, near.bytes());
      assertEquals(List.of(), index.shownIn(ofAnother, part, nothing));
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
    List<PdqHash> hashes = new ArrayList<>(List.of(any(), any()));
    Path file = written(hashes);
    try (KnownIndexWriter writer = KnownIndexWriter.open(file)) {
      Fingerprint last = embedded(anywhere(), KeypointPatterns.any(random, 2).at(1, 0, 0));
      hashes.add(last.hash());
      writer.add(last, file("last"));
    }
    byte[] bytes = Files.readAllBytes(file);
    for (int at = SegmentForm.FILE_HEAD_BYTES; at < bytes.length; at++) {
      byte[] damaged = bytes.clone();
      damaged[at] ^= 0x55;
      Files.write(file, damaged);
      try (KnownIndex index = KnownIndex.open(file)) {
        index.forEach(
            entry -> assertTrue(hashes.contains(entry.fingerprint().hash()), "no hash is made up"));
      } catch (IOException e) {
        assertTrue(String.valueOf(e.getMessage()).length() > 0);
      }
    }
  }
}
