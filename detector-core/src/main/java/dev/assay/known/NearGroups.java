package dev.assay.known;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Groups of files that show nearly the same, by their hashes: each file of a group is near another
 * of it, so that in a large one the farthest need not be near. Hashes that tell nothing are in no
 * group.
 */
public final class NearGroups {

  private final List<PdqHash> hashes = new ArrayList<>();
  private final List<Integer> files = new ArrayList<>();

  /**
   * Adds a picture, or a frame of a clip.
   *
   * @param file number of the file that it is of
   */
  public void add(int file, PdqHash hash) {
    if (hash.tells()) {
      hashes.add(hash);
      files.add(file);
    }
  }

  /** How many pictures and frames can be compared. */
  public int size() {
    return hashes.size();
  }

  /**
   * Groups of two files or more, the largest first.
   *
   * @param most bits in which two hashes differ at most, 0 to {@link NearPairs#MAX_DISTANCE}
   * @return numbers of files, ascending
   */
  public List<List<Integer>> largestFirst(int most) {
    Joined joined = new Joined(hashes.size());
    // Equal ones are joined beforehand: of a thousand there are half a million pairs.
    Map<PdqHash, Integer> first = new HashMap<>();
    List<PdqHash> different = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < hashes.size(); i++) {
      Integer equal = first.putIfAbsent(withoutQuality(hashes.get(i)), i);
      if (equal == null) {
        different.add(hashes.get(i));
        places.add(i);
      } else {
        joined.join(equal, i);
      }
    }
    new NearPairs(different)
        .forEach(most, (one, other, distance) -> joined.join(places.get(one), places.get(other)));
    return groups(joined);
  }

  private static PdqHash withoutQuality(PdqHash hash) {
    return new PdqHash(hash.bits192(), hash.bits128(), hash.bits64(), hash.bits0(), 100);
  }

  private List<List<Integer>> groups(Joined joined) {
    // A clip's frames may lie in several groups, and make them one.
    Map<Integer, Integer> of = new HashMap<>();
    for (int i = 0; i < files.size(); i++) {
      Integer earlier = of.putIfAbsent(files.get(i), i);
      if (earlier != null) {
        joined.join(earlier, i);
      }
    }
    Map<Integer, TreeSet<Integer>> groups = new LinkedHashMap<>();
    for (int i = 0; i < files.size(); i++) {
      groups.computeIfAbsent(joined.root(i), root -> new TreeSet<>()).add(files.get(i));
    }
    return groups.values().stream()
        .filter(group -> group.size() > 1)
        .<List<Integer>>map(ArrayList::new)
        .sorted(
            Comparator.<List<Integer>>comparingInt(group -> -group.size())
                .thenComparing(group -> group.get(0)))
        .toList();
  }

  /** Sets of numbers, joined two at a time. */
  private static final class Joined {

    private final int[] parents;

    Joined(int count) {
      parents = new int[count];
      for (int i = 0; i < count; i++) {
        parents[i] = i;
      }
    }

    int root(int number) {
      int at = number;
      while (parents[at] != at) {
        parents[at] = parents[parents[at]];
        at = parents[at];
      }
      return at;
    }

    void join(int one, int other) {
      int a = root(one);
      int b = root(other);
      parents[Math.max(a, b)] = Math.min(a, b);
    }
  }
}
