package dev.assay.internal.engine;

import dev.assay.MediaException;
import dev.assay.MediaKind;
import dev.assay.Report.Warning;
import dev.assay.Sentence;
import dev.assay.Verdict;
import dev.assay.Verdict.Label;
import dev.assay.WarningCode;
import dev.assay.spi.Media;
import dev.assay.spi.Picture;
import java.util.ArrayList;
import java.util.List;

/**
 * What a reader must bear in mind who is told that no sign of generation was found: kinds of media
 * on which the models have little to go by.
 */
final class Cautions {

  /** Shorter sides below this are small, in pixels: the models were measured worst there. */
  private static final int SMALL_SIDE = 300;

  /**
   * Share of neighbouring pixels that are equal, from which a picture is plain. Of 1,138 real
   * pictures of 14 kinds, 70 % of scanned pages and 30 % of illustrations have as much, of
   * photographs 0 to 5 %, but of stock photographs, on white, 19 %.
   */
  private static final double PLAIN = 0.6;

  private static final int ROWS = 64;

  private Cautions() {}

  /** The cautions on a verdict; none unless it is that no sign of generation was found. */
  static List<Warning> of(Verdict verdict, Media media) throws MediaException {
    if (verdict.label() != Label.NOT_SYNTHETIC || media.kind() == MediaKind.AUDIO) {
      return List.of();
    }
    List<Warning> cautions = new ArrayList<>();
    if (media.kind() == MediaKind.VIDEO) {
      cautions.add(
          new Warning(
              WarningCode.FACES_NOT_JUDGED,
              "A face swapped into a real video, or lips moved in it, would hardly be noticed: of"
                  + " the people whom it shows, this answer says nothing."));
    }
    Picture picture = media.frames().get(0).picture();
    if (Math.min(picture.width(), picture.height()) < SMALL_SIDE) {
      cautions.add(
          new Warning(
              WarningCode.SMALL_PICTURE,
              Sentence.of(
                  "It is small ({0} x {1} pixels): on small pictures signs of generation are missed"
                      + " most often. Look for a larger copy.",
                  picture.width(), picture.height())));
    }
    if (plain(picture) >= PLAIN) {
      cautions.add(
          new Warning(
              WarningCode.PLAIN_PICTURE,
              "Most of it is plain colour, as in screenshots, drawings and pages of text: there is"
                  + " little to judge by, and what a screenshot shows may itself be forged."));
    }
    return cautions;
  }

  /** Share of pixels equal to their right neighbour, in rows spread over the picture. */
  private static double plain(Picture picture) {
    int width = picture.width();
    int rows = Math.min(ROWS, picture.height());
    long equal = 0;
    for (int i = 0; i < rows; i++) {
      int y = (int) ((2L * i + 1) * picture.height() / (2L * rows));
      byte[] row = picture.rgb(0, y, width, 1);
      for (int x = 3; x < row.length; x += 3) {
        if (row[x] == row[x - 3] && row[x + 1] == row[x - 2] && row[x + 2] == row[x - 1]) {
          equal++;
        }
      }
    }
    return equal / (double) Math.max(1, (long) rows * (width - 1));
  }
}
