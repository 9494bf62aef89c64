package dev.assay.internal.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShotPlanTest {

  @Test
  void takesAtLeastOneFrameOfEachShot() {
    List<Thumbnail> film = film(20, 1, 20, 1, 6);
    List<Integer> shots = shots(film, ShotPlan.choose(film, 5));
    assertEquals(List.of(0, 1, 2, 3, 4), shots);
  }

  @Test
  void givesTheOthersToTheLongestShots() {
    List<Thumbnail> film = film(20, 2, 10);
    List<Integer> shots = shots(film, ShotPlan.choose(film, 7));
    assertEquals(List.of(0, 0, 0, 0, 1, 2, 2), shots);
  }

  @Test
  void leavesOutTheShortestShotsWhereThereAreTooMany() {
    List<Thumbnail> film = film(5, 1, 4, 2, 3);
    assertEquals(List.of(0, 2, 4), shots(film, ShotPlan.choose(film, 3)));
  }

  @Test
  void takesNoFrameTwiceAndKeepsTheOrderOfTime() {
    List<Thumbnail> film = film(2, 3);
    List<Thumbnail> chosen = ShotPlan.choose(film, 40);
    assertEquals(film, chosen);
  }

  @Test
  void passesOverBlankFramesUnlessThereAreNoOthers() {
    List<Thumbnail> blank = List.of(plain(0), plain(1), plain(2));
    assertEquals(2, ShotPlan.choose(blank, 2).size());
    List<Thumbnail> film = new ArrayList<>(blank);
    film.addAll(List.of(striped(10, 1), striped(11, 1), striped(12, 1)));
    assertTrue(ShotPlan.choose(film, 6).stream().allMatch(frame -> frame.time() >= 10));
  }

  @Test
  void seesNoCutInSlowChange() {
    assertFalse(new Thumbnail(1, stripes(1, 10)).cutFrom(striped(0, 1)));
    assertTrue(striped(1, 2).cutFrom(striped(0, 1)));
  }

  /** Shots of these lengths, in frames; the frames of each have stripes of one width. */
  private static List<Thumbnail> film(int... lengths) {
    List<Thumbnail> frames = new ArrayList<>();
    for (int shot = 0; shot < lengths.length; shot++) {
      for (int i = 0; i < lengths[shot]; i++) {
        frames.add(striped(frames.size(), 1 + shot));
      }
    }
    return frames;
  }

  private static Thumbnail striped(long time, int width) {
    return new Thumbnail(time, stripes(width, 0));
  }

  private static byte[] stripes(int width, int brightness) {
    byte[] grey = new byte[Thumbnail.WIDTH * Thumbnail.HEIGHT];
    for (int p = 0; p < grey.length; p++) {
      grey[p] = (byte) (p / width % 2 * 120 + brightness);
    }
    return grey;
  }

  private static Thumbnail plain(long time) {
    return new Thumbnail(time, new byte[Thumbnail.WIDTH * Thumbnail.HEIGHT]);
  }

  /** The shot that each chosen frame is of. */
  private static List<Integer> shots(List<Thumbnail> film, List<Thumbnail> chosen) {
    List<Integer> shots = new ArrayList<>();
    int shot = 0;
    for (int i = 0; i < film.size(); i++) {
      if (i > 0 && film.get(i).cutFrom(film.get(i - 1))) {
        shot++;
      }
      if (chosen.contains(film.get(i))) {
        shots.add(shot);
      }
    }
    return shots;
  }
}
