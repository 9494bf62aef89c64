package dev.assay.fusion;

import dev.assay.Evidence;
import dev.assay.Evidence.Kind;
import dev.assay.MediaKind;
import dev.assay.Verdict;
import dev.assay.Verdict.Basis;
import dev.assay.Verdict.Contribution;
import dev.assay.Verdict.Copy;
import dev.assay.Verdict.Label;
import dev.assay.Verdict.Reason;
import dev.assay.fusion.FusionParameters.Band;
import dev.assay.fusion.FusionParameters.Faces;
import dev.assay.fusion.FusionParameters.OfKind;
import dev.assay.fusion.FusionParameters.Sum;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Adds evidence up in log-odds.
 *
 * <p>The classifiers' log-likelihood ratios enter as a weighted sum, fitted on sources left out of
 * training for the set of models that have a say. What models say of faces is mixed in ({@link
 * FusionParameters.Faces}). Declarations are no independent witnesses, since one program writes
 * them all: only the strongest counts. Anything else that states a likelihood ratio is added as it
 * is. Immutable and thread-safe.
 */
public final class Fusion {

  private static final double EVEN = 0.5;
  private static final double NOTHING = 1e-9;

  /** Code of evidence on one person's face. */
  private static final String FACE = "classifier.face";

  private static final String TOO_WEAK =
      "The evidence is too weak for a verdict: the probability lies between the thresholds.";
  private static final String UNSTABLE =
      "The answer does not survive small changes of the picture: its copies lie on both sides of a threshold.";
  private static final String CONTRADICTION =
      "What the file declares and what its content looks like disagree: by itself the content would pass for authentic.";

  private final FusionParameters parameters;

  /** Fusion with fitted parameters. */
  public Fusion(FusionParameters parameters) {
    this.parameters = parameters;
  }

  /**
   * What the evidence adds up to, by the likelihood ratios that it states.
   *
   * @param kind what the evidence is about
   * @param evidence in the order in which reasons are to be given
   * @param prior probability that the media is synthetic before any evidence, strictly between 0
   *     and 1
   */
  public Verdict judge(MediaKind kind, List<Evidence> evidence, double prior) {
    OfKind fitted = parameters.of(kind);
    List<Evidence> faces =
        ofKind(evidence, Kind.CLASSIFIER).stream().filter(Fusion::ofFace).toList();
    List<Evidence> classifiers =
        ofKind(evidence, Kind.CLASSIFIER).stream().filter(piece -> !ofFace(piece)).toList();
    Optional<Sum> sum =
        fitted.sum(classifiers.stream().map(Fusion::model).collect(Collectors.toSet()));
    Band band = sum.map(Sum::thresholds).orElse(fitted.thresholds());
    double declared = declared(evidence);
    double whole = detected(sum, classifiers);
    double content = withFaces(fitted, whole, faces) + measured(evidence);
    double probability = probability(declared + content, prior);
    Label label = label(band, evidence, probability);
    List<Reason> reasons = new ArrayList<>(counted(fitted, whole, evidence));
    if (reasons.isEmpty()) {
      reasons.add(new Reason(-1, nothingSeen(kind)));
    } else if (label == Label.INCONCLUSIVE) {
      reasons.add(new Reason(-1, TOO_WEAK));
    }
    if (declared > 0 && probability(content, EVEN) <= band.authentic()) {
      reasons.add(new Reason(-1, CONTRADICTION));
    }
    return new Verdict(
        label,
        probability,
        declared + content,
        prior,
        basis(label, evidence),
        reasons,
        contributions(fitted, sum, whole, evidence),
        List.of(),
        sum.map(Sum::measured));
  }

  /**
   * The same verdict beside those of changed copies of the picture: where they do not have one
   * label, it is inconclusive.
   *
   * @param copies by the change, in order
   */
  public Verdict withCopies(Verdict verdict, Map<String, Verdict> copies) {
    List<Copy> stability =
        copies.entrySet().stream()
            .map(copy -> new Copy(copy.getKey(), copy.getValue().probability()))
            .toList();
    boolean stable = copies.values().stream().allMatch(copy -> copy.label() == verdict.label());
    List<Reason> reasons = new ArrayList<>(verdict.reasons());
    if (!stable && verdict.label() != Label.INCONCLUSIVE) {
      reasons.add(new Reason(-1, UNSTABLE));
    }
    return new Verdict(
        stable ? verdict.label() : Label.INCONCLUSIVE,
        verdict.probability(),
        verdict.logLikelihoodRatio(),
        verdict.prior(),
        stable ? verdict.basis() : Set.of(),
        reasons,
        verdict.contributions(),
        stability,
        verdict.measured());
  }

  /** Of several faces the one that speaks most strongly for synthetic media counts. */
  private static double withFaces(OfKind fitted, double whole, List<Evidence> faces) {
    OptionalDouble strongest = faces.stream().mapToDouble(Fusion::ratio).max();
    Faces mixture = fitted.faces();
    return strongest.isEmpty() || mixture == null
        ? whole
        : mixture.mixed(whole, strongest.getAsDouble());
  }

  /** A face that says no more than the whole takes nothing away, and is no reason. */
  private static boolean counts(OfKind fitted, double whole, Evidence piece) {
    return piece.logLikelihoodRatio().isPresent()
        && (!ofFace(piece) || (fitted.faces() != null && ratio(piece) > whole));
  }

  private static boolean ofFace(Evidence piece) {
    return piece.code().equals(FACE);
  }

  private static double probability(double ratio, double prior) {
    return 1 / (1 + Math.exp(-(Math.log(prior / (1 - prior)) + ratio)));
  }

  private static double declared(List<Evidence> evidence) {
    return evidence.stream()
        .filter(piece -> piece.kind() == Kind.DECLARATION || piece.kind() == Kind.SIGNATURE)
        .mapToDouble(piece -> piece.logLikelihoodRatio().orElse(0))
        .reduce(0, Math::max);
  }

  private static double measured(List<Evidence> evidence) {
    return ofKind(evidence, Kind.FORENSICS).stream().mapToDouble(Fusion::ratio).sum();
  }

  private static List<Evidence> ofKind(List<Evidence> evidence, Kind kind) {
    return evidence.stream()
        .filter(piece -> piece.kind() == kind && piece.logLikelihoodRatio().isPresent())
        .toList();
  }

  private static double detected(Optional<Sum> fitted, List<Evidence> classifiers) {
    double sum = fitted.map(Sum::intercept).orElse(0.0);
    for (Evidence piece : classifiers) {
      sum += weight(fitted, piece, classifiers.size()) * ratio(piece);
    }
    return fitted.isEmpty() ? sum : fitted.get().bounds().apply(sum);
  }

  /** Models that no sum was fitted for, a user's own among them, have an equal say. */
  private static double weight(Optional<Sum> fitted, Evidence piece, int models) {
    return fitted.map(sum -> sum.weights().getOrDefault(model(piece), 0.0)).orElse(1.0 / models);
  }

  /** What each piece moves the sum by; what calibration adds or holds back comes last. */
  private static List<Contribution> contributions(
      OfKind fitted, Optional<Sum> sum, double whole, List<Evidence> evidence) {
    List<Contribution> contributions = new ArrayList<>();
    int models =
        (int) ofKind(evidence, Kind.CLASSIFIER).stream().filter(piece -> !ofFace(piece)).count();
    int declared = -1;
    int face = -1;
    double rest = whole;
    for (int i = 0; i < evidence.size(); i++) {
      Evidence piece = evidence.get(i);
      if (piece.logLikelihoodRatio().isEmpty()) {
        continue;
      }
      switch (piece.kind()) {
        case DECLARATION, SIGNATURE -> declared = stronger(evidence, declared, i);
        case FORENSICS -> contributions.add(new Contribution(i, ratio(piece)));
        case CLASSIFIER -> {
          if (ofFace(piece)) {
            face = stronger(evidence, face, i);
          } else {
            double part = weight(sum, piece, models) * ratio(piece);
            contributions.add(new Contribution(i, part));
            rest -= part;
          }
        }
        case FACT -> {
          // A fact weighs nothing.
        }
      }
    }
    if (declared >= 0 && ratio(evidence.get(declared)) > 0) {
      contributions.add(new Contribution(declared, ratio(evidence.get(declared))));
    }
    Faces mixture = fitted.faces();
    if (face >= 0 && mixture != null) {
      double raised = mixture.mixed(whole, ratio(evidence.get(face))) - whole;
      if (raised > 0) {
        contributions.add(new Contribution(face, raised));
      }
    }
    contributions.sort(Comparator.comparingInt(Contribution::evidence));
    if (Math.abs(rest) > NOTHING) {
      contributions.add(new Contribution(-1, rest));
    }
    return contributions;
  }

  private static int stronger(List<Evidence> evidence, int known, int next) {
    return known < 0 || ratio(evidence.get(next)) > ratio(evidence.get(known)) ? next : known;
  }

  private static double ratio(Evidence evidence) {
    return evidence.logLikelihoodRatio().orElse(0);
  }

  private static Label label(Band band, List<Evidence> evidence, double probability) {
    if (evidence.stream().noneMatch(piece -> piece.logLikelihoodRatio().isPresent())) {
      return Label.INCONCLUSIVE;
    }
    if (probability >= band.synthetic()) {
      return Label.SYNTHETIC;
    }
    return probability <= band.authentic() ? Label.AUTHENTIC : Label.INCONCLUSIVE;
  }

  private static Set<Basis> basis(Label label, List<Evidence> evidence) {
    Set<Basis> basis = EnumSet.noneOf(Basis.class);
    for (Evidence piece : evidence) {
      double ratio = piece.logLikelihoodRatio().orElse(0);
      boolean speaksForIt =
          (label == Label.SYNTHETIC && ratio > 0) || (label == Label.AUTHENTIC && ratio < 0);
      if (speaksForIt) {
        basis.add(
            switch (piece.kind()) {
              case DECLARATION -> Basis.DECLARED;
              case SIGNATURE -> Basis.SIGNED;
              case CLASSIFIER, FORENSICS, FACT -> Basis.DETECTED;
            });
      }
    }
    return basis;
  }

  private static List<Reason> counted(OfKind fitted, double whole, List<Evidence> evidence) {
    List<Reason> reasons = new ArrayList<>();
    for (int i = 0; i < evidence.size(); i++) {
      if (counts(fitted, whole, evidence.get(i))) {
        reasons.add(new Reason(i, evidence.get(i).summary()));
      }
    }
    return reasons;
  }

  private static String nothingSeen(MediaKind kind) {
    return String.format(
        Locale.ROOT,
        "Nothing in this %s speaks for or against: the probability is the prior.",
        kind.code());
  }

  private static String model(Evidence evidence) {
    return evidence.model().orElse("");
  }
}
