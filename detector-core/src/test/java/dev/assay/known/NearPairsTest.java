package dev.assay.known;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NearPairsTest {

  private final Random random = new Random(3);

  private PdqHash any() {
    return new PdqHash(
        random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong(), 100);
  }

  private PdqHash changed(PdqHash hash, int bits) {
    long[] limbs = {hash.bits0(), hash.bits64(), hash.bits128(), hash.bits192()};
    Set<Integer> chosen = new HashSet<>();
    while (chosen.size() < bits) {
      int bit = random.nextInt(PdqHash.BITS);
      if (chosen.add(bit)) {
        limbs[bit / 64] ^= 1L << bit % 64;
      }
    }
    return new PdqHash(limbs[3], limbs[2], limbs[1], limbs[0], 100);
  }

  @Test
  void findsWhatComparingAllWithAllFinds() {
    List<PdqHash> hashes = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      PdqHash hash = any();
      hashes.add(hash);
      hashes.add(changed(hash, i % 40));
      hashes.add(changed(hash, 31));
    }
    for (int most : new int[] {0, 10, 31}) {
      List<String> expected = new ArrayList<>();
      for (int i = 0; i < hashes.size(); i++) {
        for (int j = i + 1; j < hashes.size(); j++) {
          int distance = hashes.get(i).distance(hashes.get(j));
          if (distance <= most) {
            expected.add(i + " " + j + " " + distance);
          }
        }
      }
      List<String> found = new ArrayList<>();
      new NearPairs(hashes).forEach(most, (i, j, d) -> found.add(i + " " + j + " " + d));
      assertEquals(expected.size(), found.size(), "each once");
      assertEquals(new HashSet<>(expected), new HashSet<>(found));
      assertTrue(most == 0 || expected.size() > 50);
    }
  }

  @Test
  void picturesWithNothingInThemHaveNoPairs() {
    PdqHash empty = new PdqHash(1, 2, 3, 4, PdqHash.MIN_QUALITY - 1);
    List<Integer> found = new ArrayList<>();
    new NearPairs(List.of(empty, empty)).forEach(31, (i, j, d) -> found.add(d));
    assertEquals(List.of(), found);
    assertThrows(
        IllegalArgumentException.class,
        () -> new NearPairs(List.of()).forEach(32, (i, j, d) -> found.add(d)));
  }
}
