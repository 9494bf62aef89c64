package dev.assay.internal.provenance;

import static dev.assay.internal.metadata.Containers.box;
import static dev.assay.internal.metadata.Containers.join;
import static dev.assay.internal.metadata.Containers.jpeg;
import static dev.assay.internal.metadata.Containers.jpegSegment;
import static dev.assay.internal.metadata.Containers.latin1;
import static dev.assay.internal.metadata.Containers.mp4;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.cost.Spent;
import dev.assay.internal.container.ByteReader;
import dev.assay.internal.container.Container;
import dev.assay.internal.provenance.check.BmffHash;
import dev.assay.internal.provenance.check.BoxHash;
import dev.assay.internal.provenance.check.DataHash;
import dev.assay.internal.provenance.read.Asset;
import dev.assay.internal.provenance.read.ByteRange;
import dev.assay.internal.provenance.read.EmbeddedStore;
import dev.assay.spi.Budget;
import dev.assay.spi.DamagedException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the hashes of a manifest may cost: they need no valid signature to be computed. */
class HashCostTest {

  private static final ObjectMapper TREES = new ObjectMapper();

  /** Checks a hash of a file of so many units. */
  interface Check {
    void run(int units, Budget budget) throws IOException, DamagedException;
  }

  record Kind(String name, int units, Check check) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Kind> kinds() {
    return Stream.of(
        new Kind(
            "BMFF: boxes of the kind that an exclusion names",
            40_000,
            (n, budget) ->
                BmffHash.check(
                    boxes(Map.of("xpath", "/free")), "sha256", file(free(n), budget), "url")),
        new Kind(
            "BMFF: boxes and exclusions of them all",
            450,
            (n, budget) ->
                BmffHash.check(
                    tree(
                        Map.of(
                            "hash",
                            new byte[32],
                            "exclusions",
                            Collections.nCopies(n, Map.of("xpath", "/free")))),
                    "sha256",
                    file(free(900), budget),
                    "url")),
        new Kind(
            "BMFF: parts of one box that are left out",
            20_000,
            (n, budget) ->
                BmffHash.check(
                    boxes(Map.of("xpath", "/free", "subset", subset(n))),
                    "sha256",
                    file(free(1), budget),
                    "url")),
        new Kind(
            "Boxes of a JPEG and the segments of its store",
            10_000,
            (n, budget) ->
                BoxHash.check(
                    tree(Map.of("boxes", List.of())), "sha256", jpegWithStore(n, budget), "url")),
        new Kind(
            "Data: parts that are left out",
            4_500,
            (n, budget) ->
                DataHash.check(
                    tree(Map.of("hash", new byte[32], "exclusions", exclusions(n))),
                    "sha256",
                    jpegWithStore(n, budget),
                    false,
                    "url")));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void costGrowsNoFasterThanTheFile(Kind kind) throws IOException {
    Spent.by(() -> run(kind, kind.units(), Duration.ofMinutes(5)));
    Spent single = Spent.by(() -> run(kind, kind.units(), Duration.ofMinutes(5)));
    Spent twice = Spent.by(() -> run(kind, 2 * kind.units(), Duration.ofMinutes(5)));
    String both = single + ", twice as many units: " + twice;
    assertTrue(twice.bytes() <= 2.2 * single.bytes() + (1 << 20), both);
    assertTrue(twice.millis() <= 3 * single.millis() + 300, both);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void nothingIsHashedWhenTimeIsUp(Kind kind) {
    assertThrows(
        DamagedException.class,
        () -> kind.check().run(kind.units(), new Budget(Duration.ZERO)),
        "the budget's clock is asked");
  }

  private static void run(Kind kind, int units, Duration time) {
    try {
      kind.check().run(units, new Budget(time));
    } catch (DamagedException | IOException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] free(int count) {
    return mp4(Collections.nCopies(count, box("free", new byte[8])).toArray(new byte[0][]));
  }

  private static Asset file(byte[] content, Budget budget) {
    return new Asset(
        new ByteReader(content, budget),
        Container.ISO,
        new EmbeddedStore("uuid box", new byte[0], List.of(), Optional.empty()));
  }

  /** Segments by turns of a store and of something else, so that no two parts of it touch. */
  private static Asset jpegWithStore(int count, Budget budget) {
    byte[] unit = join(jpegSegment(0xEB, latin1("JP")), jpegSegment(0xFE, latin1("x")));
    byte[] content = jpeg(join(Collections.nCopies(count, unit).toArray(new byte[0][])));
    List<ByteRange> ranges = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ranges.add(new ByteRange(2L + (long) i * unit.length, 2L + (long) i * unit.length + 6));
    }
    return new Asset(
        new ByteReader(content, budget),
        Container.JPEG,
        new EmbeddedStore("segments", new byte[0], ranges, Optional.empty()));
  }

  private static JsonNode boxes(Map<String, Object> exclusion) {
    return tree(Map.of("hash", new byte[32], "exclusions", List.of(exclusion)));
  }

  private static List<Map<String, Integer>> subset(int count) {
    return list(count, i -> Map.of("offset", 2 * i, "length", 1));
  }

  private static List<Map<String, Integer>> exclusions(int count) {
    return list(count, i -> Map.of("start", 3 * i, "length", 1));
  }

  private static <T> List<T> list(int count, IntFunction<T> element) {
    List<T> list = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      list.add(element.apply(i));
    }
    return list;
  }

  private static JsonNode tree(Map<String, Object> assertion) {
    return TREES.valueToTree(assertion);
  }
}
