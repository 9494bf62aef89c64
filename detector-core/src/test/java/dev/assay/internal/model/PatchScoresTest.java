package dev.assay.internal.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.assay.Region;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The place of a changed part, from what a network says of patches. */
class PatchScoresTest {

  /** A grid over a picture of 10 px a patch; digits are scores, dots are -5. */
  private static PatchScores grid(String... rows) {
    List<Float> scores = new ArrayList<>();
    for (String row : rows) {
      row.chars().forEach(c -> scores.add(c == '.' ? -5f : c - '0'));
    }
    int columns = rows[0].length();
    return new PatchScores(
        new Rectangle(100, 200, 10 * columns, 10 * rows.length), columns, rows.length, scores);
  }

  @Test
  void joinsRunsOfPatchesThatLieAboveOneAnother() {
    assertEquals(
        List.of(new Region(110, 200, 20, 20, 4), new Region(110, 220, 10, 10, 6)),
        grid(".44.", ".44.", ".6..").from(2));
  }

  @Test
  void leavesSmallGroupsBesideALargeOneOut() {
    assertEquals(List.of(new Region(100, 200, 20, 20, 3)), grid("33..9", "33...", ".....").from(2));
  }

  @Test
  void keepsGroupsOfLikeSize() {
    assertEquals(2, grid("33.33", "33.3.", ".....").from(3).size() - 1);
  }

  @Test
  void touchingCornersDoNotHangTogether() {
    assertEquals(List.of(new Region(100, 200, 30, 10, 3)), grid("333.", "...3").from(3));
  }

  @Test
  void namesTheStrongestPatchWhereNoneIsStrong() {
    assertEquals(List.of(new Region(120, 210, 10, 10, 1)), grid("....", "..1.").from(2));
  }

  @Test
  void twoLooksAreMixedWhereBothShowThePlace() {
    PatchScores close = grid("2222", "2222");
    PatchScores left = new PatchScores(new Rectangle(100, 200, 20, 20), 1, 1, List.of(6f));
    PatchScores all = new PatchScores(new Rectangle(100, 200, 40, 20), 2, 1, List.of(0f, 4f));
    assertEquals(
        List.of(2.5f, 2.5f, 3f, 3f), close.with(List.of(left, all)).scores().subList(0, 4));
    assertEquals(close, close.with(List.of()));
  }

  @Test
  void coversThePictureWithoutOverlapWhereItsSizeIsNoMultiple() {
    PatchScores odd =
        new PatchScores(new Rectangle(0, 0, 11, 7), 3, 2, List.of(1f, 1f, 1f, 1f, 1f, 1f));
    List<Region> all = odd.all();
    assertEquals(6, all.size());
    assertEquals(77, all.stream().mapToInt(r -> r.width() * r.height()).sum());
  }
}
