package dev.assay.internal.provenance.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.internal.container.ByteReader;
import dev.assay.internal.container.IsoBoxes;
import dev.assay.internal.provenance.read.Asset;
import dev.assay.internal.provenance.read.ByteRange;
import dev.assay.internal.provenance.read.ByteRanges;
import dev.assay.internal.provenance.read.Cbor;
import dev.assay.internal.provenance.read.HashAlgorithm;
import dev.assay.internal.provenance.status.StatusCode;
import dev.assay.internal.provenance.status.StatusException;
import dev.assay.internal.provenance.status.ValidationStatus;
import dev.assay.spi.Block;
import dev.assay.spi.DamagedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The hash of the boxes of an ISO base media file, and the trees of hashes over its media data:
 * C2PA 2.2, 18.6 and 15.12.2; versions 2 and 3.
 */
public final class BmffHash {

  /** Most leaves of a tree of hashes. */
  static final int MAX_LEAVES = 1_000_000;

  /** Most exclusions of an assertion. */
  static final int MAX_EXCLUSIONS = 1_000;

  private static final int MAX_DEPTH = 16;

  private final JsonNode assertion;
  private final String algorithm;
  private final Asset asset;
  private final ByteReader bytes;
  private final List<Box> roots;
  private final ByteRanges excluded;

  /** How the file compares with a tree of hashes. */
  private enum Match {
    WHOLE,
    /** The first part is as it was signed; the others lie in other files. */
    FIRST_PART,
    NONE
  }

  /** A box with its head. */
  private record Box(Block block, long start) {
    ByteRange range() {
      return new ByteRange(start, block.end());
    }
  }

  private BmffHash(JsonNode assertion, String algorithm, Asset asset)
      throws IOException, DamagedException, StatusException {
    this.assertion = assertion;
    this.algorithm = algorithm;
    this.asset = asset;
    this.bytes = asset.bytes();
    this.roots = boxes(0, bytes.size());
    this.excluded = excluded();
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
    if (whole.isPresent() && !Arrays.equals(hash(algorithm, roots), whole.get())) {
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
    return elsewhere
        ? List.of(
            leftOut(
                url,
                "What is here is as it was signed, but the media data lies in other files"
                    + " (fragments): nothing that is seen or heard was checked."))
        : covered(url);
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
    for (Box box : roots) {
      if (box.block().is("mdat")) {
        ByteRange content = new ByteRange(box.block().offset(), box.block().end());
        all += content.length();
        hashed += excluded.without(content).stream().mapToLong(ByteRange::length).sum();
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
    boolean film = roots.stream().anyMatch(box -> box.block().is("moov"));
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
    List<List<Box>> parts = fragments(roots);
    if (!Arrays.equals(hash(name, parts.get(0)), initial.get())) {
      return Match.NONE;
    }
    if (parts.size() == 1) {
      return Match.FIRST_PART;
    }
    List<byte[]> leaves = new ArrayList<>();
    for (List<Box> part : parts.subList(1, parts.size())) {
      leaves.add(hash(name, part));
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
    List<Box> data = roots.stream().filter(box -> box.block().is("mdat")).toList();
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

  /** For each box that is not left out as a whole: its offset, then its bytes. */
  private byte[] hash(String name, List<Box> boxes)
      throws IOException, DamagedException, StatusException {
    MessageDigest digest = HashAlgorithm.of(name).digest();
    for (Box box : boxes) {
      bytes.budget().work(1);
      List<ByteRange> left = excluded.without(box.range());
      if (!left.isEmpty()) {
        digest.update(ByteBuffer.allocate(8).putLong(0, box.start()));
        for (ByteRange range : left) {
          asset.feed(digest, range);
        }
      }
    }
    return digest.digest();
  }

  private ByteRanges excluded() throws IOException, DamagedException, StatusException {
    Map<String, List<Box>> byType = byType(roots);
    List<ByteRange> ranges = new ArrayList<>();
    int count = 0;
    for (JsonNode exclusion : Cbor.elements(assertion.path("exclusions"))) {
      if (++count > MAX_EXCLUSIONS) {
        throw malformed("It has more exclusions than the bound.");
      }
      String[] path = exclusion.path("xpath").asText().split("/", -1);
      if (path.length < 2 || path.length > MAX_DEPTH || !path[0].isEmpty()) {
        throw malformed("The path of an exclusion is not valid.");
      }
      exclude(exclusion, path, 1, byType, ranges);
    }
    return ByteRanges.of(ranges);
  }

  private static Map<String, List<Box>> byType(List<Box> boxes) {
    return boxes.stream().collect(Collectors.groupingBy(box -> box.block().type()));
  }

  /** Each box that is met is a step: many exclusions may name the same boxes. */
  private void exclude(
      JsonNode exclusion,
      String[] path,
      int level,
      Map<String, List<Box>> boxes,
      List<ByteRange> ranges)
      throws IOException, DamagedException {
    int bracket = path[level].indexOf('[');
    String type = bracket < 0 ? path[level] : path[level].substring(0, bracket);
    int wanted = bracket < 0 ? 0 : number(path[level].substring(bracket + 1));
    int met = 0;
    for (Box box : boxes.getOrDefault(type, List.of())) {
      bytes.budget().step();
      if (++met != wanted && wanted != 0) {
        continue;
      }
      if (level + 1 < path.length) {
        exclude(exclusion, path, level + 1, byType(children(box)), ranges);
      } else if (meant(exclusion, box)) {
        add(exclusion, box, ranges);
      }
    }
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text.replace("]", ""));
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private List<Box> children(Box box) throws IOException, DamagedException {
    boolean full = box.block().is("meta") && !bytes.has(box.block().offset() + 4, "hdlr");
    return boxes(box.block().offset() + (full ? 4 : 0), box.block().end());
  }

  private List<Box> boxes(long start, long end) throws IOException, DamagedException {
    List<Box> boxes = new ArrayList<>();
    IsoBoxes walker = new IsoBoxes(bytes, start, end);
    long at = start;
    for (Block block = walker.next(); block != null; block = walker.next()) {
      boxes.add(new Box(block, at));
      at = block.end();
    }
    return boxes;
  }

  /** Whether a box has the length, version, flags and bytes that an exclusion asks for. */
  private boolean meant(JsonNode exclusion, Box box) throws IOException, DamagedException {
    ByteRange range = box.range();
    if (exclusion.path("length").isIntegralNumber()
        && exclusion.path("length").asLong() != range.length()) {
      return false;
    }
    if (exclusion.path("version").isIntegralNumber()
        && bytes.u8(box.block().offset()) != exclusion.path("version").asInt()) {
      return false;
    }
    Optional<byte[]> flags = Cbor.bytes(exclusion.path("flags"));
    if (flags.isPresent() && !flagged(box, flags.get(), exclusion.path("exact").asBoolean(true))) {
      return false;
    }
    for (JsonNode data : Cbor.elements(exclusion.path("data"))) {
      byte[] value = Cbor.bytes(data.path("value")).orElse(new byte[0]);
      long offset = data.path("offset").asLong();
      if (offset < 0
          || offset > range.length() - value.length
          || !Arrays.equals(bytes.read(range.start() + offset, value.length), value)) {
        return false;
      }
    }
    return true;
  }

  private boolean flagged(Box box, byte[] flags, boolean exact)
      throws IOException, DamagedException {
    if (flags.length != 3 || box.block().length() < 4) {
      return false;
    }
    byte[] there = bytes.read(box.block().offset() + 1, 3);
    for (int i = 0; i < 3; i++) {
      int seen = exact ? there[i] : there[i] & flags[i];
      if ((seen & 0xFF) != (flags[i] & 0xFF)) {
        return false;
      }
    }
    return true;
  }

  private void add(JsonNode exclusion, Box box, List<ByteRange> ranges) throws DamagedException {
    JsonNode subset = exclusion.path("subset");
    if (!subset.isArray() || subset.isEmpty()) {
      ranges.add(box.range());
      return;
    }
    for (JsonNode part : subset) {
      bytes.budget().step();
      long start = box.start() + Math.max(0, part.path("offset").asLong());
      long length = part.path("length").asLong();
      long end = length <= 0 ? box.block().end() : Math.min(start + length, box.block().end());
      if (start < end) {
        ranges.add(new ByteRange(start, end));
      }
    }
  }

  private static StatusException malformed(String explanation) {
    return new StatusException(StatusCode.BMFF_HASH_MALFORMED, explanation);
  }
}
