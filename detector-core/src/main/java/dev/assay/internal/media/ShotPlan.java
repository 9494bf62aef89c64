package dev.assay.internal.media;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which of many frames to look at: at least one of each shot while there are enough to be had, the
 * longest shots first, and the others where a shot is longest for the frames that it has. Blank
 * frames come last.
 */
final class ShotPlan {

  private ShotPlan() {}

  /** A shot that frames are taken from. */
  private static final class Shot {
    private final List<Thumbnail> frames;
    private int taken;

    Shot(List<Thumbnail> frames) {
      this.frames = frames;
    }

    /** How much of the shot each frame would stand for, were there one more. */
    double need() {
      return taken < frames.size() ? (double) frames.size() / (taken + 1) : 0;
    }

    List<Thumbnail> chosen() {
      List<Thumbnail> chosen = new ArrayList<>();
      for (int i = 0; i < taken; i++) {
        chosen.add(frames.get((2 * i + 1) * frames.size() / (2 * taken)));
      }
      return chosen;
    }
  }

  /**
   * Chooses frames.
   *
   * @param candidates in order of time, evenly spread
   * @param wanted how many to choose, at least 1
   * @return at most as many as wanted, in order of time
   */
  static List<Thumbnail> choose(List<Thumbnail> candidates, int wanted) {
    List<Thumbnail> telling = candidates.stream().filter(frame -> !frame.blank()).toList();
    List<Shot> shots = shots(telling.isEmpty() ? candidates : telling);
    List<Shot> longestFirst = new ArrayList<>(shots);
    longestFirst.sort(Comparator.comparingInt(shot -> -shot.frames.size()));
    int left = wanted;
    for (Shot shot : longestFirst) {
      if (left > 0) {
        shot.taken = 1;
        left--;
      }
    }
    for (; left > 0; left--) {
      Shot neediest =
          longestFirst.stream().max(Comparator.comparingDouble(Shot::need)).orElseThrow();
      if (neediest.need() == 0) {
        break;
      }
      neediest.taken++;
    }
    return shots.stream().flatMap(shot -> shot.chosen().stream()).toList();
  }

  private static List<Shot> shots(List<Thumbnail> frames) {
    List<List<Thumbnail>> parts = new ArrayList<>();
    for (int i = 0; i < frames.size(); i++) {
      if (i == 0 || frames.get(i).cutFrom(frames.get(i - 1))) {
        parts.add(new ArrayList<>());
      }
      parts.get(parts.size() - 1).add(frames.get(i));
    }
    return parts.stream().map(Shot::new).toList();
  }
}
