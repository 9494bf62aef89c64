package dev.assay.evaluation;

import dev.assay.MediaKind;
import dev.assay.internal.fusion.FusionParameters.Band;
import dev.assay.internal.fusion.FusionParameters.Bounds;
import dev.assay.internal.fusion.FusionParameters.Rates;
import dev.assay.internal.fusion.StreamFit;
import dev.assay.internal.model.Adaptation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Fits the heads of one kind of media to a user's files, and writes those that are worth it. */
final class HeadFitting {

  private static final int FEWEST_GROUPS = 5;

  /** The shipped sum is within its bounds already. */
  private static final double UNBOUNDED = 1000;

  private final Subject subject;
  private final LearnedStatistics learned;
  private final List<Example> own;
  private final ProfileFolder folder;
  private final Adapter.Request request;

  /**
   * Fitting.
   *
   * @param learned what the shipped models learned from
   * @param own the user's files, under each condition
   */
  HeadFitting(
      Subject subject,
      LearnedStatistics learned,
      List<Example> own,
      ProfileFolder folder,
      Adapter.Request request) {
    this.subject = subject;
    this.learned = learned;
    this.own = List.copyOf(own);
    this.folder = folder;
    this.request = request;
  }

  /** The head of one generator. */
  HeadResult fit(String system) throws IOException {
    List<Example> positives =
        own.stream().filter(e -> e.synthetic() && e.unit().equals(system)).toList();
    List<Example> reals = new ArrayList<>(own.stream().filter(e -> !e.synthetic()).toList());
    List<Example> others =
        new ArrayList<>(
            own.stream().filter(e -> e.synthetic() && !e.unit().equals(system)).toList());
    for (LearnedStatistics.Row row : learned.rows()) {
      Example example =
          new Example(row.synthetic(), row.unit(), row.page(), true, row.ratio(), row.components());
      (row.synthetic() ? others : reals).add(example);
    }
    long groups = positives.stream().map(Example::group).distinct().count();
    if (groups < FEWEST_GROUPS) {
      return HeadResult.refused(
          system,
          subject.kind(),
          (int) positives.stream().filter(Example::counts).count(),
          "Its files are of "
              + groups
              + " groups only; what is fitted to them cannot be tried on others.");
    }
    Optional<StreamFit> known =
        folder.read().map(Adaptation::fits).map(fits -> fits.get(subject.kind()));
    HeadTrial trial = HeadTrial.of(positives, reals, others, known);
    HeadResult result = trial.result(system, subject.kind(), request.share(), band(known));
    if (result.written()) {
      write(system, trial, result, known);
    }
    return result;
  }

  private Band band(Optional<StreamFit> known) {
    return known.map(StreamFit::thresholds).orElseGet(() -> subject.sum().thresholds());
  }

  private void write(String system, HeadTrial trial, HeadResult result, Optional<StreamFit> known)
      throws IOException {
    LearnedStatistics.OnFeatures head = learned.onFeatures(trial.head());
    byte[] bytes = head.coefficients().bytes();
    String id = id(system);
    Adaptation.Head entry =
        new Adaptation.Head(
            id,
            folder.now(),
            system,
            subject.kind().code(),
            id + ".head",
            ProfileFolder.sha256(bytes),
            result.share(),
            trial.line().slope(),
            trial.line().slope() * head.intercept() + trial.line().intercept(),
            trial.bound());
    HeadResult.Rate after = result.after();
    StreamFit fit =
        new StreamFit(
            known.map(StreamFit::slope).orElse(1.0),
            known.map(StreamFit::intercept).orElse(0.0),
            known.map(StreamFit::bounds).orElse(new Bounds(UNBOUNDED, UNBOUNDED)),
            new Band(result.threshold(), band(known).authentic()),
            new Rates("sources", after.falseAlarms(), after.othersAnswered(), after.missed()));
    folder.addHead(
        entry,
        bytes,
        fit,
        request.profile(),
        request.backbones().getOrDefault(MediaKind.IMAGE, ""),
        result.history(folder.now()));
  }

  /** One generator may make pictures, clips and voices. */
  private String id(String system) {
    String kind = subject == Subject.PICTURES ? "" : "-" + subject.kind().code();
    return "own-" + ProfileFolder.idOf(system) + kind;
  }
}
