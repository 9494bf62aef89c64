package dev.assay.evaluation;

import dev.assay.FileAnalyzer;
import dev.assay.MediaKind;
import dev.assay.internal.fusion.FusionParameters.Band;
import dev.assay.internal.fusion.FusionParameters.Bounds;
import dev.assay.internal.fusion.FusionParameters.Rates;
import dev.assay.internal.fusion.StreamFit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Fits the shipped models' sum to one stream of media: a line in log-odds, thresholds and, where
 * the files are a random sample, the prior.
 */
public final class Calibrator {

  /** Files of a kind of media, fewer than which are no calibration. */
  public static final int FEWEST = 200;

  private static final int FEWEST_OF_CLASS = 50;
  private static final int FEWEST_SOURCES = 2;
  private static final int FEW_GROUPS = 40;
  private static final double MISSED = 0.05;
  private static final double MOST_SYNTHETIC = 5;
  private static final double MOST_AUTHENTIC = 4;
  private static final double LEAST_BOUND = 0.1;

  /**
   * What to fit.
   *
   * @param falseAlarms share of real media that may be called synthetic
   * @param sample whether the files are a random sample of the stream, whose share of synthetic
   *     media is the prior
   * @param profile how much work the content is worth, as settings name it
   * @param backbone SHA-256 of the backbone of the models
   */
  public record Request(double falseAlarms, boolean sample, String profile, String backbone) {}

  /**
   * What came of it.
   *
   * @param kind of media
   * @param files how many it rests on
   * @param cllr cost of the ratios as shipped, in bits
   * @param fittedCllr the same of files left out, as fitted
   * @param fit what was written
   * @param prior what was written; empty for none
   * @param warnings why it may mislead, each a sentence
   */
  public record Result(
      MediaKind kind,
      int files,
      double cllr,
      double fittedCllr,
      StreamFit fit,
      Optional<Double> prior,
      List<String> warnings) {}

  private Calibrator() {}

  /**
   * Fits and writes.
   *
   * @param analyzer by the shipped models alone
   * @return one for each kind of media that has enough files
   * @throws DatasetException if there are too few files, or nothing can be fitted to them; nothing
   *     is written then
   */
  public static List<Result> run(
      Dataset dataset,
      FileAnalyzer analyzer,
      Evaluation.Request how,
      Request request,
      ProfileFolder folder,
      Evaluation.Progress progress)
      throws DatasetException, IOException, InterruptedException {
    Examination examination =
        new Examination(analyzer, how.detector(), how.workers(), how.cache(), progress::step);
    progress.begin(Examination.AS_FOUND, dataset.samples().size());
    Inspection inspection =
        Inspection.of(dataset, examination.run(dataset.samples(), Optional.empty()));
    LearnedMedia learned = LearnedMedia.shipped();
    List<Result> results = new ArrayList<>();
    for (MediaKind kind : MediaKind.values()) {
      List<Scored> files =
          inspection.files().stream()
              .filter(file -> !file.failed() && file.outcome().kind().equals(kind.code()))
              .filter(file -> !file.outcome().models().isEmpty())
              .filter(file -> !learned.contains(file.outcome().sha256()))
              .toList();
      if (files.size() >= FEWEST) {
        results.add(fitted(kind, files, request, inspection.warnings()));
      }
    }
    if (results.isEmpty()) {
      throw new DatasetException(
          "There are fewer than "
              + FEWEST
              + " pictures, clips or recordings of speech that the models judge and did not learn"
              + " from; label more.");
    }
    for (Result result : results) {
      folder.addFit(
          result.kind().code(),
          result.fit(),
          result.prior().orElse(null),
          request.profile(),
          request.backbone(),
          history(dataset, result, folder));
    }
    return results;
  }

  private static Result fitted(
      MediaKind kind, List<Scored> files, Request request, List<String> warnings)
      throws DatasetException {
    requireEnough(kind, files);
    List<Boolean> labels = files.stream().map(Scored::synthetic).toList();
    ToDoubleFunction<Scored> sum = Scored::sum;
    LinearHead.Line line = line(files, labels);
    if (line.slope() <= 0) {
      throw new DatasetException(
          "The models do not tell real from synthetic "
              + files(kind)
              + " here: larger scores do not mean synthetic. Nothing can be calibrated;"
              + " 'assay adapt' can fit a further head.");
    }
    Map<Scored, Double> leftOut = leftOut(files);
    double cllr = Calibration.cllr(Labelled.files(files, sum));
    double fittedCllr =
        Calibration.cllr(Labelled.files(files, file -> leftOut.getOrDefault(file, 0.0)));
    List<String> all = new ArrayList<>(warnings);
    boolean better = fittedCllr < cllr;
    if (!better) {
      line = new LinearHead.Line(1, 0);
      files.forEach(file -> leftOut.put(file, sum.applyAsDouble(file)));
      all.add(
          String.format(
              Locale.ROOT,
              "The shipped calibration is as good on files left out (Cllr %.3f, %.3f as fitted) and"
                  + " was kept; only the thresholds were fitted.",
              cllr,
              fittedCllr));
    }
    StreamFit fit = fit(files, leftOut, line, request.falseAlarms());
    long groups = files.stream().map(file -> file.sample().group()).distinct().count();
    if (groups < FEW_GROUPS) {
      all.add("The files are of " + groups + " groups only: the fit may not hold for others.");
    }
    double share = (double) labels.stream().filter(l -> l).count() / labels.size();
    return new Result(
        kind,
        files.size(),
        cllr,
        better ? fittedCllr : cllr,
        fit,
        request.sample() ? Optional.of(share) : Optional.empty(),
        all);
  }

  /** What files of a kind are called. */
  private static String files(MediaKind kind) {
    return kind == MediaKind.AUDIO ? "recordings" : kind.code() + "s";
  }

  private static void requireEnough(MediaKind kind, List<Scored> files) throws DatasetException {
    for (boolean synthetic : new boolean[] {false, true}) {
      List<Scored> side = files.stream().filter(f -> f.synthetic() == synthetic).toList();
      String label = (synthetic ? "synthetic " : "real ") + files(kind);
      if (side.size() < FEWEST_OF_CLASS) {
        throw new DatasetException(
            "There are only "
                + side.size()
                + " "
                + label
                + " that the models judge and did not learn from; "
                + FEWEST_OF_CLASS
                + " are the least to calibrate on.");
      }
      long sources = side.stream().map(file -> file.sample().source()).distinct().count();
      if (sources < FEWEST_SOURCES) {
        throw new DatasetException(
            "All "
                + label
                + " are of one source ("
                + side.get(0).sample().source()
                + "): what is fitted would hold for that source alone. Add others, or name them by"
                + " folders or in a list.");
      }
    }
  }

  private static LinearHead.Line line(List<Scored> files, List<Boolean> labels) {
    return LinearHead.line(files.stream().map(Scored::sum).toList(), labels);
  }

  /** What a line says that was fitted on the other groups. */
  private static Map<Scored, Double> leftOut(List<Scored> files) {
    List<Integer> fold = Folds.of(files.stream().map(file -> file.sample().group()).toList());
    Map<Scored, Double> ratios = new LinkedHashMap<>();
    for (int f = 0; f < Folds.COUNT; f++) {
      List<Scored> others = new ArrayList<>();
      for (int i = 0; i < files.size(); i++) {
        if (fold.get(i) != f) {
          others.add(files.get(i));
        }
      }
      if (others.stream().map(Scored::synthetic).distinct().count() < 2) {
        continue;
      }
      LinearHead.Line line = line(others, others.stream().map(Scored::synthetic).toList());
      for (int i = 0; i < files.size(); i++) {
        if (fold.get(i) == f) {
          ratios.put(files.get(i), line.apply(files.get(i).sum()));
        }
      }
    }
    return ratios;
  }

  private static StreamFit fit(
      List<Scored> files, Map<Scored, Double> leftOut, LinearHead.Line line, double falseAlarms) {
    List<Threshold.Of> real = of(files, leftOut, false);
    List<Threshold.Of> synthetic = of(files, leftOut, true);
    Bounds bounds =
        new Bounds(
            bound(synthetic, real, MOST_SYNTHETIC),
            bound(negated(real), negated(synthetic), MOST_AUTHENTIC));
    double high = Math.max(Threshold.above(real, falseAlarms), 1e-3);
    double low = Math.min(-Threshold.above(negated(synthetic), MISSED), -1e-3);
    Band band =
        new Band(
            Calibration.probability(bounds.apply(high)) + 1e-6,
            Calibration.probability(bounds.apply(low)));
    return new StreamFit(
        line.slope(),
        line.intercept(),
        bounds,
        band,
        new Rates(
            "sources",
            Threshold.share(real, high),
            Threshold.share(synthetic, high),
            1 - Threshold.share(synthetic, low)));
  }

  private static double bound(List<Threshold.Of> own, List<Threshold.Of> other, double most) {
    return Math.max(LEAST_BOUND, StrongestClaim.of(own, other, most));
  }

  private static List<Threshold.Of> negated(List<Threshold.Of> of) {
    return of.stream().map(each -> new Threshold.Of(-each.value(), each.unit())).toList();
  }

  private static List<Threshold.Of> of(
      List<Scored> files, Map<Scored, Double> ratios, boolean synthetic) {
    return files.stream()
        .filter(file -> file.synthetic() == synthetic)
        .map(file -> new Threshold.Of(ratios.getOrDefault(file, 0.0), file.sample().unit()))
        .toList();
  }

  private static Map<String, Object> history(Dataset dataset, Result result, ProfileFolder folder) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("what", ProfileFolder.CALIBRATE);
    entry.put("when", folder.now());
    entry.put("kind", result.kind().code());
    entry.put("dataset", dataset.name());
    entry.put("files", result.files());
    entry.put("systems", dataset.systems());
    entry.put("cllr", result.cllr());
    entry.put("cllrFittedOnFilesLeftOut", result.fittedCllr());
    entry.put("warnings", result.warnings());
    return entry;
  }
}
