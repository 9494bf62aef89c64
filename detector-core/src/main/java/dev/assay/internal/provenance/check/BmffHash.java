package dev.assay.internal.provenance.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.Sentence;
import dev.assay.internal.container.IsoBoxes;
import dev.assay.internal.provenance.check.HashedBoxes.Box;
import dev.assay.internal.provenance.read.Asset;
import dev.assay.internal.provenance.read.ByteRange;
import dev.assay.internal.provenance.read.Cbor;
import dev.assay.internal.provenance.read.HashAlgorithm;
import dev.assay.internal.provenance.status.StatusCode;
import dev.assay.internal.provenance.status.StatusException;
import dev.assay.internal.provenance.status.ValidationStatus;
import dev.assay.spi.Block;
import dev.assay.spi.DamagedException;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The hash of the boxes of an ISO base media file, and the trees of hashes over its media data:
 * C2PA 2.2, 18.6 and 15.12.2; versions 2 and 3.
 */
public final class BmffHash {

  /** Most leaves of a tree of hashes. */
  static final int MAX_LEAVES = 1_000_000;

  private final JsonNode assertion;
  private final String algorithm;
  private final Asset asset;
  private final HashedBoxes file;

  /** How the file compares with a tree of hashes. */
  private enum Match {
    WHOLE,
    /** The first part is as it was signed; the others lie in other files. */
    FIRST_PART,
    NONE
  }

  private BmffHash(JsonNode assertion, String algorithm, Asset asset)
      throws IOException, DamagedException, StatusException {
    this.assertion = assertion;
    this.algorithm = algorithm;
    this.asset = asset;
    this.file = new HashedBoxes(assertion, asset.bytes());
  }

  public static List<ValidationStatus> check(
      JsonNode assertion, String enclosing, Asset asset, String url)
      throws IOException, DamagedException {
    try {
      String algorithm = assertion.path("alg").asText(enclosing);
      BmffHash hash = new BmffHash(assertion, algorithm, asset);
      return hash.checked(url);
    } catch (StatusException e) {
      return List.of(e.at(url));
    }
  }

  private List<ValidationStatus> checked(String url)
      throws IOException, DamagedException, StatusException {
    Optional<byte[]> whole = Cbor.bytes(assertion.path("hash"));
    JsonNode trees = assertion.path("merkle");
    if (whole.isEmpty() && trees.isEmpty()) {
      throw malformed("It holds no hash.");
    }
    if (assertion.path("exclusions").isEmpty()) {
      throw malformed("It does not say what it leaves out.");
    }
    if (whole.isPresent() && !Arrays.equals(file.hash(algorithm, file.roots()), whole.get())) {
      throw mismatch();
    }
    boolean elsewhere = false;
    for (JsonNode tree : Cbor.elements(trees)) {
      Match match = tree(tree);
      if (match == Match.NONE) {
        throw mismatch();
      }
      elsewhere |= match == Match.FIRST_PART;
    }
    // C2PA 2.2, 15.12.2: that fragments are not here is no failure; nothing of them was checked.
    return elsewhere ? inPieces(url) : covered(url);
  }

  /** Of a film in pieces: as many of them as lie beside the file. */
  private List<ValidationStatus> inPieces(String url)
      throws IOException, DamagedException, StatusException {
    FragmentHash.Found found = FragmentHash.check(assertion, algorithm, asset);
    if (found.all()) {
      return List.of(
          new ValidationStatus(
              StatusCode.BMFF_HASH_MATCH,
              url,
              "The file, and the fragments beside it, are as they were when they were signed."));
    }
    return List.of(
        new ValidationStatus(
            StatusCode.BMFF_ADDITIONAL_EXCLUSIONS,
            url,
            found.here() == 0
                ? Sentence.of(
                    "What is here is as it was signed, but the media data lies in other files"
                        + " (fragments): nothing that is seen or heard was checked.")
                : Sentence.of(
                    "The file and {0} fragments beside it are as they were signed; {1} more are not"
                        + " here, and were not checked.",
                    found.here(), found.missing())));
  }

  private static ValidationStatus leftOut(String url, String what) {
    return new ValidationStatus(StatusCode.BMFF_ADDITIONAL_EXCLUSIONS, url, what);
  }

  /** What matched, and what of the media data neither a hash nor a tree of hashes covers. */
  private List<ValidationStatus> covered(String url) {
    ValidationStatus match =
        new ValidationStatus(
            StatusCode.BMFF_HASH_MATCH, url, "The file is as it was when it was signed.");
    if (!assertion.path("merkle").isEmpty()) {
      return List.of(match);
    }
    long all = 0;
    long hashed = 0;
    for (Box box : file.roots()) {
      if (box.block().is("mdat")) {
        ByteRange content = new ByteRange(box.block().offset(), box.block().end());
        all += content.length();
        hashed += file.excluded().without(content).stream().mapToLong(ByteRange::length).sum();
      }
    }
    if (hashed < all) {
      return hashed == 0
          ? List.of(
              leftOut(
                  url,
                  "The signature leaves out the media data (/mdat): nothing that is seen or heard is"
                      + " signed."))
          : List.of(
              match,
              leftOut(
                  url,
                  "The signature leaves out part of the media data: not all that is seen or heard is"
                      + " signed."));
    }
    // Pictures may keep their data within their description; films do not.
    boolean film = file.roots().stream().anyMatch(box -> box.block().is("moov"));
    return all == 0 && film
        ? List.of(
            leftOut(
                url, "The file holds no media data: nothing that is seen or heard was checked."))
        : List.of(match);
  }

  private static StatusException mismatch() {
    return new StatusException(
        StatusCode.BMFF_HASH_MISMATCH, "The file was changed after it was signed.");
  }

  /** Checks one tree of hashes. */
  private Match tree(JsonNode tree) throws IOException, DamagedException, StatusException {
    String name = tree.path("alg").asText(algorithm);
    List<byte[]> row = new ArrayList<>();
    for (JsonNode hash : Cbor.elements(tree.path("hashes"))) {
      row.add(Cbor.bytes(hash).orElseThrow(() -> malformed("A hash in a tree is not valid.")));
    }
    Optional<byte[]> initial = Cbor.bytes(tree.path("initHash"));
    if (initial.isEmpty()) {
      return same(reduced(blocks(tree, name), row.size(), name), row) ? Match.WHOLE : Match.NONE;
    }
    List<List<Box>> parts = fragments(file.roots());
    if (!Arrays.equals(file.hash(name, parts.get(0)), initial.get())) {
      return Match.NONE;
    }
    if (parts.size() == 1) {
      return Match.FIRST_PART;
    }
    List<byte[]> leaves = new ArrayList<>();
    for (List<Box> part : parts.subList(1, parts.size())) {
      leaves.add(file.hash(name, part));
    }
    return same(reduced(leaves, row.size(), name), row) ? Match.WHOLE : Match.NONE;
  }

  private static boolean same(List<byte[]> some, List<byte[]> others) {
    if (some.size() != others.size()) {
      return false;
    }
    for (int i = 0; i < some.size(); i++) {
      if (!Arrays.equals(some.get(i), others.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** The row of a tree that has so many hashes, from its leaves; a lone one goes up as it is. */
  private static List<byte[]> reduced(List<byte[]> leaves, int size, String name)
      throws StatusException {
    List<byte[]> row = leaves;
    MessageDigest digest = HashAlgorithm.of(name).digest();
    while (row.size() > Math.max(1, size)) {
      List<byte[]> above = new ArrayList<>();
      for (int i = 0; i < row.size(); i += 2) {
        if (i + 1 < row.size()) {
          digest.update(row.get(i));
          digest.update(row.get(i + 1));
          above.add(digest.digest());
        } else {
          above.add(row.get(i));
        }
      }
      row = above;
    }
    return row;
  }

  /** The hashes of the blocks of one box of media data. */
  private List<byte[]> blocks(JsonNode tree, String name)
      throws IOException, DamagedException, StatusException {
    List<Box> data = file.roots().stream().filter(box -> box.block().is("mdat")).toList();
    int number = tree.path("localId").asInt(-1);
    if (number < 0 || number >= data.size()) {
      throw malformed("A tree belongs to media data that the file does not have.");
    }
    Block content = data.get(number).block();
    List<byte[]> leaves = new ArrayList<>();
    long at = content.offset();
    int index = 0;
    while (at < content.end()) {
      long length = blockLength(tree, index++, content.end() - at);
      if (length <= 0 || length > content.end() - at || leaves.size() >= MAX_LEAVES) {
        throw malformed("The blocks of a tree do not fit the media data.");
      }
      MessageDigest digest = HashAlgorithm.of(name).digest();
      asset.feed(digest, new ByteRange(at, at + length));
      leaves.add(digest.digest());
      at += length;
    }
    return leaves;
  }

  private static long blockLength(JsonNode tree, int index, long left) {
    if (tree.has("fixedBlockSize")) {
      return Math.min(left, tree.path("fixedBlockSize").asLong());
    }
    JsonNode sizes = tree.path("variableBlockSizes");
    return sizes.isArray() ? sizes.path(index).asLong() : left;
  }

  /** What comes before the first fragment, then the fragments: all up to the next one's begin. */
  private static List<List<Box>> fragments(List<Box> roots) {
    List<List<Box>> parts = new ArrayList<>();
    parts.add(new ArrayList<>());
    boolean inFragment = false;
    for (Box box : roots) {
      if (IsoBoxes.beginsFragment(box.block()) && !inFragment) {
        parts.add(new ArrayList<>());
        inFragment = true;
      } else if (box.block().is("mdat")) {
        inFragment = false;
      }
      parts.get(parts.size() - 1).add(box);
    }
    return parts;
  }

  private static StatusException malformed(String explanation) {
    return new StatusException(StatusCode.BMFF_HASH_MALFORMED, explanation);
  }
}
