package dev.assay.internal.face;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.assay.internal.face.Face.Marks;
import dev.assay.internal.face.Face.Point;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaceTracksTest {

  private static final List<Float> ANNA = List.of(1f, 0f, 0.1f);
  private static final List<Float> ANNA_TURNED = List.of(0.8f, 0.5f, 0.1f);
  private static final List<Float> BEN = List.of(0f, 1f, 0.1f);

  private final FaceTracks tracks = new FaceTracks();

  @Test
  void followsTwoPeopleWhoStayInTheirPlaces() {
    assertEquals(List.of(0, 1), add(at(0, 10, ANNA), at(0, 300, BEN)));
    assertEquals(List.of(1, 0), add(at(1, 310, BEN), at(1, 14, ANNA_TURNED)));
  }

  @Test
  void followsWhoMovesByAppearance() {
    assertEquals(List.of(0), add(at(0, 10, ANNA)));
    assertEquals(List.of(0), add(at(1, 500, ANNA)));
  }

  @Test
  void startsAnewWhereACutPutsAnotherPersonInTheSamePlace() {
    assertEquals(List.of(0), add(at(0, 10, ANNA)));
    assertEquals(List.of(1), add(at(1, 10, BEN)));
    assertEquals(List.of(0), add(at(2, 10, ANNA)), "and knows the first again");
  }

  @Test
  void trustsNoPlaceAcrossALongGap() {
    assertEquals(List.of(0), add(at(0, 10, ANNA)));
    assertEquals(List.of(1), add(at(60, 10, ANNA_TURNED)));
  }

  @Test
  void givesTwoFacesOfOneFrameToTwoPeople() {
    assertEquals(List.of(0, 1), add(at(0, 10, ANNA), at(0, 300, ANNA)));
  }

  private List<Integer> add(Sighting... sightings) {
    return tracks.add(List.of(sightings));
  }

  private static Sighting at(double seconds, double x, List<Float> appearance) {
    Marks marks =
        new Marks(
            new Point(x + 30, 40),
            new Point(x + 70, 40),
            new Point(x + 35, 80),
            new Point(x + 65, 80));
    return new Sighting(seconds, new Face(x, 0, x + 100, 120, 0.9, marks), appearance);
  }
}
