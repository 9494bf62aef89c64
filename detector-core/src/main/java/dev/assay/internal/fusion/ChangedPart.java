package dev.assay.internal.fusion;

import dev.assay.Evidence;
import dev.assay.Evidence.Effect;
import dev.assay.Sentence;
import dev.assay.Verdict;
import dev.assay.Verdict.Basis;
import dev.assay.Verdict.Label;
import dev.assay.Verdict.Reason;
import dev.assay.internal.fusion.FusionParameters.Edits;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The answer that a part was changed, in place of one on the whole. The log-likelihood ratio of a
 * changed part is of another question than whether all of it is synthetic, and never enters that.
 */
final class ChangedPart {

  private static final String WRONGLY =
      "Of photographs of which no part was changed, {0} of 1,000 get this answer.";
  private static final String DECLARED =
      "The file itself says that a part of it was changed: declaration and content agree.";

  private ChangedPart() {}

  /** Whether a piece of evidence is on changed parts. */
  static boolean isOf(Evidence piece) {
    return piece.code().equals(Evidence.LOCAL_EDIT);
  }

  /** Whether a file says of itself that a part was changed. */
  static boolean isDeclaredBy(Evidence piece) {
    return piece.effect().filter(Effect.EDITED::equals).isPresent();
  }

  /**
   * The place of the evidence that carries the answer.
   *
   * @return its place in the list, or -1
   */
  static int place(Edits edits, List<Evidence> evidence) {
    for (int i = 0; i < evidence.size(); i++) {
      Evidence piece = evidence.get(i);
      if (isOf(piece) && piece.logLikelihoodRatio().orElse(0) >= edits.threshold()) {
        return i;
      }
    }
    return -1;
  }

  /**
   * The verdict with that answer.
   *
   * @param place of the evidence that carries it
   * @param verdict on the whole
   */
  static Verdict answered(Edits edits, int place, List<Evidence> evidence, Verdict verdict) {
    boolean declared = evidence.stream().anyMatch(ChangedPart::isDeclaredBy);
    List<Reason> reasons = new ArrayList<>();
    reasons.add(new Reason(place, evidence.get(place).sentence()));
    reasons.add(new Reason(-1, Sentence.of(WRONGLY, Math.round(1000 * edits.falsePositives()))));
    Set<Basis> basis = EnumSet.of(Basis.DETECTED);
    if (declared) {
      reasons.add(new Reason(-1, Sentence.of(DECLARED)));
      basis.add(Basis.DECLARED);
    }
    verdict.reasons().stream().filter(reason -> reason.evidence() >= 0).forEach(reasons::add);
    return new Verdict(
        Label.ALTERED,
        verdict.probability(),
        verdict.logLikelihoodRatio(),
        verdict.prior(),
        basis,
        reasons,
        verdict.contributions(),
        verdict.stability(),
        verdict.measured(),
        verdict.parts());
  }
}
