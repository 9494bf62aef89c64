package dev.assay.evaluation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Groups dealt out into parts that are left out in turn, always alike. */
final class Folds {

  /** How many parts there are. */
  static final int COUNT = 5;

  private static final long SEED = 7;

  private Folds() {}

  /** The part of each, by its group. */
  static List<Integer> of(List<String> groups) {
    List<String> names = new ArrayList<>(groups.stream().distinct().sorted().toList());
    Collections.shuffle(names, new Random(SEED));
    Map<String, Integer> part = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      part.put(names.get(i), i % COUNT);
    }
    return groups.stream().map(group -> part.getOrDefault(group, 0)).toList();
  }
}
