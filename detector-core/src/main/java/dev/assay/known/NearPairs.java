package dev.assay.known;

import java.util.Arrays;
import java.util.List;

/**
 * Pairs of hashes that differ in few bits, among up to some millions, without comparing all with
 * all: of sixteen words of sixteen bits, one must be equal but for a bit where 31 bits differ
 * (multi-index hashing, Norouzi and others 2012). Hashes that tell nothing have no pairs.
 */
public final class NearPairs {

  /** Largest distance for which no pair is missed. */
  public static final int MAX_DISTANCE = 31;

  private static final int WORDS = 16;
  private static final int WORD_BITS = 16;
  private static final int VALUES = 1 << WORD_BITS;
  private static final int WORDS_PER_LONG = 4;

  private final List<PdqHash> hashes;

  /** Sorted numbers of the hashes by a word. */
  private final int[][] members = new int[WORDS][];

  /** Where those of each value begin. */
  private final int[][] starts = new int[WORDS][];

  /** Takes a pair. */
  @FunctionalInterface
  public interface PairSink {
    /** Two numbers, the smaller first, and in how many bits their hashes differ. */
    void pair(int first, int second, int distance);
  }

  /** An index of hashes, by their places in the list. */
  public NearPairs(List<PdqHash> hashes) {
    this.hashes = List.copyOf(hashes);
    for (int w = 0; w < WORDS; w++) {
      index(w);
    }
  }

  private void index(int w) {
    int[] counts = new int[VALUES + 1];
    for (PdqHash hash : hashes) {
      counts[word(hash, w) + 1] += hash.tells() ? 1 : 0;
    }
    for (int v = 0; v < VALUES; v++) {
      counts[v + 1] += counts[v];
    }
    int[] next = counts.clone();
    int[] sorted = new int[counts[VALUES]];
    for (int i = 0; i < hashes.size(); i++) {
      if (hashes.get(i).tells()) {
        sorted[next[word(hashes.get(i), w)]++] = i;
      }
    }
    members[w] = sorted;
    starts[w] = counts;
  }

  private static int word(PdqHash hash, int number) {
    long limb =
        switch (number / WORDS_PER_LONG) {
          case 0 -> hash.bits0();
          case 1 -> hash.bits64();
          case 2 -> hash.bits128();
          default -> hash.bits192();
        };
    return (int) (limb >>> (number % WORDS_PER_LONG * WORD_BITS)) & (VALUES - 1);
  }

  /**
   * Finds all pairs, each once.
   *
   * @param most bits in which they differ at most, 0 to {@link #MAX_DISTANCE}
   */
  public void forEach(int most, PairSink sink) {
    if (most < 0 || most > MAX_DISTANCE) {
      throw new IllegalArgumentException("distances are found up to " + MAX_DISTANCE + ": " + most);
    }
    for (int i = 0; i < hashes.size(); i++) {
      if (hashes.get(i).tells()) {
        of(i, most, sink);
      }
    }
  }

  private void of(int first, int most, PairSink sink) {
    PdqHash hash = hashes.get(first);
    for (int w = 0; w < WORDS; w++) {
      int value = word(hash, w);
      among(first, w, value, most, sink);
      for (int bit = 0; bit < WORD_BITS; bit++) {
        among(first, w, value ^ (1 << bit), most, sink);
      }
    }
  }

  private void among(int first, int w, int value, int most, PairSink sink) {
    int[] sorted = members[w];
    int end = starts[w][value + 1];
    int from = Arrays.binarySearch(sorted, starts[w][value], end, first + 1);
    for (int at = from < 0 ? -from - 1 : from; at < end; at++) {
      PdqHash hash = hashes.get(first);
      PdqHash other = hashes.get(sorted[at]);
      int distance = hash.distance(other);
      if (distance <= most && isFirstWord(hash, other, w)) {
        sink.pair(first, sorted[at], distance);
      }
    }
  }

  /** Whether no earlier word has brought the two together. */
  private static boolean isFirstWord(PdqHash one, PdqHash other, int w) {
    for (int earlier = 0; earlier < w; earlier++) {
      if (Integer.bitCount(word(one, earlier) ^ word(other, earlier)) <= 1) {
        return false;
      }
    }
    return true;
  }
}
