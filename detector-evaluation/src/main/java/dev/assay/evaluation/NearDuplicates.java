package dev.assay.evaluation;

import dev.assay.known.NearPairs;
import dev.assay.known.PdqHash;
import java.util.ArrayList;
import java.util.List;

/** Pictures that are nearly the same and stand on two sides of a data set. */
final class NearDuplicates {

  private NearDuplicates() {}

  /** What is said of them, each a sentence; nothing where there are none. */
  static List<String> of(List<Scored> files) {
    List<Scored> hashed = files.stream().filter(f -> !f.outcome().pdq().isEmpty()).toList();
    NearPairs pairs =
        new NearPairs(
            hashed.stream()
                .map(f -> PdqHash.parse(f.outcome().pdq(), f.outcome().pdqQuality()))
                .toList());
    List<String> betweenClasses = new ArrayList<>();
    List<String> betweenSplits = new ArrayList<>();
    List<String> betweenGroups = new ArrayList<>();
    pairs.forEach(
        PdqHash.SAME,
        (i, j, distance) -> {
          Sample one = hashed.get(i).sample();
          Sample other = hashed.get(j).sample();
          String names = one.name() + " and " + other.name();
          if (one.synthetic() != other.synthetic()) {
            betweenClasses.add(names);
          } else if (!one.split().equals(other.split())) {
            betweenSplits.add(names);
          } else if (!one.group().equals(other.group())) {
            betweenGroups.add(names);
          }
        });
    List<String> sentences = new ArrayList<>();
    say(
        sentences,
        betweenClasses,
        "Nearly the same picture is real here and synthetic there",
        "one label is wrong, or the picture was edited");
    say(
        sentences,
        betweenSplits,
        "Nearly the same picture stands in different splits",
        "what is learned from one is no test of the other");
    say(
        sentences,
        betweenGroups,
        "Nearly the same picture of one class has different groups",
        "intervals take them for independent; name their group in a list");
    return sentences;
  }

  private static void say(List<String> sentences, List<String> pairs, String what, String why) {
    if (!pairs.isEmpty()) {
      sentences.add(
          what
              + " ("
              + Counted.of(pairs.size(), "pair")
              + ", for example "
              + pairs.get(0)
              + "): "
              + why
              + ".");
    }
  }
}
