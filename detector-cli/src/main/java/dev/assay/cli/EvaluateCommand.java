package dev.assay.cli;

import dev.assay.Condition;
import dev.assay.DetectorSettings;
import dev.assay.FileAnalyzer;
import dev.assay.evaluation.Dataset;
import dev.assay.evaluation.DatasetException;
import dev.assay.evaluation.Evaluation;
import dev.assay.evaluation.EvaluationJson;
import dev.assay.evaluation.EvaluationPage;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** {@code assay evaluate}: what the detector is worth on labelled media. */
final class EvaluateCommand implements Command {

  @Override
  public String name() {
    return "evaluate";
  }

  @Override
  public String arguments() {
    return "[options] DATASET";
  }

  @Override
  public String summary() {
    return "Measure the detector on labelled media: a folder with real and synthetic in it, or a list.";
  }

  @Override
  public Options options() {
    Options options = new Options();
    options.addOption(
        Option.builder("o")
            .longOpt("output")
            .hasArg()
            .argName("FILE")
            .desc("write all figures as JSON")
            .get());
    options.addOption(DetectorOptions.option("page", "FILE", "write a page with plots (HTML)"));
    options.addOption(DetectorOptions.option("csv", "FILE", "write the scores of all files"));
    options.addOption(
        DetectorOptions.option(
            "condition",
            "LIST",
            "also measure copies, comma-separated: jpeg1 to jpeg100, webp1 to webp100, half,"
                + " quarter, screenshot"));
    options.addOption(
        DetectorOptions.option(
            "compare",
            "FILE",
            "compare with the scores in this file, of an earlier run (--csv) or of another"
                + " detector; may be repeated"));
    DatasetOptions.addTo(options);
    return options;
  }

  /** What is written, and where. */
  private record Written(Optional<Path> json, Optional<Path> page, Optional<Path> csv) {
    static Written of(CommandLine line) throws UsageException {
      return new Written(file(line, "output"), file(line, "page"), file(line, "csv"));
    }

    private static Optional<Path> file(CommandLine line, String option) throws UsageException {
      return line.hasOption(option)
          ? Optional.of(DetectorOptions.output(line.getOptionValue(option), "--" + option))
          : Optional.empty();
    }
  }

  @Override
  public int run(CommandLine line, Terminal terminal)
      throws UsageException, IOException, InterruptedException {
    Path dataset = DatasetOptions.dataset(line, name());
    DetectorSettings settings = DetectorOptions.settings(line);
    Written written = Written.of(line);
    Optional<Path> media = DatasetOptions.media(line);
    Evaluation.Request request =
        DatasetOptions.request(line, settings, conditions(line), comparisons(line));
    return DatasetOptions.run(
        line,
        settings,
        request.workers(),
        analyzer -> run(Dataset.read(dataset, media), analyzer, request, written, terminal));
  }

  private static int run(
      Dataset dataset,
      FileAnalyzer analyzer,
      Evaluation.Request request,
      Written written,
      Terminal terminal)
      throws DatasetException, IOException, InterruptedException {
    Evaluation evaluation;
    try (EvaluationProgress progress = new EvaluationProgress(terminal)) {
      evaluation = Evaluation.of(dataset, analyzer, request, progress);
    }
    if (written.json().isPresent()) {
      Files.writeString(written.json().get(), EvaluationJson.of(evaluation));
    }
    if (written.page().isPresent()) {
      Files.writeString(
          written.page().get(), new EvaluationPage(evaluation, analyzer::thumbnail).document());
    }
    if (written.csv().isPresent()) {
      try (Writer out = Files.newBufferedWriter(written.csv().get())) {
        evaluation.writeScores(out);
      }
    }
    EvaluationText.print(evaluation, terminal.out());
    return ExitCode.DONE;
  }

  private static List<Condition> conditions(CommandLine line) throws UsageException {
    List<Condition> conditions = new ArrayList<>();
    if (line.hasOption("condition")) {
      for (String code : line.getOptionValue("condition").split(",", -1)) {
        try {
          conditions.add(Condition.of(code.trim()));
        } catch (IllegalArgumentException e) {
          throw new UsageException("--condition: " + e.getMessage() + ".");
        }
      }
    }
    return conditions;
  }

  private static List<Path> comparisons(CommandLine line) throws UsageException {
    List<Path> files = new ArrayList<>();
    if (line.hasOption("compare")) {
      for (String name : line.getOptionValues("compare")) {
        Path file = DetectorOptions.path(name);
        if (!Files.isRegularFile(file)) {
          throw new UsageException("--compare takes a file of scores; " + name + " is none.");
        }
        files.add(file);
      }
    }
    return files;
  }
}
