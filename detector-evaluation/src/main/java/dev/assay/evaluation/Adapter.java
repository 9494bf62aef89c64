package dev.assay.evaluation;

import dev.assay.Condition;
import dev.assay.FileAnalyzer;
import dev.assay.MediaKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Fits a further head to one generator, from as few as thirty of its pictures, clips or voices,
 * beside those that the shipped models learned from, so that nothing is forgotten. A head that is
 * no better on files left out, or that costs the others, is not written.
 */
public final class Adapter {

  /** Files of a generator, fewer than which are no head. */
  public static final int FEWEST = 30;

  /**
   * Share of a generator among the synthetic media that is met, unless the user says another:
   * somebody who adapts meets it. Smaller ones are tried where this costs the others.
   */
  public static final double SHARE = 0.3;

  /**
   * What to fit.
   *
   * @param share of the generator among the synthetic media that is met, strictly between 0 and 1
   * @param profile how much work the content is worth, as settings name it
   * @param backbones SHA-256 of the backbone of the models, by kind of media
   */
  public record Request(double share, String profile, Map<MediaKind, String> backbones) {}

  private static final String NO_BACKBONE =
      "Heads for pictures and clips are fitted to features of the shipped backbone; --profile fast,"
          + " and models of your own in its place, have none. Use --profile balanced.";

  private final FileAnalyzer analyzer;
  private final Evaluation.Request how;
  private final Request request;
  private final ProfileFolder folder;
  private final Evaluation.Progress progress;

  private Adapter(
      FileAnalyzer analyzer,
      Evaluation.Request how,
      Request request,
      ProfileFolder folder,
      Evaluation.Progress progress) {
    this.analyzer = analyzer;
    this.how = how;
    this.request = request;
    this.folder = folder;
    this.progress = progress;
  }

  /**
   * Fits a head for each generator of a data set that has enough files of a kind, and writes those
   * that are worth it.
   *
   * @param dataset synthetic media, and real media where there is any
   * @param analyzer by the shipped models alone
   * @return what came of each generator
   * @throws DatasetException if no generator has enough files
   */
  public static List<HeadResult> run(
      Dataset dataset,
      FileAnalyzer analyzer,
      Evaluation.Request how,
      Request request,
      ProfileFolder folder,
      Evaluation.Progress progress)
      throws DatasetException, IOException, InterruptedException {
    return new Adapter(analyzer, how, request, folder, progress).run(dataset);
  }

  private List<HeadResult> run(Dataset dataset)
      throws DatasetException, IOException, InterruptedException {
    Map<Subject, LearnedStatistics> learned = learned();
    if (learned.isEmpty()) {
      throw new DatasetException(NO_BACKBONE);
    }
    progress.begin(Examination.AS_FOUND, dataset.samples().size());
    List<Scored> files =
        Inspection.distinct(
            examination().run(dataset.samples(), Optional.empty()), new ArrayList<>());
    List<HeadResult> results = new ArrayList<>();
    for (Map.Entry<Subject, LearnedStatistics> each : learned.entrySet()) {
      List<String> systems =
          counts(each.getKey(), files).entrySet().stream()
              .filter(count -> count.getValue() >= FEWEST)
              .map(Map.Entry::getKey)
              .toList();
      if (!systems.isEmpty()) {
        results.addAll(adapted(each.getKey(), each.getValue(), systems, files));
      }
    }
    if (results.isEmpty()) {
      throw tooFew(learned.keySet(), files);
    }
    return results;
  }

  /** What was learned from, of what the models have the shipped backbone for. */
  private Map<Subject, LearnedStatistics> learned() {
    Map<Subject, LearnedStatistics> learned = new EnumMap<>(Subject.class);
    for (Subject subject : Subject.values()) {
      LearnedStatistics shipped = LearnedStatistics.shipped(subject);
      if (shipped.backbone().equals(request.backbones().get(subject.kind()))) {
        learned.put(subject, shipped);
      }
    }
    return learned;
  }

  /** How many files of this kind each generator has. */
  private static Map<String, Integer> counts(Subject subject, List<Scored> files) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    files.stream()
        .filter(file -> file.synthetic() && subject.holds(file))
        .forEach(file -> counts.merge(file.sample().system(), 1, Integer::sum));
    return counts;
  }

  private static DatasetException tooFew(Set<Subject> subjects, List<Scored> files) {
    Optional<Map.Entry<String, Integer>> most =
        subjects.stream()
            .flatMap(subject -> counts(subject, files).entrySet().stream())
            .max(Map.Entry.comparingByValue());
    return new DatasetException(
        "No generator has "
            + FEWEST
            + " pictures, clips or recordings of speech that the models judge; the most are "
            + most.map(count -> count.getValue() + " of " + count.getKey()).orElse("none")
            + ". Add some, or put them into one folder."
            + (subjects.contains(Subject.PICTURES) ? "" : " " + NO_BACKBONE));
  }

  private List<HeadResult> adapted(
      Subject subject, LearnedStatistics learned, List<String> systems, List<Scored> all)
      throws IOException, InterruptedException {
    List<Scored> files = all.stream().filter(subject::holds).toList();
    List<Example> examples = new ArrayList<>();
    if (subject.conditions().isEmpty()) {
      examples.addAll(examples(files, Optional.empty(), true, learned));
    }
    for (Condition condition : subject.conditions()) {
      List<Sample> samples = files.stream().map(Scored::sample).toList();
      progress.begin(condition.code(), files.size());
      List<Scored> copies =
          examination().run(samples, Optional.of(condition)).stream()
              .filter(copy -> !copy.failed())
              .toList();
      boolean first = condition.equals(subject.conditions().get(0));
      examples.addAll(examples(copies, Optional.of(condition), first, learned));
    }
    HeadFitting fitting = new HeadFitting(subject, learned, examples, folder, request);
    List<HeadResult> results = new ArrayList<>();
    for (String system : systems) {
      results.add(fitting.fit(system));
    }
    return results;
  }

  private Examination examination() {
    return new Examination(analyzer, how.detector(), how.workers(), how.cache(), progress::step);
  }

  private List<Example> examples(
      List<Scored> files, Optional<Condition> condition, boolean counts, LearnedStatistics learned)
      throws IOException, InterruptedException {
    FeatureCache features = new FeatureCache(how.cache(), learned.backbone(), analyzer);
    List<Optional<Components>> components =
        SideBySide.of(
            files,
            how.workers(),
            file -> features.of(file, condition).flatMap(learned::components));
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      if (components.get(i).isPresent()) {
        Scored file = files.get(i);
        examples.add(
            new Example(
                file.synthetic(),
                file.sample().unit(),
                "own " + file.sample().group(),
                counts,
                file.sum(),
                components.get(i).get()));
      }
    }
    return examples;
  }
}
