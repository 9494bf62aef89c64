package dev.assay.forensics;

import dev.assay.Evidence;
import dev.assay.MediaException;
import dev.assay.MediaKind;
import dev.assay.Region;
import dev.assay.Sentence;
import dev.assay.spi.Examiner;
import dev.assay.spi.ExaminerInfo;
import dev.assay.spi.ExaminerInfo.Need;
import dev.assay.spi.Media;
import dev.assay.spi.Picture;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Says what the forensic maps of a still picture see, and where: a part that stands in it twice,
 * and a part with another JPEG history. Observations without weight, since each has harmless
 * causes, and only above thresholds that at most 1 % of untouched camera photographs and 5 % of
 * other real pictures exceed.
 */
public final class MapsExaminer implements Examiner {

  private static final String ID = "forensics";

  private static final String COPIED = "forensics.copied-part";
  private static final String HISTORY = "forensics.jpeg-history";

  /** Equal blocks from which a copied part is told of; see decision 12. */
  static final int COPIED_BLOCKS = 250;

  /** Shifts up to which it is: patterns and lettering repeat at many. */
  static final int COPIED_SHIFTS = 3;

  /** Score from which another JPEG history is told of; see decision 12. */
  static final double HISTORY_SCORE = 10;

  /** Pictures with a shorter side below this are too small to have parts, in pixels. */
  private static final int LEAST_SIDE = 200;

  /** What it is. */
  public static final ExaminerInfo INFO =
      new ExaminerInfo(
          ID, "parts that differ from the rest of a picture", Set.of(Need.FRAMES), codes());

  @Override
  public ExaminerInfo info() {
    return INFO;
  }

  private static SortedMap<String, String> codes() {
    SortedMap<String, String> codes = new TreeMap<>();
    codes.put(COPIED, "Two parts of the picture are equal; not weighed.");
    codes.put(
        HISTORY, "A part of the picture was saved as JPEG otherwise than the rest; not weighed.");
    return Collections.unmodifiableSortedMap(codes);
  }

  @Override
  public List<Evidence> examine(Media media) throws MediaException {
    if (media.kind() != MediaKind.IMAGE || media.frames().size() > 1) {
      return List.of();
    }
    Picture picture = media.frames().get(0).picture();
    if (Math.min(picture.width(), picture.height()) < LEAST_SIDE) {
      return List.of();
    }
    List<Evidence> evidence = new ArrayList<>();
    copied(picture).ifPresent(evidence::add);
    history(picture).ifPresent(evidence::add);
    return evidence;
  }

  private static Optional<Evidence> copied(Picture picture) {
    return CopyMove.largest(picture)
        .filter(copy -> copy.blocks() >= COPIED_BLOCKS && copy.shifts() <= COPIED_SHIFTS)
        .map(
            copy -> {
              Region one = region(copy.x(), copy.y(), copy.width(), copy.height());
              Region other =
                  region(
                      Math.max(0, copy.x() + copy.shiftX()),
                      Math.max(0, copy.y() + copy.shiftY()),
                      copy.width(),
                      copy.height());
              Map<String, Object> details = new LinkedHashMap<>();
              details.put("map", ForensicMaps.COPY_MOVE.code());
              details.put("blocks", copy.blocks());
              details.put("shifts", copy.shifts());
              return Evidence.of(
                      ID,
                      Evidence.Kind.FORENSICS,
                      COPIED,
                      Sentence.of(
                          "Two parts of the picture are equal, at {0} and at {1}: look at the map of"
                              + " copied parts. Patterns, reflections and lettering can do that"
                              + " too.",
                          place(one), place(other)))
                  .details(details)
                  .regions(List.of(one, other))
                  .build();
            });
  }

  private static Optional<Evidence> history(Picture picture) {
    return JpegGhost.part(picture)
        .filter(part -> part.score() >= HISTORY_SCORE)
        .map(
            part -> {
              Region region = region(part.x(), part.y(), part.width(), part.height());
              Map<String, Object> details = new LinkedHashMap<>();
              details.put("map", ForensicMaps.GHOST.code());
              details.put("distinctness", part.score());
              return Evidence.of(
                      ID,
                      Evidence.Kind.FORENSICS,
                      HISTORY,
                      Sentence.of(
                          "The part at {0} was saved as JPEG differently from the rest: look at the map "
                              + "of JPEG ghosts. A caption, a logo or another print in the picture can do that "
                              + "too.",
                          place(region)))
                  .details(details)
                  .regions(List.of(region))
                  .build();
            });
  }

  private static Region region(int x, int y, int width, int height) {
    return new Region(x, y, width, height, 0);
  }

  private static Sentence place(Region region) {
    return Sentence.of(
        "{0}, {1} ({2} x {3} pixels)", region.x(), region.y(), region.width(), region.height());
  }
}
