package dev.assay.internal.provenance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.internal.provenance.read.ByteRange;
import dev.assay.internal.provenance.read.ByteRanges;
import java.util.BitSet;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Parts of a file against the plain way: a bit for each byte. */
class RangesPropertiesTest {

  private static final int SIZE = 64;

  @Provide
  Arbitrary<ByteRange> range() {
    Arbitrary<Integer> place = Arbitraries.integers().between(0, SIZE);
    return Combinators.combine(place, place)
        .as((one, other) -> new ByteRange(Math.min(one, other), Math.max(one, other)));
  }

  @Provide
  Arbitrary<List<ByteRange>> ranges() {
    return range().list().ofMaxSize(12);
  }

  @Property
  void partsHoldTheSameBytesInOrderAndDoNotTouch(@ForAll("ranges") List<ByteRange> ranges) {
    List<ByteRange> parts = ByteRanges.of(ranges).parts();
    assertEquals(bits(ranges), bits(parts));
    for (int i = 1; i < parts.size(); i++) {
      assertTrue(parts.get(i - 1).end() < parts.get(i).start(), parts::toString);
    }
  }

  @Property
  void withoutLeavesWhatTheyDoNotHold(
      @ForAll("ranges") List<ByteRange> ranges, @ForAll("range") ByteRange whole) {
    BitSet left = bits(List.of(whole));
    left.andNot(bits(ranges));
    List<ByteRange> without = ByteRanges.of(ranges).without(whole);
    assertEquals(left, bits(without));
    assertTrue(without.stream().allMatch(range -> range.length() > 0), without::toString);
    assertEquals(left.isEmpty(), ByteRanges.of(ranges).cover(whole));
  }

  private static BitSet bits(List<ByteRange> ranges) {
    BitSet bits = new BitSet();
    ranges.forEach(range -> bits.set((int) range.start(), (int) range.end()));
    return bits;
  }
}
