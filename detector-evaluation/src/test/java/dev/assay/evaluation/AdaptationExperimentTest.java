package dev.assay.evaluation;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The experiment behind the figures of adaptation in EXPERIMENTS.md: a generator whose family no
 * head has seen, then 10, 30 or 100 of its pictures, and what becomes of the rest of them and of
 * all others. Runs where {@code -Dassay.families} names what {@code statistics --families} wrote.
 */
class AdaptationExperimentTest {

  @Test
  void givesPicturesOfAGeneratorThatNobodyKnows() throws IOException {
    String file = System.getProperty("assay.families", "");
    assumeTrue(
        !file.isEmpty(), "no statistics of left-out families: name them by -Dassay.families");
    Subject subject = Subject.valueOf(System.getProperty("assay.subject", "PICTURES"));
    LearnedStatistics learned = LearnedStatistics.read(subject, Files.readAllBytes(Path.of(file)));
    for (String system : System.getProperty("assay.systems").split(";", -1)) {
      for (int count : new int[] {10, 30, 100}) {
        tried(subject, learned, system, count);
      }
    }
  }

  private static void tried(Subject subject, LearnedStatistics learned, String system, int count) {
    List<Example> own = new ArrayList<>();
    List<Example> reals = new ArrayList<>();
    List<Example> others = new ArrayList<>();
    for (LearnedStatistics.Row row : learned.rows()) {
      boolean taken = row.synthetic() && row.unit().equals(system);
      Example example =
          new Example(
              row.synthetic(),
              row.unit(),
              taken ? "own " + own.size() : row.page(),
              true,
              row.ratio(),
              row.components());
      (taken ? own : row.synthetic() ? others : reals).add(example);
    }
    Collections.shuffle(own, new Random(3));
    if (own.size() < count + 20) {
      return;
    }
    List<Example> given = own.subList(0, count);
    List<Example> rest = own.subList(count, own.size());
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
        rest.size(),
        100 * before.rest(),
        100 * after.rest(),
        100 * before.others(),
        100 * after.others(),
        result.share(),
        result.written() ? "yes" : "no");
  }
}
