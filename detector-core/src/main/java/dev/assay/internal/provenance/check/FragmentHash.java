package dev.assay.internal.provenance.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.Sentence;
import dev.assay.internal.container.ByteReader;
import dev.assay.internal.container.FileBytes;
import dev.assay.internal.provenance.check.HashedBoxes.Box;
import dev.assay.internal.provenance.read.Asset;
import dev.assay.internal.provenance.read.Cbor;
import dev.assay.internal.provenance.read.HashAlgorithm;
import dev.assay.internal.provenance.read.SignedText;
import dev.assay.internal.provenance.read.StoreFinder;
import dev.assay.internal.provenance.status.StatusCode;
import dev.assay.internal.provenance.status.StatusException;
import dev.assay.spi.Budget;
import dev.assay.spi.DamagedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.Optional;

/**
 * The fragments of a film that lie in files of their own, each with the hashes that lead from it to
 * the row of a tree in the manifest: C2PA 2.2, 15.12.2.2 and A.5.4.
 */
final class FragmentHash {

  /** Most fragments of one tree. */
  static final int MAX_FRAGMENTS = 1_000_000;

  private static final int MAX_PLACE_BYTES = 1 << 16;
  private static final String PURPOSE = "merkle\0";

  /**
   * The fragments that were met.
   *
   * @param here how many are as they were signed
   * @param missing how many others there must be
   */
  record Found(int here, int missing) {
    boolean all() {
      return here > 0 && missing == 0;
    }
  }

  private final JsonNode assertion;
  private final String algorithm;
  private final IdentityHashMap<JsonNode, BitSet> met = new IdentityHashMap<>();

  private FragmentHash(JsonNode assertion, String algorithm) {
    this.assertion = assertion;
    this.algorithm = algorithm;
  }

  /**
   * Checks the fragments beside a file.
   *
   * @param assertion the hash of BMFF of the file's manifest
   * @throws StatusException if one of them is not as it was signed
   */
  static Found check(JsonNode assertion, String algorithm, Asset asset)
      throws IOException, DamagedException, StatusException {
    FragmentHash hash = new FragmentHash(assertion, algorithm);
    for (Path file : asset.fragments().files()) {
      asset.bytes().budget().step();
      hash.file(file, asset.bytes().budget());
    }
    int here = 0;
    int missing = 0;
    for (JsonNode tree : Cbor.elements(assertion.path("merkle"))) {
      int seen = hash.met.getOrDefault(tree, new BitSet()).cardinality();
      here += seen;
      // A tree that names no count has fragments all the same.
      missing += Math.max(1, count(tree)) - seen;
    }
    return new Found(here, missing);
  }

  private static int count(JsonNode tree) {
    return Math.max(0, Math.min(MAX_FRAGMENTS, tree.path("count").asInt()));
  }

  /**
   * A file that cannot be opened is missed where it is a fragment. A damaged one was changed if it
   * bears C2PA's mark; else it is another film's.
   */
  private void file(Path file, Budget budget) throws DamagedException, StatusException {
    String name = String.valueOf(file.getFileName());
    try (FileBytes source = new FileBytes(file)) {
      ByteReader bytes = new ByteReader(source, budget);
      try {
        fragment(bytes, name);
      } catch (DamagedException e) {
        budget.step();
        byte[] head = bytes.read(0, (int) Math.min(MAX_PLACE_BYTES, bytes.size()));
        if (new String(head, StandardCharsets.ISO_8859_1).contains(PURPOSE)) {
          throw changed(name);
        }
      }
    } catch (IOException e) {
      // It is counted among those that are not here.
    }
  }

  private void fragment(ByteReader bytes, String name)
      throws IOException, DamagedException, StatusException {
    HashedBoxes boxes = new HashedBoxes(assertion, bytes);
    Optional<JsonNode> place = place(boxes, bytes);
    Optional<JsonNode> tree = place.flatMap(this::tree);
    if (tree.isEmpty()) {
      // Of another film, or of another rendering of this one.
      return;
    }
    int location = place.get().path("location").asInt(-1);
    if (location < 0 || location >= count(tree.get())) {
      throw changed(name);
    }
    String hashed = tree.get().path("alg").asText(algorithm);
    byte[] leaf = boxes.hash(hashed, boxes.roots());
    if (!leads(leaf, location, place.get().path("hashes"), tree.get(), hashed)) {
      throw changed(name);
    }
    met.computeIfAbsent(tree.get(), t -> new BitSet()).set(location);
  }

  private static StatusException changed(String name) {
    return new StatusException(
        StatusCode.BMFF_HASH_MISMATCH,
        Sentence.of("The fragment {0} was changed after it was signed.", SignedText.shown(name)));
  }

  /** Where in which tree a fragment stands, as a box in it says. */
  private static Optional<JsonNode> place(HashedBoxes boxes, ByteReader bytes)
      throws IOException, DamagedException {
    for (Box box : boxes.roots()) {
      long purpose = box.block().offset() + 20;
      if (box.block().is("uuid")
          && StoreFinder.isOfC2pa(bytes, box.block())
          && bytes.has(purpose, PURPOSE)) {
        long start = purpose + PURPOSE.length();
        byte[] content =
            bytes.read(start, (int) Math.min(MAX_PLACE_BYTES, box.block().end() - start));
        return Cbor.read(content).filter(JsonNode::isObject);
      }
    }
    return Optional.empty();
  }

  private Optional<JsonNode> tree(JsonNode place) {
    for (JsonNode tree : Cbor.elements(assertion.path("merkle"))) {
      if (tree.path("uniqueId").equals(place.path("uniqueId"))
          && tree.path("localId").equals(place.path("localId"))) {
        return Optional.of(tree);
      }
    }
    return Optional.empty();
  }

  /** Whether a leaf leads to the row of the tree that was signed; a lone one goes up as it is. */
  private static boolean leads(
      byte[] leaf, int location, JsonNode proof, JsonNode tree, String hashed)
      throws StatusException {
    MessageDigest digest = HashAlgorithm.of(hashed).digest();
    byte[] node = leaf;
    int place = location;
    int next = 0;
    int row = Math.max(1, tree.path("hashes").size());
    for (int size = count(tree); size > row; size = (size + 1) / 2) {
      boolean left = place % 2 == 0;
      if (!left || place + 1 < size) {
        Optional<byte[]> other = Cbor.bytes(proof.path(next++));
        if (other.isEmpty()) {
          return false;
        }
        digest.update(left ? node : other.get());
        digest.update(left ? other.get() : node);
        node = digest.digest();
      }
      place /= 2;
    }
    byte[] signed = Cbor.bytes(tree.path("hashes").path(place)).orElse(new byte[0]);
    return Arrays.equals(node, signed);
  }
}
