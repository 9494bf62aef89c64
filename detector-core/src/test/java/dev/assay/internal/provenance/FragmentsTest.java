package dev.assay.internal.provenance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.internal.container.FragmentFiles;
import dev.assay.internal.metadata.BytesMedia;
import dev.assay.internal.metadata.Containers;
import dev.assay.internal.provenance.check.Integrity;
import dev.assay.internal.provenance.check.Provenance;
import dev.assay.internal.provenance.check.Provenance.State;
import dev.assay.internal.provenance.trust.TrustAnchors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A film in pieces: an initialisation segment with the manifest, and fragments in other files. */
class FragmentsTest {

  private static final TestSigner SIGNER = TestSigner.of(-7);
  private static final byte[] UUID = HexFormat.of().parseHex("d8fec3d61b0e483c92975828877ec481");
  private static final List<Object> EXCLUSIONS =
      List.of(
          Map.of("xpath", "/uuid", "data", List.of(Map.of("offset", 8, "value", UUID))),
          Map.of("xpath", "/ftyp"));

  @TempDir private Path folder;

  /** The fragments without the box that says where they stand. */
  private static byte[][] fragment(int number) {
    return new byte[][] {
      Containers.box("styp", new byte[8]),
      Containers.join(
          Containers.box("moof", new byte[16]), Containers.box("mdat", new byte[] {(byte) number}))
    };
  }

  static byte[] placed(int number, List<byte[]> proof) {
    Map<String, Object> place = new LinkedHashMap<>();
    place.put("uniqueId", 1);
    place.put("localId", 7);
    place.put("location", number);
    place.put("hashes", proof);
    byte[][] parts = fragment(number);
    byte[] box =
        Containers.box(
            "uuid",
            UUID,
            new byte[4],
            "merkle\0".getBytes(StandardCharsets.ISO_8859_1),
            TestManifest.cbor(place));
    return Containers.join(parts[0], box, parts[1]);
  }

  /** Each root box that is not left out: its offset, then its bytes. */
  private static byte[] leaf(byte[] file) {
    List<byte[]> parts = new ArrayList<>();
    for (int at = 0; at < file.length; ) {
      int length = ByteBuffer.wrap(file).getInt(at);
      String type = new String(file, at + 4, 4, StandardCharsets.ISO_8859_1);
      if (!type.equals("uuid") && !type.equals("ftyp")) {
        parts.add(ByteBuffer.allocate(8).putLong(0, at).array());
        parts.add(java.util.Arrays.copyOfRange(file, at, at + length));
      }
      at += length;
    }
    return TestManifest.sha256(parts.toArray(new byte[0][]));
  }

  /** Writes a film of so many fragments, with the row of the tree at a height in the manifest. */
  private Path film(int count, int height) throws IOException {
    List<List<byte[]>> rows = rows(count, height, new ArrayList<>());
    // The length of the proof moves what follows it, and with it the leaves: twice is enough.
    List<byte[]> files = new ArrayList<>();
    for (int round = 0; round < 2; round++) {
      files.clear();
      for (int i = 0; i < count; i++) {
        files.add(placed(i, proof(rows, i, height)));
      }
      rows = rows(count, height, files.stream().map(FragmentsTest::leaf).toList());
    }
    for (int i = 0; i < count; i++) {
      Files.write(folder.resolve("part" + i + ".m4s"), placed(i, proof(rows, i, height)));
    }
    Path first = folder.resolve("init.mp4");
    Files.write(first, initialisation(count, rows.get(height)));
    return first;
  }

  private static List<List<byte[]>> rows(int count, int height, List<byte[]> leaves) {
    List<byte[]> row = new ArrayList<>(leaves);
    while (row.size() < count) {
      row.add(new byte[32]);
    }
    List<List<byte[]>> rows = new ArrayList<>(List.of(row));
    for (int i = 0; i < height; i++) {
      List<byte[]> above = new ArrayList<>();
      for (int j = 0; j < row.size(); j += 2) {
        above.add(
            j + 1 < row.size() ? TestManifest.sha256(row.get(j), row.get(j + 1)) : row.get(j));
      }
      rows.add(above);
      row = above;
    }
    return rows;
  }

  private static List<byte[]> proof(List<List<byte[]>> rows, int leaf, int height) {
    List<byte[]> proof = new ArrayList<>();
    int place = leaf;
    for (int i = 0; i < height; i++) {
      int other = place ^ 1;
      if (other < rows.get(i).size()) {
        proof.add(rows.get(i).get(other));
      }
      place /= 2;
    }
    return proof;
  }

  /** The leaves of fragments that carry no proof. */
  static List<byte[]> leaves(int count) {
    List<byte[]> leaves = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      leaves.add(leaf(placed(i, List.of())));
    }
    return leaves;
  }

  /** The assertion of a film whose initialisation segment is this file. */
  static Map<String, Object> bindingOf(int count, List<byte[]> row, byte[] file) {
    return binding(count, row, leaf(file));
  }

  private static Map<String, Object> binding(int count, List<byte[]> row, byte[] hash) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("uniqueId", 1);
    tree.put("localId", 7);
    tree.put("count", count);
    tree.put("alg", "sha256");
    tree.put("initHash", hash);
    tree.put("hashes", row);
    Map<String, Object> binding = new LinkedHashMap<>();
    binding.put("exclusions", EXCLUSIONS);
    binding.put("alg", "sha256");
    binding.put("merkle", List.of(tree));
    return binding;
  }

  static byte[] initialisation(int count, List<byte[]> row) {
    byte[] hash = new byte[32];
    byte[] file = new byte[0];
    for (int round = 0; round < 2; round++) {
      Map<String, Object> binding = binding(count, row, hash);
      byte[] store =
          TestManifest.store(
              new TestManifest("urn:c2pa:1", SIGNER).with("c2pa.hash.bmff.v3", binding).bytes());
      file =
          Containers.join(
              Containers.box("ftyp", "isom".getBytes(StandardCharsets.ISO_8859_1), new byte[4]),
              Containers.box(
                  "uuid",
                  UUID,
                  new byte[4],
                  "manifest\0".getBytes(StandardCharsets.ISO_8859_1),
                  new byte[8],
                  store),
              Containers.box("moov", new byte[8]));
      hash = leaf(file);
    }
    return file;
  }

  private static Provenance read(Path file) throws IOException {
    BytesMedia media =
        new BytesMedia(Files.readAllBytes(file)) {
          @Override
          public List<Path> fragments() throws IOException {
            return FragmentFiles.beside(file);
          }
        };
    return new ProvenanceReader(TrustAnchors::none, Clock.systemUTC()).read(media).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "4, 0", "4, 2", "5, 0", "5, 1", "5, 2", "5, 3", "11, 2", "11, 4"})
  void areCheckedTogetherWithWhatTheyBelongTo(int count, int height) throws IOException {
    Provenance found = read(film(count, height));
    assertEquals(Integrity.INTACT, found.integrity(), found.failures().toString());
    assertEquals(State.VALID, found.state());
  }

  @Test
  void areMissedWhereNoneIsThere() throws IOException {
    Path first = film(3, 1);
    for (Path part : FragmentFiles.beside(first)) {
      Files.delete(part);
    }
    Provenance found = read(first);
    assertEquals(State.WELL_FORMED, found.state(), "no media was hashed");
    assertEquals(Integrity.UNCHECKED, found.integrity());
    assertTrue(found.leftOut().get(0).text().contains("nothing that is seen"), "says so");
  }

  @Test
  void areCountedWhereSomeAreMissing() throws IOException {
    Path first = film(3, 1);
    Files.delete(folder.resolve("part1.m4s"));
    Provenance found = read(first);
    assertEquals(Integrity.UNCHECKED, found.integrity());
    assertTrue(
        found.leftOut().get(0).text().contains("2 fragments beside it are as they were signed; 1"),
        found.leftOut().toString());
  }

  @ParameterizedTest
  @CsvSource({"0", "2"})
  void areNamedWhereTheyWereChanged(int height) throws IOException {
    Path first = film(4, height);
    Path part = folder.resolve("part2.m4s");
    byte[] bytes = Files.readAllBytes(part);
    bytes[bytes.length - 1] ^= 1;
    Files.write(part, bytes);
    Provenance found = read(first);
    assertEquals(Integrity.CHANGED, found.integrity());
    assertTrue(found.failures().get(0).explanation().text().contains("part2.m4s"));
  }

  @Test
  void mayNotTakeTheirPlacesFromOneAnother() throws IOException {
    Path first = film(4, 0);
    byte[] other = Files.readAllBytes(folder.resolve("part1.m4s"));
    byte[] swapped = other.clone();
    int at = new String(other, StandardCharsets.ISO_8859_1).indexOf("location") + 8;
    swapped[at] = 2;
    Files.write(folder.resolve("part2.m4s"), swapped);
    assertEquals(Integrity.CHANGED, read(first).integrity());
  }

  @Test
  void ofOtherFilmsAreLeftAlone() throws IOException {
    Path first = film(2, 0);
    Files.write(
        folder.resolve("stranger.m4s"),
        Containers.join(Containers.box("moof", new byte[4]), Containers.box("mdat")));
    Path link = folder.resolve("link.m4s");
    Files.createSymbolicLink(link, first);
    assertEquals(Integrity.INTACT, read(first).integrity());
    assertTrue(FragmentFiles.beside(first).stream().noneMatch(link::equals), "no links");
  }

  @Test
  void thatCannotBeReadAreMissedAndBreakNothing() throws IOException {
    Path first = film(2, 0);
    Path stray = folder.resolve("stray.m4s");
    Files.write(stray, new byte[] {0, 0, 0, 99, 'm', 'o', 'o', 'f', 1});
    assertEquals(Integrity.INTACT, read(first).integrity(), "another film's, and damaged");
    Path part = folder.resolve("part1.m4s");
    Files.write(part, java.util.Arrays.copyOf(Files.readAllBytes(part), 20));
    assertEquals(Integrity.UNCHECKED, read(first).integrity(), "one of its own is not here");
    byte[] cut = placed(1, List.of());
    Files.write(part, java.util.Arrays.copyOf(cut, cut.length - 1));
    assertEquals(Integrity.CHANGED, read(first).integrity(), "one of its own is damaged");
  }
}
