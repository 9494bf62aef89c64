package dev.assay.evaluation;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The experiment behind the figures of adaptation in EXPERIMENTS.md: a generator that no head has
 * seen, then 10, 30 or 100 of its files, and what becomes of the rest of them and of all others.
 * Copies of a file are never parted. Runs where {@code -Dassay.statistics} names what the recipe
 * wrote of left-out generators, and {@code -Dassay.keys} the files of its rows.
 */
class AdaptationExperimentTest {

  /** Files of a generator that are tried, fewer than which tell nothing. */
  private static final int FEWEST_TRIED = 12;

  @Test
  void givesFilesOfAGeneratorThatNobodyKnows() throws IOException {
    String file = System.getProperty("assay.statistics", "");
    assumeTrue(!file.isEmpty(), "no statistics: name them by -Dassay.statistics");
    Subject subject = Subject.valueOf(System.getProperty("assay.subject", "PICTURES"));
    LearnedStatistics learned = LearnedStatistics.read(subject, Files.readAllBytes(Path.of(file)));
    List<String> keys =
        List.of(
            new ObjectMapper()
                .readValue(Path.of(System.getProperty("assay.keys")).toFile(), String[].class));
    for (String system : System.getProperty("assay.systems").split(";", -1)) {
      for (int count : new int[] {10, 30, 100}) {
        tried(subject, learned, keys, system, count);
      }
    }
  }

  private static void tried(
      Subject subject, LearnedStatistics learned, List<String> keys, String system, int count) {
    List<String> files = new ArrayList<>(files(learned, keys, system));
    Collections.shuffle(files, new Random(3));
    if (files.size() < count + FEWEST_TRIED) {
      return;
    }
    Set<String> shown = new HashSet<>(files.subList(0, count));
    Set<String> seen = new HashSet<>();
    List<Example> given = new ArrayList<>();
    List<Example> rest = new ArrayList<>();
    List<Example> reals = new ArrayList<>();
    List<Example> others = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      LearnedStatistics.Row row = learned.rows().get(i);
      boolean own = row.synthetic() && row.unit().equals(system);
      Example example =
          new Example(
              row.synthetic(),
              row.unit(),
              own ? keys.get(i) : row.page(),
              !own || seen.add(keys.get(i)),
              row.ratio(),
              row.components());
      if (own) {
        (shown.contains(keys.get(i)) ? given : rest).add(example);
      } else {
        (row.synthetic() ? others : reals).add(example);
      }
    }
    HeadTrial trial = HeadTrial.of(given, reals, others, Optional.empty());
    HeadResult result =
        trial.result(system, subject.kind(), Adapter.SHARE, subject.sum().thresholds());
    HeadTrial.Recall before = trial.recall(rest, 0);
    HeadTrial.Recall after = trial.recall(rest, result.share());
    System.out.printf(
        Locale.ROOT,
        "| %s | %d | %d | %.1f %% | %.1f %% | %.1f %% | %.1f %% | %.3f | %s |%n",
        system,
        count,
        files.size() - count,
        100 * before.rest(),
        100 * after.rest(),
        100 * before.others(),
        100 * after.others(),
        result.share(),
        result.written() ? "yes" : "no");
  }

  private static Set<String> files(LearnedStatistics learned, List<String> keys, String system) {
    Set<String> files = new LinkedHashSet<>();
    for (int i = 0; i < keys.size(); i++) {
      LearnedStatistics.Row row = learned.rows().get(i);
      if (row.synthetic() && row.unit().equals(system)) {
        files.add(keys.get(i));
      }
    }
    return files;
  }
}
