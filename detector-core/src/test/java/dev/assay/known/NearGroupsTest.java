package dev.assay.known;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NearGroupsTest {

  private final Random random = new Random(2);

  private PdqHash any() {
    return new PdqHash(
        random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong(), 100);
  }

  private static PdqHash changed(PdqHash hash, int bits) {
    long mask = (1L << bits) - 1;
    return new PdqHash(hash.bits192() ^ mask, hash.bits128(), hash.bits64(), hash.bits0(), 90);
  }

  @Test
  void joinsFilesThatAreNearTheLargestGroupFirst() {
    PdqHash pair = any();
    PdqHash many = any();
    NearGroups groups = new NearGroups();
    groups.add(0, pair);
    groups.add(1, any());
    groups.add(2, many);
    groups.add(3, changed(pair, 20));
    for (int i = 4; i < 2000; i++) {
      groups.add(i, i % 2 == 0 ? many : any());
    }
    groups.add(2000, changed(many, 25));
    groups.add(2001, changed(changed(many, 25), 50));
    List<List<Integer>> found = groups.largestFirst(31);
    assertEquals(2, found.size());
    assertEquals(1001, found.get(0).size(), "far from most, but near one of them");
    assertEquals(List.of(0, 3), found.get(1));
    assertEquals(1, groups.largestFirst(10).size());
  }

  @Test
  void aClipThatShowsTwoPicturesJoinsThem() {
    PdqHash one = any();
    PdqHash other = any();
    NearGroups groups = new NearGroups();
    groups.add(0, one);
    groups.add(1, other);
    groups.add(2, one);
    groups.add(2, any());
    groups.add(2, other);
    groups.add(3, new PdqHash(0, 0, 0, 0, 0));
    groups.add(4, new PdqHash(0, 0, 0, 0, 0));
    assertEquals(List.of(List.of(0, 1, 2)), groups.largestFirst(31));
    assertEquals(5, groups.size(), "what is empty is like nothing");
  }
}
