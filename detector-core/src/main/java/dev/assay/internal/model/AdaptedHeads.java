package dev.assay.internal.model;

import dev.assay.Evidence;
import dev.assay.MediaKind;
import dev.assay.Sentence;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The heads that a user fitted to one kind of media, and what they add to the shipped models. */
final class AdaptedHeads {

  private final List<AdaptedHead> heads;

  private AdaptedHeads(List<AdaptedHead> heads) {
    this.heads = heads;
  }

  /** Those of a profile that judge the whole of this kind of media. */
  static AdaptedHeads of(List<AdaptedHead> all, MediaKind kind) {
    return new AdaptedHeads(all.stream().filter(head -> head.kind() == kind).toList());
  }

  boolean isEmpty() {
    return heads.isEmpty();
  }

  /**
   * What each adds, one after the other.
   *
   * @param examiner who says it
   * @param code of the evidence
   * @param means of the features, by kind of view
   * @param shipped log-likelihood ratio of the shipped models
   * @return nothing of heads that add nothing
   */
  List<Evidence> evidence(
      String examiner, String code, Map<String, FloatBuffer> means, double shipped) {
    double whole = shipped;
    List<Evidence> evidence = new ArrayList<>();
    for (AdaptedHead head : heads) {
      double own = head.ratio(means).orElse(Double.NEGATIVE_INFINITY);
      double added = head.added(whole, own);
      if (added > 0) {
        evidence.add(evidence(examiner, code, head, own, added));
        whole += added;
      }
    }
    return evidence;
  }

  private static Evidence evidence(
      String examiner, String code, AdaptedHead head, double own, double added) {
    return Evidence.of(
            examiner,
            Evidence.Kind.CLASSIFIER,
            code,
            Sentence.of(
                sentence(head, own), head.system(), ScoreSentences.factor(added), head.id()))
        .from(Evidence.Source.model(head.id()))
        .logLikelihoodRatio(added)
        .details(
            Map.of(
                "model",
                head.id(),
                "modelVersion",
                head.version(),
                "score",
                own,
                "system",
                head.system()))
        .build();
  }

  private static String sentence(AdaptedHead head, double own) {
    if (own <= 0) {
      return "It cannot be ruled out that {0} made it, which makes it {1} times more likely to be synthetic ({2}).";
    }
    return head.kind() == MediaKind.AUDIO
        ? "The voice sounds like what {0} makes, which makes it {1} times more likely to be synthetic ({2})."
        : "It looks like what {0} makes, which makes it {1} times more likely to be synthetic ({2}).";
  }
}
