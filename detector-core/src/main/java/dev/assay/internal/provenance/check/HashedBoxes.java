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

/** The boxes of a file, and which of their bytes a hash of BMFF leaves out: C2PA 2.2, 18.6. */
final class HashedBoxes {

  /** Most exclusions of an assertion. */
  static final int MAX_EXCLUSIONS = 1_000;

  private static final int MAX_DEPTH = 16;

  private final JsonNode assertion;
  private final ByteReader bytes;
  private final List<Box> roots;
  private final ByteRanges excluded;

  /** A box with its head. */
  record Box(Block block, long start) {
    ByteRange range() {
      return new ByteRange(start, block.end());
    }
  }

  HashedBoxes(JsonNode assertion, ByteReader bytes)
      throws IOException, DamagedException, StatusException {
    this.assertion = assertion;
    this.bytes = bytes;
    this.roots = boxes(0, bytes.size());
    this.excluded = excludedRanges();
  }

  /** The boxes that lie in no other. */
  List<Box> roots() {
    return roots;
  }

  /** What the hash leaves out. */
  ByteRanges excluded() {
    return excluded;
  }

  /** For each box that is not left out as a whole: its offset, then its bytes. */
  byte[] hash(String name, List<Box> boxes) throws IOException, DamagedException, StatusException {
    MessageDigest digest = HashAlgorithm.of(name).digest();
    for (Box box : boxes) {
      bytes.budget().work(1);
      List<ByteRange> left = excluded.without(box.range());
      if (!left.isEmpty()) {
        digest.update(ByteBuffer.allocate(8).putLong(0, box.start()));
        for (ByteRange range : left) {
          Asset.feed(bytes, digest, range);
        }
      }
    }
    return digest.digest();
  }

  private ByteRanges excludedRanges() throws IOException, DamagedException, StatusException {
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
