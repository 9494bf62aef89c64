package dev.assay.evaluation;

import dev.assay.MediaKind;
import dev.assay.internal.fusion.FusionParameters.Band;
import dev.assay.internal.fusion.FusionParameters.Bounds;
import dev.assay.internal.fusion.StreamFit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * A head for one generator, and what it says of files that it did not learn from: nested
 * cross-validation by group, whose inner part chooses the strength of the penalty.
 */
final class HeadTrial {

  private static final List<Double> STRENGTHS = List.of(1e-3, 1e-2, 1e-1);

  /** Parts that are left out in turn to choose a strength: three strengths need no more. */
  private static final int INNER = 2;

  private static final double MOST = 7;
  private static final double LEAST_BOUND = 0.5;
  private static final double FALSE_ALARMS = 0.02;

  /** What the others may lose, as a share of them. */
  private static final double MOST_LOST = 0.005;

  private static final double STEP = 0.75;

  /** Smaller parts of the share that was asked for move nothing. */
  private static final double LEAST_PART = 100;

  private static final int DRAWS = 1000;
  private static final long SEED = 11;

  private final List<Example> positives;
  private final List<Example> reals;
  private final List<Example> others;
  private final Optional<StreamFit> known;
  private final LinearHead head;
  private final LinearHead.Line line;
  private final double bound;
  private final Map<Example, Double> leftOut;

  private HeadTrial(
      List<Example> positives,
      List<Example> reals,
      List<Example> others,
      Optional<StreamFit> known,
      LinearHead head,
      Map<Example, Double> leftOut) {
    this.positives = positives;
    this.reals = reals;
    this.others = others;
    this.known = known;
    this.head = head;
    this.leftOut = leftOut;
    List<Example> told = joined(positives, reals);
    this.line =
        LinearHead.line(
            told.stream().map(this::score).toList(),
            told.stream().map(Example::synthetic).toList());
    this.bound =
        Math.max(
            LEAST_BOUND, StrongestClaim.of(ofHead(positives, line), ofHead(reals, line), MOST));
  }

  private List<Threshold.Of> ofHead(List<Example> examples, LinearHead.Line by) {
    return values(examples, example -> by.apply(score(example)));
  }

  /**
   * Fits and tries a head.
   *
   * @param positives files of the generator
   * @param reals real files
   * @param others files of other generators, which it does not learn from
   * @param known how the shipped sum was fitted to this stream before
   */
  static HeadTrial of(
      List<Example> positives,
      List<Example> reals,
      List<Example> others,
      Optional<StreamFit> known) {
    List<Example> told = joined(positives, reals);
    List<Integer> fold = Folds.of(told.stream().map(Example::group).toList());
    List<Integer> foldOfOthers = Folds.of(others.stream().map(Example::group).toList());
    Map<Example, Double> leftOut = new HashMap<>();
    List<LinearHead> heads =
        IntStream.range(0, Folds.COUNT)
            .parallel()
            .mapToObj(f -> chosen(without(told, fold, f)))
            .toList();
    for (int i = 0; i < told.size(); i++) {
      leftOut.put(told.get(i), heads.get(fold.get(i)).score(told.get(i).components()));
    }
    for (int i = 0; i < others.size(); i++) {
      leftOut.put(others.get(i), heads.get(foldOfOthers.get(i)).score(others.get(i).components()));
    }
    return new HeadTrial(positives, reals, others, known, chosen(told), leftOut);
  }

  private static List<Example> joined(List<Example> one, List<Example> other) {
    List<Example> all = new ArrayList<>(one);
    all.addAll(other);
    return all;
  }

  private static List<Example> without(List<Example> all, List<Integer> fold, int part) {
    return IntStream.range(0, all.size())
        .filter(i -> fold.get(i) != part)
        .mapToObj(all::get)
        .toList();
  }

  /** A head of the strength that ranks best what inner folds leave out. */
  private static LinearHead chosen(List<Example> examples) {
    List<Integer> fold = Folds.of(examples.stream().map(Example::group).toList());
    double best = -1;
    double strength = STRENGTHS.get(0);
    for (double each : STRENGTHS) {
      double auroc = leftOutAuroc(examples, fold, each);
      if (auroc > best) {
        best = auroc;
        strength = each;
      }
    }
    return fit(examples, strength);
  }

  private static double leftOutAuroc(List<Example> examples, List<Integer> fold, double strength) {
    List<Double> real = new ArrayList<>();
    List<Double> synthetic = new ArrayList<>();
    for (int f = 0; f < INNER; f++) {
      List<Example> learned = without(examples, fold, f);
      if (learned.stream().map(Example::synthetic).distinct().count() < 2) {
        continue;
      }
      LinearHead head = fit(learned, strength);
      for (int i = 0; i < examples.size(); i++) {
        if (fold.get(i) == f) {
          (examples.get(i).synthetic() ? synthetic : real)
              .add(head.score(examples.get(i).components()));
        }
      }
    }
    double won = 0;
    for (double s : synthetic) {
      won += real.stream().filter(r -> r < s).count();
    }
    return won / Math.max(1.0, (double) synthetic.size() * real.size());
  }

  private static LinearHead fit(List<Example> examples, double strength) {
    return LinearHead.fit(
        examples.stream().map(Example::components).toList(),
        examples.stream().map(Example::synthetic).toList(),
        strength);
  }

  /** The head that learned from all. */
  LinearHead head() {
    return head;
  }

  /** Its calibration. */
  LinearHead.Line line() {
    return line;
  }

  /** The largest log-likelihood ratio that its data carries. */
  double bound() {
    return bound;
  }

  private double score(Example example) {
    return leftOut.getOrDefault(example, 0.0);
  }

  private double base(Example example) {
    return known.map(fit -> fit.apply(example.base())).orElse(example.base());
  }

  /** The log-likelihood ratio with the head mixed in, as {@code AdaptedHead} mixes it. */
  private double mixed(Example example, double share) {
    return mixed(example, score(example), share);
  }

  private double mixed(Example example, double score, double share) {
    double own = new Bounds(bound, bound).apply(line.apply(score));
    double base = base(example);
    return Math.max(base, Math.log((1 - share) * Math.exp(base) + share * Math.exp(own)));
  }

  /**
   * What it is worth, at the share up to this one at which it finds most and costs the others
   * nothing.
   */
  HeadResult result(String system, MediaKind kind, double most, Band band) {
    int files = (int) positives.stream().filter(Example::counts).count();
    if (line.slope() <= 0) {
      return HeadResult.refused(
          system, kind, files, "Its head ranks its files below real ones on files left out.");
    }
    HeadResult best = result(system, kind, files, most, band);
    for (double share = most * STEP; share > most / LEAST_PART; share *= STEP) {
      HeadResult next = result(system, kind, files, share, band);
      boolean more = next.after().own() > best.after().own();
      if (next.written() ? !best.written() || more : !best.written() && more) {
        best = next;
      }
    }
    return best;
  }

  private HeadResult result(String system, MediaKind kind, int files, double share, Band band) {
    HeadResult.Rate before = rate(this::base, band.synthetic(), band.authentic());
    ToDoubleFunction<Example> after = example -> mixed(example, share);
    double logit = Math.log(band.synthetic() / (1 - band.synthetic()));
    double threshold =
        Math.max(logit, Threshold.above(values(reals, after), before.falseAlarms()) + 1e-9);
    double probability = Math.min(Calibration.probability(threshold), 1 - 1e-6);
    HeadResult.Rate rate = rate(after, probability, band.authentic());
    Measure gain = gain(share);
    boolean better = gain.low() > 0;
    boolean kept = rate.others() >= before.others() - MOST_LOST;
    return new HeadResult(
        system,
        kind,
        files,
        share,
        better && kept,
        why(better, kept, gain, before, rate),
        before,
        rate,
        gain,
        probability);
  }

  private static String why(
      boolean better, boolean kept, Measure gain, HeadResult.Rate before, HeadResult.Rate after) {
    if (better && kept) {
      return "";
    }
    String figures =
        String.format(
            Locale.ROOT,
            "recall at 2 %% false alarms %.1f %% before and %.1f %% after (gain %.1f to %.1f points),"
                + " of the other generators %.1f and %.1f %%",
            100 * before.own(),
            100 * after.own(),
            100 * gain.low(),
            100 * gain.high(),
            100 * before.others(),
            100 * after.others());
    return (better
            ? "It would cost the other generators more than half a point: "
            : "It is no better on files left out: ")
        + figures
        + ".";
  }

  private HeadResult.Rate rate(
      ToDoubleFunction<Example> ratio, double synthetic, double authentic) {
    List<Threshold.Of> ofReals = values(reals, ratio);
    double threshold = Threshold.above(ofReals, FALSE_ALARMS);
    double high = Math.log(synthetic / (1 - synthetic));
    double low = Math.log(authentic / (1 - authentic));
    List<Threshold.Of> ofOthers = values(others, ratio);
    return new HeadResult.Rate(
        Threshold.share(values(positives, ratio), threshold),
        Threshold.share(ofOthers, threshold),
        Threshold.share(ofReals, high),
        Threshold.share(values(positives, ratio), high),
        Threshold.share(ofOthers, high),
        1 - Threshold.share(ofOthers, low));
  }

  /**
   * Recall where 2 % of real files are called synthetic.
   *
   * @param rest of files that the head did not learn from
   * @param others of the other generators, generators alike
   */
  record Recall(double rest, double others) {}

  /** What a share of the head finds of files that were held back; 0 is without it. */
  Recall recall(List<Example> rest, double share) {
    double threshold = Threshold.above(values(reals, e -> mixed(e, share)), FALSE_ALARMS);
    ToDoubleFunction<Example> fresh = e -> mixed(e, head.score(e.components()), share);
    return new Recall(
        Threshold.share(values(rest, fresh), threshold),
        Threshold.share(values(others, e -> mixed(e, share)), threshold));
  }

  private static List<Threshold.Of> values(
      List<Example> examples, ToDoubleFunction<Example> ratio) {
    return examples.stream()
        .filter(Example::counts)
        .map(each -> new Threshold.Of(ratio.applyAsDouble(each), each.unit()))
        .toList();
  }

  /** By how much recall at 2 % grows, with an interval over groups of the generator's pictures. */
  private Measure gain(double share) {
    double before = Threshold.above(values(reals, this::base), FALSE_ALARMS);
    double after = Threshold.above(values(reals, e -> mixed(e, share)), FALSE_ALARMS);
    Map<String, List<Example>> groups = new HashMap<>();
    positives.stream()
        .filter(Example::counts)
        .forEach(e -> groups.computeIfAbsent(e.group(), g -> new ArrayList<>()).add(e));
    List<String> names = groups.keySet().stream().sorted().toList();
    Map<Example, Double> gains = new HashMap<>();
    positives.forEach(
        e -> gains.put(e, (mixed(e, share) > after ? 1.0 : 0) - (base(e) > before ? 1 : 0)));
    Random random = new Random(SEED);
    double[] drawn = new double[DRAWS];
    for (int d = 0; d < DRAWS; d++) {
      double sum = 0;
      int count = 0;
      for (int i = 0; i < names.size(); i++) {
        for (Example e : groups.getOrDefault(names.get(random.nextInt(names.size())), List.of())) {
          sum += gains.getOrDefault(e, 0.0);
          count++;
        }
      }
      drawn[d] = sum / Math.max(1, count);
    }
    double value =
        positives.stream()
            .filter(Example::counts)
            .mapToDouble(e -> gains.getOrDefault(e, 0.0))
            .average()
            .orElse(0);
    return Bootstrap.interval(value, drawn);
  }
}
