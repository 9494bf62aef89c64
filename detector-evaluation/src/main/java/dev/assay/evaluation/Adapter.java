package dev.assay.evaluation;

import dev.assay.Condition;
import dev.assay.ContentFeatures;
import dev.assay.FileAnalyzer;
import dev.assay.MediaKind;
import dev.assay.internal.fusion.FusionParameters;
import dev.assay.internal.fusion.FusionParameters.Band;
import dev.assay.internal.fusion.FusionParameters.Bounds;
import dev.assay.internal.fusion.FusionParameters.Rates;
import dev.assay.internal.fusion.StreamFit;
import dev.assay.internal.model.Adaptation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Fits a further head to one generator, from as few as thirty of its pictures, beside pictures that
 * the shipped models learned from, so that nothing is forgotten. A head that is no better on files
 * left out, or that costs the others, is not written.
 */
public final class Adapter {

  /** Pictures of a generator, fewer than which are no head. */
  public static final int FEWEST = 30;

  /**
   * Share of a generator among the synthetic media that is met, unless the user says another:
   * somebody who adapts meets it. Smaller ones are tried where this costs the others.
   */
  public static final double SHARE = 0.3;

  private static final int FEWEST_GROUPS = 5;

  /** Both classes pass the same encoders: neither format nor size tells them apart. */
  private static final List<Condition> CONDITIONS =
      List.of(Condition.of("jpeg95"), Condition.of("screenshot"));

  /**
   * What to fit.
   *
   * @param share of the generator among the synthetic media that is met, strictly between 0 and 1
   * @param profile how much work the content is worth, as settings name it
   * @param backbone SHA-256 of the backbone of the models
   */
  public record Request(double share, String profile, String backbone) {}

  private final FileAnalyzer analyzer;
  private final Evaluation.Request how;
  private final Request request;
  private final ProfileFolder folder;
  private final LearnedStatistics learned = LearnedStatistics.shipped();
  private final FusionParameters.Sum sum;

  private Adapter(
      FileAnalyzer analyzer, Evaluation.Request how, Request request, ProfileFolder folder) {
    this.analyzer = analyzer;
    this.how = how;
    this.request = request;
    this.folder = folder;
    this.sum =
        FusionParameters.shipped().image().sum(Set.of("clip-whole", "clip-native")).orElseThrow();
  }

  /**
   * Fits a head for each generator of a data set that has enough pictures, and writes those that
   * are worth it.
   *
   * @param dataset synthetic pictures, and real ones where there are any
   * @param analyzer by the shipped models alone
   * @return what came of each generator
   * @throws DatasetException if no generator has enough pictures
   */
  public static List<HeadResult> run(
      Dataset dataset,
      FileAnalyzer analyzer,
      Evaluation.Request how,
      Request request,
      ProfileFolder folder,
      Evaluation.Progress progress)
      throws DatasetException, IOException, InterruptedException {
    return new Adapter(analyzer, how, request, folder).run(dataset, progress);
  }

  private List<HeadResult> run(Dataset dataset, Evaluation.Progress progress)
      throws DatasetException, IOException, InterruptedException {
    if (!learned.backbone().equals(request.backbone())) {
      throw new DatasetException(
          "Heads are fitted to features of the shipped backbone; --profile fast, and models of"
              + " your own in its place, have none. Use --profile balanced.");
    }
    List<Scored> files = pictures(dataset, progress);
    Map<String, Integer> counts = new LinkedHashMap<>();
    files.stream()
        .filter(Scored::synthetic)
        .forEach(file -> counts.merge(file.sample().system(), 1, Integer::sum));
    List<String> systems =
        counts.entrySet().stream()
            .filter(e -> e.getValue() >= FEWEST)
            .map(Map.Entry::getKey)
            .toList();
    if (systems.isEmpty()) {
      throw new DatasetException(
          "No generator has "
              + FEWEST
              + " pictures that can be examined; the most are "
              + counts.entrySet().stream()
                  .max(Map.Entry.comparingByValue())
                  .map(most -> most.getValue() + " of " + most.getKey())
                  .orElse("none")
              + ". Add pictures, or put them into one folder.");
    }
    List<Example> examples = examples(files, progress);
    List<HeadResult> results = new ArrayList<>();
    for (String system : systems) {
      results.add(adapted(system, examples));
    }
    return results;
  }

  private List<Scored> pictures(Dataset dataset, Evaluation.Progress progress)
      throws DatasetException, IOException, InterruptedException {
    Examination examination = examination(progress);
    progress.begin(Examination.AS_FOUND, dataset.samples().size());
    List<String> notes = new ArrayList<>();
    return Inspection.distinct(examination.run(dataset.samples(), Optional.empty()), notes).stream()
        .filter(file -> !file.failed() && file.outcome().kind().equals(MediaKind.IMAGE.code()))
        .toList();
  }

  private Examination examination(Evaluation.Progress progress) {
    return new Examination(analyzer, how.detector(), how.workers(), how.cache(), progress::step);
  }

  /** The user's pictures under each condition. */
  private List<Example> examples(List<Scored> files, Evaluation.Progress progress)
      throws IOException, InterruptedException {
    FeatureCache features = new FeatureCache(how.cache(), request.backbone(), analyzer);
    List<Example> examples = new ArrayList<>();
    List<Sample> samples = files.stream().map(Scored::sample).toList();
    for (Condition condition : CONDITIONS) {
      progress.begin(condition.code(), files.size());
      List<Scored> copies =
          examination(progress).run(samples, Optional.of(condition)).stream()
              .filter(copy -> !copy.failed())
              .toList();
      List<Optional<Components>> components =
          SideBySide.of(
              copies,
              how.workers(),
              copy -> features.of(copy, condition).flatMap(learned::components));
      for (int i = 0; i < copies.size(); i++) {
        if (components.get(i).isPresent()) {
          examples.add(example(copies.get(i), condition, components.get(i).get()));
        }
      }
    }
    return examples;
  }

  private static Example example(Scored copy, Condition condition, Components components) {
    return new Example(
        copy.synthetic(),
        copy.sample().unit(),
        "own " + copy.sample().group(),
        condition.equals(CONDITIONS.get(0)),
        copy.content(),
        components);
  }

  /** The head of one generator. */
  private HeadResult adapted(String system, List<Example> own) throws IOException {
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
          positives.size() / CONDITIONS.size(),
          "Its pictures are of "
              + groups
              + " groups only; what is fitted to them cannot be tried on others.");
    }
    Optional<StreamFit> known =
        folder.read().map(Adaptation::fits).map(fits -> fits.get(MediaKind.IMAGE));
    HeadTrial trial = HeadTrial.of(positives, reals, others, known);
    HeadResult result = trial.result(system, request.share(), band(known));
    if (result.written()) {
      write(system, trial, result, known);
    }
    return result;
  }

  private Band band(Optional<StreamFit> known) {
    return known.map(StreamFit::thresholds).orElse(sum.thresholds());
  }

  private void write(String system, HeadTrial trial, HeadResult result, Optional<StreamFit> known)
      throws IOException {
    LearnedStatistics.OnFeatures head = learned.onFeatures(trial.head());
    ContentFeatures coefficients = head.coefficients();
    byte[] bytes = coefficients.bytes();
    String id = "own-" + ProfileFolder.idOf(system);
    Adaptation.Head entry =
        new Adaptation.Head(
            id,
            folder.now(),
            system,
            MediaKind.IMAGE.code(),
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
        entry, bytes, fit, request.profile(), request.backbone(), result.history(folder.now()));
  }

  /** The shipped sum is within its bounds already. */
  private static final double UNBOUNDED = 1000;
}
