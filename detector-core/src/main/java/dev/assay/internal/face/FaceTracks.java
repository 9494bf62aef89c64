package dev.assay.internal.face;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Tells which face is which over the sampled frames of a video: by place where frames are near to
 * one another in time, by appearance across gaps and cuts.
 */
public final class FaceTracks {

  /** Likeness from which two faces at one place are one person. */
  private static final double LIKE_IN_PLACE = 0.75;

  /** Likeness from which two faces anywhere are one person. */
  private static final double LIKE_ANYWHERE = 0.92;

  /** Intersection over union from which two boxes are at one place. */
  private static final double IN_PLACE = 0.3;

  /** Place says nothing across a gap of more seconds. */
  private static final double GAP_SECONDS = 5;

  private final List<List<Sighting>> tracks = new ArrayList<>();

  /** A face that may go on with a track. */
  private record Link(int track, int sighting, double likeness) {}

  /**
   * Adds the faces of the next frame.
   *
   * @param sightings of one frame, later than all before
   * @return the number of each sighting's track, from 0
   */
  public List<Integer> add(List<Sighting> sightings) {
    List<Link> links = new ArrayList<>();
    for (int t = 0; t < tracks.size(); t++) {
      for (int s = 0; s < sightings.size(); s++) {
        double likeness = likeness(tracks.get(t), sightings.get(s));
        if (likeness > 0) {
          links.add(new Link(t, s, likeness));
        }
      }
    }
    links.sort(Comparator.comparingDouble(link -> -link.likeness()));
    int[] numbers = new int[sightings.size()];
    boolean[] taken = new boolean[tracks.size()];
    for (Link link : links) {
      if (numbers[link.sighting()] == 0 && !taken[link.track()]) {
        numbers[link.sighting()] = link.track() + 1;
        taken[link.track()] = true;
      }
    }
    List<Integer> result = new ArrayList<>();
    for (int s = 0; s < sightings.size(); s++) {
      if (numbers[s] == 0) {
        tracks.add(new ArrayList<>());
        numbers[s] = tracks.size();
      }
      tracks.get(numbers[s] - 1).add(sightings.get(s));
      result.add(numbers[s] - 1);
    }
    return result;
  }

  /** How alike a face is to a track; 0 where it cannot be one with it. */
  private static double likeness(List<Sighting> track, Sighting sighting) {
    Sighting last = track.get(track.size() - 1);
    double likeness = last.likeness(sighting);
    boolean inPlace =
        sighting.timeSeconds() - last.timeSeconds() <= GAP_SECONDS
            && last.face().overlap(sighting.face()) >= IN_PLACE;
    if (inPlace) {
      return likeness >= LIKE_IN_PLACE ? likeness + 1 : 0;
    }
    return likeness >= LIKE_ANYWHERE ? likeness : 0;
  }
}
