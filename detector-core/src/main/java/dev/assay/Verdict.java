package dev.assay;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

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
 * @param contributions how {@code logLikelihoodRatio} comes about: these add up to it
 * @param stability what changed copies of the picture gave; empty where none were looked at
 * @param measured how often the models behind it err; empty where no content was judged, or by
 *     models that were not measured together
 * @param parts of a video whose sound was judged too: what pictures and sound say each by itself;
 *     the verdict is that of the part which decides. Empty of anything else
 */
public record Verdict(
    Label label,
    double probability,
    double logLikelihoodRatio,
    double prior,
    Set<Basis> basis,
    List<Reason> reasons,
    List<Contribution> contributions,
    List<Copy> stability,
    Optional<Measured> measured,
    List<Part> parts) {

  /** The answers. */
  public enum Label {
    /** A generative model made it. */
    SYNTHETIC("synthetic"),
    /**
     * No sign of generation was found. This is no proof that a camera took it: it may show
     * something staged, drawn or put together by hand.
     */
    NOT_SYNTHETIC("not-synthetic"),
    /**
     * A part was changed: something put in, copied within, painted over or made anew. The rest
     * shows too little sign of generation to call all of it synthetic.
     */
    ALTERED("altered"),
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
   * @param sentence for a reader
   */
  public record Reason(int evidence, Sentence sentence) {

    /** The sentence in English. */
    public String text() {
      return sentence.text();
    }
  }

  /**
   * What one line of evidence moved the verdict by, as weighed with the others.
   *
   * @param evidence index into the report's evidence, or -1 for what calibration adds or holds back
   *     in reports of schema 1
   * @param logLikelihoodRatio natural logarithm, positive towards synthetic
   */
  public record Contribution(int evidence, double logLikelihoodRatio) {}

  /**
   * What a changed copy of the picture gave.
   *
   * @param change what was done to it, {@code jpeg-75} for example
   * @param probability as of the whole verdict
   */
  public record Copy(String change, double probability) {}

  /** What a video is made of. */
  public enum Medium {
    /** Its moving pictures. */
    PICTURE("picture"),
    /** Somebody speaking in it. */
    SPEECH("speech"),
    /** Music and singing in it. */
    MUSIC("music");

    private final String code;

    Medium(String code) {
      this.code = code;
    }

    /** As reports spell it. */
    public String code() {
      return code;
    }
  }

  /**
   * What one medium of a video says by itself.
   *
   * @param medium which
   * @param label the answer on it
   * @param probability calibrated probability that it is synthetic, 0 to 1, at the verdict's prior
   * @param logLikelihoodRatio what the evidence on it says together, natural logarithm
   */
  public record Part(Medium medium, Label label, double probability, double logLikelihoodRatio) {}

  /** What the models had not seen of the media that error rates were measured on. */
  public enum Unseen {
    /** The pages that it comes from; other media by the same generators was learned from. */
    SOURCES("sources"),
    /** Whole families of generators, and the sources of real media. */
    GENERATORS("generators");

    private final String code;

    Unseen(String code) {
      this.code = code;
    }

    /** As reports spell it. */
    public String code() {
      return code;
    }
  }

  /**
   * How often the models behind a verdict err.
   *
   * @param unseen what the models had not seen of the media that this was measured on
   * @param falsePositives share of real media called synthetic, sources alike, 0 to 1
   * @param recall share of synthetic media called synthetic, generators alike, 0 to 1
   * @param missed share of synthetic media called not synthetic, generators alike, 0 to 1; empty
   *     where not measured
   */
  public record Measured(
      Unseen unseen, double falsePositives, double recall, OptionalDouble missed) {}

  /**
   * How often the answer is wrong.
   *
   * @param wrongly what gets this answer although it should not: {@code SYNTHETIC} media called not
   *     synthetic, {@code NOT_SYNTHETIC} media called synthetic
   * @param share of such media, 0 to 1
   * @param unseen what the models had not seen of the media that this was measured on
   */
  public record ErrorRate(Label wrongly, double share, Unseen unseen) {}

  /**
   * The error rate that belongs to this answer.
   *
   * @return empty where the answer is inconclusive, or {@code ALTERED}, whose reasons say it, rests
   *     on more than what models see, or by models that were not measured
   */
  public Optional<ErrorRate> errorRate() {
    if (label == Label.ALTERED || !basis.equals(Set.of(Basis.DETECTED))) {
      return Optional.empty();
    }
    if (label == Label.SYNTHETIC) {
      return measured.map(
          rates -> new ErrorRate(Label.NOT_SYNTHETIC, rates.falsePositives(), rates.unseen()));
    }
    return measured
        .filter(rates -> rates.missed().isPresent())
        .map(rates -> new ErrorRate(Label.SYNTHETIC, rates.missed().getAsDouble(), rates.unseen()));
  }

  public Verdict {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException("probability must lie in 0..1: " + probability);
    }
    if (!(prior > 0 && prior < 1)) {
      throw new IllegalArgumentException("prior must lie strictly between 0 and 1: " + prior);
    }
    basis = Set.copyOf(basis);
    reasons = List.copyOf(reasons);
    contributions = List.copyOf(contributions);
    stability = List.copyOf(stability);
    parts = List.copyOf(parts);
  }

  /** The same with what the media of a video say each by itself. */
  public Verdict withParts(List<Part> media) {
    return new Verdict(
        label,
        probability,
        logLikelihoodRatio,
        prior,
        basis,
        reasons,
        contributions,
        stability,
        measured,
        media);
  }

  /** Which pieces of a report's evidence entered, by their places in its list. */
  public Set<Integer> counted() {
    return reasons.stream()
        .map(Reason::evidence)
        .filter(place -> place >= 0)
        .collect(Collectors.toUnmodifiableSet());
  }
}
