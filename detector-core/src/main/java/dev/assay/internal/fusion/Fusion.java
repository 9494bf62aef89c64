package dev.assay.internal.fusion;

import dev.assay.Evidence;
import dev.assay.Evidence.Kind;
import dev.assay.MediaKind;
import dev.assay.Sentence;
import dev.assay.Verdict;
import dev.assay.Verdict.Basis;
import dev.assay.Verdict.Contribution;
import dev.assay.Verdict.Copy;
import dev.assay.Verdict.Label;
import dev.assay.Verdict.Medium;
import dev.assay.Verdict.Part;
import dev.assay.Verdict.Reason;
import dev.assay.internal.fusion.FusionParameters.Band;
import dev.assay.internal.fusion.FusionParameters.Edits;
import dev.assay.internal.fusion.FusionParameters.Faces;
import dev.assay.internal.fusion.FusionParameters.OfKind;
import dev.assay.internal.fusion.FusionParameters.Sum;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Adds evidence up in log-odds.
 *
 * <p>Declarations are no independent witnesses, since one program writes them all: only the
 * strongest counts. What models say of faces is mixed in ({@link FusionParameters.Faces}). Anything
 * else that states a likelihood ratio is added as it is.
 *
 * <p>A label needs evidence that carries it at even odds: a prior can hold a label back, and never
 * makes one. So the error rates measured at even odds bound those at any prior. Immutable and
 * thread-safe.
 */
public final class Fusion {

  private static final double EVEN = 0.5;

  private static final String TOO_WEAK =
      "The evidence is too weak for a verdict: the probability lies between the thresholds.";
  private static final String CONTRADICTION =
      "The declaration and the content disagree: the content alone shows no sign of "
          + "generation.";
  private static final String FACE_HOLDS_BACK =
      "It shows faces, and a face swapped into a real picture cannot be ruled out; "
          + "this weakens the evidence for a real one.";
  private static final String PRIOR_HOLDS_BACK =
      "The evidence would be enough at even odds, but not at the prior that was set.";

  private static final String NOTHING_HEARD =
      "No evidence was found in this audio; the probability is the prior.";
  private static final String VOICE_DECIDES =
      "The voice decides: what the pictures show gives no such answer.";

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
    List<Evidence> ofWhole =
        evidence.stream()
            .map(piece -> ChangedPart.isOf(piece) ? piece.unweighed() : piece)
            .toList();
    List<Medium> media = media(kind, ofWhole);
    Verdict verdict =
        media.size() > 1 ? ofParts(media, ofWhole, prior) : whole(kind, ofWhole, prior);
    return withChangedPart(parameters.of(kind), evidence, verdict);
  }

  /** A changed part is an answer of its own, unless all of it is synthetic. */
  private static Verdict withChangedPart(OfKind fitted, List<Evidence> evidence, Verdict verdict) {
    Edits edits = fitted.edits();
    int place = edits == null ? -1 : ChangedPart.place(edits, evidence);
    return edits == null || place < 0 || ofWhole(fitted, evidence, verdict)
        ? verdict
        : ChangedPart.answered(edits, place, evidence, verdict);
  }

  /** Whether all of it is called synthetic, and not only since the file declares an edit. */
  private static boolean ofWhole(OfKind fitted, List<Evidence> evidence, Verdict verdict) {
    if (verdict.label() != Label.SYNTHETIC) {
      return false;
    }
    List<Evidence> withoutEdits =
        evidence.stream()
            .filter(piece -> !ChangedPart.isOf(piece) && !ChangedPart.isDeclaredBy(piece))
            .toList();
    double others = verdict.logLikelihoodRatio() - declared(evidence) + declared(withoutEdits);
    return probability(others, EVEN) >= band(fitted, withoutEdits).synthetic();
  }

  /** What is judged each by itself; nothing that no evidence weighs on, but for pictures. */
  private static List<Medium> media(MediaKind kind, List<Evidence> evidence) {
    return Stream.of(Medium.values())
        .filter(
            medium ->
                medium == Medium.PICTURE
                    ? kind == MediaKind.VIDEO
                    : evidence.stream().anyMatch(piece -> medium(piece) == medium))
        .toList();
  }

  /**
   * Pictures, speech and music are judged each by itself, since a real film may have generated
   * music under it and a real voice a generated picture. A generated voice makes the whole a
   * synthetic one; generated music under a film does not.
   */
  private Verdict ofParts(List<Medium> media, List<Evidence> evidence, double prior) {
    List<Judged> all =
        media.stream()
            .map(medium -> new Judged(medium, whole(kind(medium), only(medium, evidence), prior)))
            .toList();
    Judged first = all.get(0);
    boolean film = first.medium() == Medium.PICTURE;
    Judged decisive =
        all.stream()
            .filter(judged -> !film || judged.medium() != Medium.MUSIC)
            .filter(judged -> judged.verdict().label() == Label.SYNTHETIC)
            .findFirst()
            .orElse(first);
    Verdict verdict =
        film && decisive.medium() == Medium.SPEECH
            ? withReason(decisive.verdict(), VOICE_DECIDES)
            : decisive.verdict();
    return verdict.withParts(all.stream().map(Judged::part).toList());
  }

  /** A medium and what is said of it. */
  private record Judged(Medium medium, Verdict verdict) {
    Part part() {
      return new Part(medium, verdict.label(), verdict.probability(), verdict.logLikelihoodRatio());
    }
  }

  private static MediaKind kind(Medium medium) {
    return medium == Medium.PICTURE ? MediaKind.VIDEO : MediaKind.AUDIO;
  }

  /** What a piece weighs on; pictures where it is nothing of sound. */
  private static Medium medium(Evidence piece) {
    if (piece.logLikelihoodRatio().isEmpty()) {
      return Medium.PICTURE;
    }
    return switch (piece.code()) {
      case Evidence.SPEECH, Evidence.ADAPTED_SPEECH -> Medium.SPEECH;
      case Evidence.MUSIC -> Medium.MUSIC;
      default -> Medium.PICTURE;
    };
  }

  /** The same list, in which what weighs on other media weighs nothing. */
  private static List<Evidence> only(Medium medium, List<Evidence> evidence) {
    return evidence.stream()
        .map(piece -> medium(piece) == medium || declares(piece) ? piece : piece.unweighed())
        .toList();
  }

  /** What a file declares is said of all of it. */
  private static boolean declares(Evidence piece) {
    return piece.kind() == Kind.DECLARATION || piece.kind() == Kind.SIGNATURE;
  }

  private static Verdict withReason(Verdict verdict, String sentence) {
    List<Reason> reasons = new ArrayList<>(verdict.reasons());
    reasons.add(new Reason(-1, Sentence.of(sentence)));
    return new Verdict(
        verdict.label(),
        verdict.probability(),
        verdict.logLikelihoodRatio(),
        verdict.prior(),
        verdict.basis(),
        reasons,
        verdict.contributions(),
        verdict.stability(),
        verdict.measured(),
        verdict.parts());
  }

  private Verdict whole(MediaKind kind, List<Evidence> evidence, double prior) {
    OfKind fitted = parameters.of(kind);
    List<Evidence> faces =
        ofKind(evidence, Kind.CLASSIFIER).stream().filter(Fusion::ofFace).toList();
    List<Evidence> classifiers =
        ofKind(evidence, Kind.CLASSIFIER).stream().filter(piece -> !ofFace(piece)).toList();
    Band band = band(fitted, evidence);
    double declared = declared(evidence);
    double whole = classifiers.stream().mapToDouble(Fusion::ratio).sum();
    double mixed = withFaces(fitted, whole, faces);
    double content = mixed + measured(evidence);
    double ratio = declared + content;
    double probability = probability(ratio, prior);
    Label supported = label(band, evidence, probability(ratio, EVEN));
    Label label = supported == label(band, evidence, probability) ? supported : Label.INCONCLUSIVE;
    List<Reason> reasons = new ArrayList<>(counted(fitted, whole, evidence));
    if (mixed > whole && faces.stream().noneMatch(face -> ratio(face) > 0)) {
      reasons.add(new Reason(-1, Sentence.of(FACE_HOLDS_BACK)));
    }
    if (reasons.isEmpty()) {
      reasons.add(new Reason(-1, Sentence.of(nothingSeen(kind))));
    } else if (label == Label.INCONCLUSIVE) {
      reasons.add(new Reason(-1, Sentence.of(supported == label ? TOO_WEAK : PRIOR_HOLDS_BACK)));
    }
    if (declared > 0 && probability(content, EVEN) <= band.authentic()) {
      reasons.add(new Reason(-1, Sentence.of(CONTRADICTION)));
    }
    return new Verdict(
        label,
        probability,
        ratio,
        prior,
        basis(label, evidence),
        reasons,
        contributions(fitted, whole, evidence),
        List.of(),
        unmeasuredOf(kind, evidence).isEmpty()
            ? sum(fitted, evidence).map(Sum::measured).map(FusionParameters.Rates::measured)
            : Optional.empty(),
        List.of());
  }

  /**
   * The models that have a say and that nobody measured together with the others: what they say is
   * added, and no error rate of the whole is known.
   *
   * @return their ids, sorted
   */
  public List<String> unmeasured(MediaKind kind, List<Evidence> all) {
    List<Evidence> evidence = all.stream().filter(piece -> !ChangedPart.isOf(piece)).toList();
    Set<String> models = new TreeSet<>();
    List<Medium> media = media(kind, evidence);
    for (Medium medium : media) {
      models.addAll(unmeasuredOf(kind(medium), only(medium, evidence)));
    }
    return media.isEmpty() ? unmeasuredOf(kind, evidence) : List.copyOf(models);
  }

  private List<String> unmeasuredOf(MediaKind kind, List<Evidence> evidence) {
    Set<String> models = new TreeSet<>(ofWhole(evidence));
    sum(parameters.of(kind), evidence).ifPresent(sum -> models.removeAll(sum.weights().keySet()));
    return List.copyOf(models);
  }

  /**
   * Whether changed copies of the picture could have another label: whether the log-odds lie as
   * near to the label's threshold as copies have been measured to move them.
   */
  public boolean withinReach(MediaKind kind, List<Evidence> evidence, Verdict verdict) {
    OfKind fitted = parameters.of(kind);
    boolean ofWhole = verdict.label() == Label.SYNTHETIC || verdict.label() == Label.NOT_SYNTHETIC;
    if (!ofWhole || fitted.reach() == null) {
      return false;
    }
    Band band = band(fitted, evidence);
    boolean synthetic = verdict.label() == Label.SYNTHETIC;
    double threshold = logit(synthetic ? band.synthetic() : band.authentic());
    double reach = synthetic ? fitted.reach().synthetic() : fitted.reach().authentic();
    double odds = verdict.logLikelihoodRatio();
    double atPrior = odds + logit(verdict.prior());
    return Math.min(Math.abs(odds - threshold), Math.abs(atPrior - threshold)) <= reach;
  }

  private static double logit(double probability) {
    return Math.log(probability / (1 - probability));
  }

  private static Band band(OfKind fitted, List<Evidence> evidence) {
    return sum(fitted, evidence).map(Sum::thresholds).orElse(fitted.thresholds());
  }

  /** What was measured of the models that have a say, or of as many of them as possible. */
  private static Optional<Sum> sum(OfKind fitted, List<Evidence> evidence) {
    return fitted.sum(fittedFor(evidence));
  }

  /** The models that have a say on the whole of it; fitted heads were measured with them. */
  private static Set<String> ofWhole(List<Evidence> evidence) {
    return ofKind(evidence, Kind.CLASSIFIER).stream()
        .filter(piece -> !ofFace(piece) && !ofFittedHead(piece))
        .map(Fusion::model)
        .collect(Collectors.toSet());
  }

  /** The same, and those that were spared since they would not have changed the answer. */
  private static Set<String> fittedFor(List<Evidence> evidence) {
    Set<String> models = new TreeSet<>(ofWhole(evidence));
    evidence.stream().filter(Fusion::spared).map(Fusion::model).forEach(models::add);
    return models;
  }

  private static boolean spared(Evidence piece) {
    return piece.code().equals(Evidence.SPARED);
  }

  /**
   * The same verdict beside those of changed copies of the picture.
   *
   * @param copies by the change, in order
   * @param decisive whether it is inconclusive where they do not all have its label; else that is
   *     only said
   */
  public Verdict withCopies(Verdict verdict, Map<String, Verdict> copies, boolean decisive) {
    List<Copy> stability =
        copies.entrySet().stream()
            .map(copy -> new Copy(copy.getKey(), copy.getValue().probability()))
            .toList();
    List<String> other =
        copies.entrySet().stream()
            .filter(copy -> copy.getValue().label() != verdict.label())
            .map(Map.Entry::getKey)
            .toList();
    boolean unstable = !other.isEmpty() && verdict.label() != Label.INCONCLUSIVE;
    boolean withheld = unstable && decisive;
    List<Reason> reasons = new ArrayList<>(verdict.reasons());
    if (unstable) {
      reasons.add(
          new Reason(
              -1,
              Sentence.of(
                  decisive
                      ? "The answer does not survive small changes of the picture ({0}), so it is "
                          + "inconclusive."
                      : "The answer does not survive small changes of the picture ({0}): treat it as "
                          + "weak.",
                  Sentence.list(other))));
    }
    return new Verdict(
        withheld ? Label.INCONCLUSIVE : verdict.label(),
        verdict.probability(),
        verdict.logLikelihoodRatio(),
        verdict.prior(),
        withheld ? Set.of() : verdict.basis(),
        reasons,
        verdict.contributions(),
        stability,
        verdict.measured(),
        verdict.parts());
  }

  /** Of several faces the one that speaks most strongly for synthetic media counts. */
  private static double withFaces(OfKind fitted, double whole, List<Evidence> faces) {
    OptionalDouble strongest = faces.stream().mapToDouble(Fusion::ratio).max();
    Faces mixture = fitted.faces();
    return strongest.isEmpty() || mixture == null
        ? whole
        : mixture.mixed(whole, strongest.getAsDouble());
  }

  /** A face is a reason where it speaks for synthetic media, and more so than the whole. */
  private static boolean counts(OfKind fitted, double whole, Evidence piece) {
    return piece.logLikelihoodRatio().isPresent()
        && (!ofFace(piece) || (fitted.faces() != null && ratio(piece) > Math.max(0, whole)));
  }

  private static boolean ofFace(Evidence piece) {
    return piece.code().equals(Evidence.FACE);
  }

  private static boolean ofFittedHead(Evidence piece) {
    return piece.code().equals(Evidence.ADAPTED) || piece.code().equals(Evidence.ADAPTED_SPEECH);
  }

  private static double probability(double ratio, double prior) {
    return 1 / (1 + Math.exp(-(logit(prior) + ratio)));
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

  /** What each piece moves the sum by. */
  private static List<Contribution> contributions(
      OfKind fitted, double whole, List<Evidence> evidence) {
    List<Contribution> contributions = new ArrayList<>();
    int declared = -1;
    int face = -1;
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
            contributions.add(new Contribution(i, ratio(piece)));
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
    return probability <= band.authentic() ? Label.NOT_SYNTHETIC : Label.INCONCLUSIVE;
  }

  private static Set<Basis> basis(Label label, List<Evidence> evidence) {
    Set<Basis> basis = EnumSet.noneOf(Basis.class);
    for (Evidence piece : evidence) {
      double ratio = piece.logLikelihoodRatio().orElse(0);
      boolean speaksForIt =
          (label == Label.SYNTHETIC && ratio > 0) || (label == Label.NOT_SYNTHETIC && ratio < 0);
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
        reasons.add(new Reason(i, evidence.get(i).sentence()));
      }
    }
    return reasons;
  }

  private static String nothingSeen(MediaKind kind) {
    if (kind == MediaKind.AUDIO) {
      return NOTHING_HEARD;
    }
    return kind == MediaKind.VIDEO
        ? "No evidence was found in this video; the probability is the prior."
        : "No evidence was found in this image; the probability is the prior.";
  }

  private static String model(Evidence evidence) {
    return evidence.model().orElse("");
  }
}
