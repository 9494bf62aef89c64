package dev.assay.evaluation;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.assay.Condition;
import dev.assay.FileAnalyzer;
import dev.assay.Report;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a detector is worth on a data set.
 *
 * @param format 1
 * @param tool the detector
 * @param dataset what was measured on
 * @param notes what was left out, each a sentence
 * @param warnings why the figures may mislead, each a sentence
 * @param leaks what is no content and may tell the classes apart
 * @param conditions what was measured under each, that of the files as found first
 * @param scored the files behind it, by condition; not part of the JSON form
 */
public record Evaluation(
    int format,
    Report.Tool tool,
    Summary dataset,
    List<String> notes,
    List<String> warnings,
    List<Leak> leaks,
    List<OfCondition> conditions,
    @JsonIgnore Map<String, List<Scored>> scored) {

  private static final int FORMAT = 1;

  /**
   * A data set in figures.
   *
   * @param name of the folder or list
   * @param real files
   * @param synthetic files
   * @param systems generators of synthetic media
   * @param sources of real media
   * @param groups files that belong together count once
   */
  public record Summary(
      String name, int real, int synthetic, List<String> systems, int sources, int groups) {}

  /**
   * How to measure.
   *
   * @param conditions beside the files as they are
   * @param comparisons files with other scores of the same files
   * @param workers how many files are examined at a time, at least 1
   * @param cache folder in which what was examined is kept
   * @param detector what tells one detector from another beside its models: its settings
   */
  public record Request(
      List<Condition> conditions,
      List<Path> comparisons,
      int workers,
      Path cache,
      String detector) {
    public Request {
      conditions = List.copyOf(conditions);
      comparisons = List.copyOf(comparisons);
    }
  }

  /** Sees how it goes on. */
  public interface Progress {
    /**
     * A condition is begun.
     *
     * @param condition its code
     * @param files how many there are
     */
    void begin(String condition, int files);

    /**
     * A file is done.
     *
     * @param fresh whether it was examined now, not in an earlier run
     */
    void step(boolean fresh);
  }

  /**
   * Measures. What was examined is kept: the same call goes on where it was.
   *
   * @param analyzer examines the files; stays the caller's to close
   * @throws DatasetException if the data set, or a file of scores, cannot be measured on
   * @throws IOException if results cannot be kept
   * @throws InterruptedException if the calling thread is interrupted
   */
  public static Evaluation of(
      Dataset dataset, FileAnalyzer analyzer, Request request, Progress progress)
      throws DatasetException, IOException, InterruptedException {
    List<ScoreFile> others = new ArrayList<>();
    for (Path file : request.comparisons()) {
      others.add(ScoreFile.read(file));
    }
    Examination examination =
        new Examination(
            analyzer, request.detector(), request.workers(), request.cache(), progress::step);
    progress.begin(Examination.AS_FOUND, dataset.samples().size());
    Inspection inspection =
        Inspection.of(dataset, examination.run(dataset.samples(), Optional.empty()));
    List<Sample> samples = inspection.files().stream().map(Scored::sample).toList();
    Map<String, List<Scored>> scored = new LinkedHashMap<>();
    scored.put(Examination.AS_FOUND, inspection.files());
    for (Condition condition : request.conditions()) {
      List<Sample> pictures =
          inspection.files().stream()
              .filter(file -> file.outcome().kind().equals("image"))
              .map(Scored::sample)
              .toList();
      progress.begin(condition.code(), pictures.size());
      scored.put(condition.code(), examination.run(pictures, Optional.of(condition)));
    }
    return measured(dataset.name(), samples, analyzer, inspection, scored, others);
  }

  private static Evaluation measured(
      String name,
      List<Sample> samples,
      FileAnalyzer analyzer,
      Inspection inspection,
      Map<String, List<Scored>> scored,
      List<ScoreFile> others) {
    List<String> notes = new ArrayList<>(inspection.notes());
    List<OfCondition> conditions = new ArrayList<>();
    scored.forEach(
        (code, files) -> {
          boolean both =
              files.stream().filter(f -> !f.failed()).map(Scored::synthetic).distinct().count()
                  == 2;
          if (both) {
            conditions.add(OfCondition.of(code, files, others));
          } else {
            notes.add("Under " + code + " one of the classes has no files; no figures.");
          }
        });
    return new Evaluation(
        FORMAT,
        analyzer.tool(),
        summary(name, samples),
        notes,
        inspection.warnings(),
        inspection.leaks(),
        conditions,
        scored);
  }

  private static Summary summary(String name, List<Sample> samples) {
    int synthetic = (int) samples.stream().filter(Sample::synthetic).count();
    return new Summary(
        name,
        samples.size() - synthetic,
        synthetic,
        samples.stream().filter(Sample::synthetic).map(Sample::system).distinct().sorted().toList(),
        (int) samples.stream().filter(s -> !s.synthetic()).map(Sample::source).distinct().count(),
        (int) samples.stream().map(Sample::group).distinct().count());
  }

  /** The scores of all files as CSV, for other tools and for later comparisons. */
  public void writeScores(Writer out) throws IOException {
    ScoreFile.write(out, scored);
  }
}
