package dev.assay;

import java.util.List;
import java.util.Set;

/**
 * What the evidence adds up to.
 *
 * @param label the answer
 * @param probability calibrated probability that the media is synthetic, 0 to 1, at the stated
 *     prior
 * @param logLikelihoodRatio what all evidence says together, natural logarithm; 0 where nothing was
 *     counted
 * @param prior probability that the media is synthetic before any evidence, strictly between 0 and
 *     1
 * @param basis what kinds of evidence speak for the label; empty when inconclusive
 * @param reasons why, most telling first
 */
public record Verdict(
    Label label,
    double probability,
    double logLikelihoodRatio,
    double prior,
    Set<Basis> basis,
    List<Reason> reasons) {

  /** The answers. */
  public enum Label {
    /** A generative model made it. */
    SYNTHETIC("synthetic"),
    /** No generative model made it, as far as the evidence goes. */
    AUTHENTIC("authentic"),
    /** The evidence does not carry a claim: a real answer, not a failure. */
    INCONCLUSIVE("inconclusive");

    private final String code;

    Label(String code) {
      this.code = code;
    }

    /** As reports spell it. */
    public String code() {
      return code;
    }
  }

  /** What a label rests on. */
  public enum Basis {
    /** The file says so. */
    DECLARED("declared"),
    /** The file says so under a valid signature. */
    SIGNED("signed"),
    /** The content says so: pixels or audio. */
    DETECTED("detected");

    private final String code;

    Basis(String code) {
      this.code = code;
    }

    /** As reports spell it. */
    public String code() {
      return code;
    }
  }

  /**
   * One sentence of the reasoning.
   *
   * @param evidence index into the report's evidence, or -1 where the sentence is about the whole
   * @param text the sentence
   */
  public record Reason(int evidence, String text) {}

  public Verdict {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException("probability must lie in 0..1: " + probability);
    }
    if (!(prior > 0 && prior < 1)) {
      throw new IllegalArgumentException("prior must lie strictly between 0 and 1: " + prior);
    }
    basis = Set.copyOf(basis);
    reasons = List.copyOf(reasons);
  }
}
