package dev.assay.internal.engine;

import dev.assay.ChangedCopies;
import dev.assay.Evidence;
import dev.assay.MediaException;
import dev.assay.MediaKind;
import dev.assay.Verdict;
import dev.assay.Verdict.Label;
import dev.assay.internal.fusion.Fusion;
import dev.assay.internal.media.ChangedCopy;
import dev.assay.internal.media.ChangedMedia;
import dev.assay.internal.media.OpenedMedia;
import dev.assay.spi.Media;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Judges changed copies of a still picture beside the picture: an answer that does not survive a
 * new encoding is none.
 *
 * @param content id of the examiner whose answers are held against those on the copies
 * @param look how it looks at a copy
 * @param copies what is made of them
 * @param prior probability that a file is synthetic before anything is seen of it
 */
public record Stability(
    String content, Look look, ChangedCopies copies, Fusion fusion, double prior) {

  /** Looks at the content of a copy. */
  public interface Look {

    /**
     * What is seen of it.
     *
     * @param parts whether changed parts are looked for too: where the picture itself has none, a
     *     copy is asked for the answer on the whole
     */
    List<Evidence> at(Media copy, boolean parts) throws IOException, MediaException;
  }

  /** Whether copies of this media are worth judging. */
  boolean asked(OpenedMedia media, List<Evidence> evidence, Verdict verdict) {
    return media.kind() == MediaKind.IMAGE
        && evidence.stream().anyMatch(this::weighed)
        && switch (copies) {
          case NONE -> false;
          case SHOWN -> fusion.withinReach(media.kind(), evidence, verdict);
          case DECISIVE -> true;
        };
  }

  /**
   * The verdict with what the copies say.
   *
   * @param evidence all that was seen of the picture
   * @throws MediaException if the time does not suffice
   */
  Verdict beside(OpenedMedia media, List<Evidence> evidence, Verdict verdict)
      throws IOException, MediaException {
    return fusion.withCopies(
        verdict,
        verdicts(media, evidence, verdict.label() == Label.ALTERED),
        copies == ChangedCopies.DECISIVE);
  }

  private Map<String, Verdict> verdicts(OpenedMedia media, List<Evidence> evidence, boolean parts)
      throws IOException, MediaException {
    Map<String, Verdict> verdicts = new LinkedHashMap<>();
    if (media.frames().size() > 1) {
      return verdicts;
    }
    List<Evidence> others =
        evidence.stream().filter(piece -> !piece.examiner().equals(content)).toList();
    for (ChangedCopy change : ChangedCopy.all()) {
      media.budget().checkTime();
      try (ChangedCopy.Owned copy = change.of(media.frames().get(0).picture())) {
        List<Evidence> ofCopy = look.at(new ChangedMedia(media, copy), parts);
        // A copy that became too small to judge says nothing about the answer.
        if (ofCopy.stream().anyMatch(this::weighed)) {
          List<Evidence> all = new ArrayList<>(others);
          all.addAll(ofCopy);
          verdicts.put(change.code(), fusion.judge(media.kind(), all, prior));
        }
      }
    }
    return verdicts;
  }

  private boolean weighed(Evidence piece) {
    return piece.examiner().equals(content) && piece.logLikelihoodRatio().isPresent();
  }
}
