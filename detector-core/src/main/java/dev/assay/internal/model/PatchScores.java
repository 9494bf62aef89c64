package dev.assay.internal.model;

import dev.assay.Region;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * What a network says of each patch of a grid over a part of a picture.
 *
 * @param part the part, in pixels of the picture
 * @param columns patches side by side
 * @param rows patches above one another
 * @param scores log-odds by rows
 */
record PatchScores(Rectangle part, int columns, int rows, List<Float> scores) {

  PatchScores {
    scores = List.copyOf(scores);
  }

  /**
   * The places whose patches have at least this score: of patches that hang together the largest
   * group and those at least half as large, or the strongest patch where none has it.
   *
   * @return rectangles that do not overlap, whole patches each, with the mean of their scores
   */
  List<Region> from(double least) {
    int[] groups = groups(least);
    List<Integer> kept = largest(groups);
    if (kept.isEmpty()) {
      return List.of(region(strongest(), strongest() + 1, 1));
    }
    List<Region> regions = new ArrayList<>();
    boolean[] in = new boolean[groups.length];
    for (int i = 0; i < groups.length; i++) {
      in[i] = kept.contains(groups[i]);
    }
    for (int i = 0; i < in.length; i++) {
      if (in[i]) {
        regions.add(rectangle(in, i));
      }
    }
    return regions;
  }

  /**
   * The same, each patch as the mean of its own score and of what others say of the place of its
   * middle; as it is where none of them shows that.
   */
  PatchScores with(List<PatchScores> others) {
    List<Float> mixed = new ArrayList<>();
    for (int i = 0; i < scores.size(); i++) {
      int column = i % columns;
      int row = i / columns;
      double x = part.x() + (column + 0.5) / columns * part.width();
      double y = part.y() + (row + 0.5) / rows * part.height();
      OptionalDouble there =
          others.stream()
              .map(other -> other.at(x, y))
              .filter(OptionalDouble::isPresent)
              .mapToDouble(OptionalDouble::getAsDouble)
              .average();
      mixed.add(
          (float) (there.isEmpty() ? scores.get(i) : (scores.get(i) + there.getAsDouble()) / 2));
    }
    return new PatchScores(part, columns, rows, mixed);
  }

  /** The score of the patch that shows a place of the picture. */
  private OptionalDouble at(double x, double y) {
    int column = (int) Math.floor((x - part.x()) / part.width() * columns);
    int row = (int) Math.floor((y - part.y()) / part.height() * rows);
    return column < 0 || row < 0 || column >= columns || row >= rows
        ? OptionalDouble.empty()
        : OptionalDouble.of(scores.get(row * columns + column));
  }

  /** The patches of all, each as a region. */
  List<Region> all() {
    List<Region> regions = new ArrayList<>();
    for (int i = 0; i < scores.size(); i++) {
      regions.add(region(i, i + 1, 1));
    }
    return regions;
  }

  /** A run of patches in a row, and the same run in as many rows below as have it. */
  private Region rectangle(boolean[] in, int first) {
    int end = first + 1;
    while (end % columns != 0 && in[end]) {
      end++;
    }
    int high = 1;
    while (isRun(in, first + high * columns, end + high * columns)) {
      high++;
    }
    for (int row = 0; row < high; row++) {
      Arrays.fill(in, first + row * columns, end + row * columns, false);
    }
    return region(first, end, high);
  }

  private static boolean isRun(boolean[] in, int from, int to) {
    if (to > in.length) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (!in[i]) {
        return false;
      }
    }
    return true;
  }

  private Region region(int first, int end, int high) {
    int left = edge(first % columns, columns, part.width());
    int top = edge(first / columns, rows, part.height());
    int right = edge(first % columns + end - first, columns, part.width());
    int bottom = edge(first / columns + high, rows, part.height());
    double sum = 0;
    for (int row = 0; row < high; row++) {
      for (int i = first; i < end; i++) {
        sum += scores.get(i + row * columns);
      }
    }
    return new Region(
        part.x() + left,
        part.y() + top,
        Math.max(1, right - left),
        Math.max(1, bottom - top),
        sum / (high * (end - first)));
  }

  private static int edge(int place, int of, int length) {
    return (int) ((long) place * length / of);
  }

  private int strongest() {
    int best = 0;
    for (int i = 1; i < scores.size(); i++) {
      best = scores.get(i) > scores.get(best) ? i : best;
    }
    return best;
  }

  /** Of each patch with at least that score the number of its group, from 1; 0 of others. */
  private int[] groups(double least) {
    int[] groups = new int[scores.size()];
    int count = 0;
    for (int i = 0; i < groups.length; i++) {
      if (groups[i] == 0 && scores.get(i) >= least) {
        fill(groups, i, ++count, least);
      }
    }
    return groups;
  }

  private void fill(int[] groups, int from, int group, double least) {
    Deque<Integer> open = new ArrayDeque<>(List.of(from));
    groups[from] = group;
    while (!open.isEmpty()) {
      int patch = open.pop();
      for (int next : neighbours(patch)) {
        if (groups[next] == 0 && scores.get(next) >= least) {
          groups[next] = group;
          open.push(next);
        }
      }
    }
  }

  private int[] neighbours(int patch) {
    int x = patch % columns;
    int y = patch / columns;
    return IntStream.of(
            x > 0 ? patch - 1 : -1,
            x < columns - 1 ? patch + 1 : -1,
            y > 0 ? patch - columns : -1,
            y < rows - 1 ? patch + columns : -1)
        .filter(next -> next >= 0)
        .toArray();
  }

  private static List<Integer> largest(int[] groups) {
    int count = Arrays.stream(groups).max().orElse(0);
    int[] sizes = new int[count + 1];
    Arrays.stream(groups).forEach(group -> sizes[group]++);
    List<Integer> kept = new ArrayList<>();
    for (int group = 1; group <= count; group++) {
      kept.add(group);
    }
    kept.sort(Comparator.comparingInt(group -> -sizes[group]));
    return kept.stream().filter(group -> 2 * sizes[group] >= sizes[kept.get(0)]).toList();
  }
}
