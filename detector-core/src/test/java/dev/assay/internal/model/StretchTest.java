package dev.assay.internal.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.assay.TimelinePoint;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StretchTest {

  @Test
  void findsThePartThatDiffers() {
    TimeRange stretch = strongest(-1, -1, -1, -1, 2, 2.5, 1.5, -1, -1, -1).orElseThrow();
    assertEquals(40, stretch.fromSeconds());
    assertEquals(60, stretch.toSeconds());
    assertEquals(2, stretch.logLikelihoodRatio(), 1e-9);
    assertEquals(
        "The part 0:40 to 1:00 looks like generated videos, 7.4 times more than like real ones.",
        stretch.sentence(ScoreSentences.What.VIDEOS).text());
  }

  @Test
  void makesNothingOfOneBadFrame() {
    assertEquals(Optional.empty(), strongest(-1, -1, -1, 2.5, -1, -1, -1, -1));
  }

  @Test
  void hasNothingToAddWhereAllFramesSayTheSame() {
    assertEquals(Optional.empty(), strongest(2, 2, 2.5, 2, 2));
    assertEquals(Optional.empty(), strongest(2, 2));
  }

  @Test
  void doesNotCallTheLeastRealPartOfARealVideoSynthetic() {
    assertEquals(Optional.empty(), strongest(-3, -3, -3, -0.5, -0.5, -0.5, -3));
  }

  private static Optional<TimeRange> strongest(double... ratios) {
    List<TimelinePoint> timeline =
        IntStream.range(0, ratios.length)
            .mapToObj(i -> new TimelinePoint(10.0 * i, ratios[i]))
            .toList();
    return TimeRange.strongest(timeline);
  }
}
