package dev.assay.cli;

import dev.assay.DetectorSettings;
import dev.assay.FileAnalyzer;
import dev.assay.MediaKind;
import dev.assay.evaluation.Calibrator;
import dev.assay.evaluation.Dataset;
import dev.assay.evaluation.DatasetException;
import dev.assay.evaluation.Evaluation;
import dev.assay.evaluation.ProfileFolder;
import dev.assay.internal.fusion.StreamFit;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** {@code assay calibrate}: probabilities and thresholds for one stream of media. */
final class CalibrateCommand implements Command {

  private static final double FALSE_ALARMS = 0.015;
  private static final double PERCENT = 100;

  @Override
  public String name() {
    return "calibrate";
  }

  @Override
  public String arguments() {
    return "[options] DATASET -o DIR";
  }

  @Override
  public String summary() {
    return "Fit probabilities and thresholds to media of your own, from "
        + Calibrator.FEWEST
        + " labelled files or more.";
  }

  @Override
  public Options options() {
    Options options = new Options();
    options.addOption(
        DetectorOptions.option(
            "false-alarms",
            "PERCENT",
            "real media that may be called synthetic, in per cent (1.5)"));
    options.addOption(
        Option.builder()
            .longOpt("sample")
            .desc(
                "the files are a random sample of the stream: its share of synthetic media becomes"
                    + " the prior")
            .get());
    FittingOptions.addTo(options);
    return options;
  }

  @Override
  public int run(CommandLine line, Terminal terminal)
      throws UsageException, IOException, InterruptedException {
    Path dataset = DatasetOptions.dataset(line, name());
    ProfileFolder folder = FittingOptions.folder(line, name());
    DetectorSettings settings = FittingOptions.settings(line);
    Calibrator.Request request =
        new Calibrator.Request(
            line.hasOption("false-alarms")
                ? DetectorOptions.number(
                        line, "false-alarms", p -> p > 0 && p < 50, "per cent between 0 and 50")
                    / PERCENT
                : FALSE_ALARMS,
            line.hasOption("sample"),
            settings.profile().code(),
            FittingOptions.backbones(settings).getOrDefault(MediaKind.IMAGE, ""));
    Evaluation.Request how = DatasetOptions.request(line, settings, List.of(), List.of());
    Optional<Path> media = DatasetOptions.media(line);
    return DatasetOptions.run(
        line,
        settings,
        how.workers(),
        analyzer -> run(Dataset.read(dataset, media), analyzer, how, request, folder, terminal));
  }

  private static int run(
      Dataset dataset,
      FileAnalyzer analyzer,
      Evaluation.Request how,
      Calibrator.Request request,
      ProfileFolder folder,
      Terminal terminal)
      throws DatasetException, IOException, InterruptedException {
    List<Calibrator.Result> results;
    try (EvaluationProgress progress = new EvaluationProgress(terminal)) {
      results = Calibrator.run(dataset, analyzer, how, request, folder, progress);
    }
    results.forEach(result -> print(result, terminal.out()));
    terminal
        .out()
        .println("Written to " + folder.path() + "; --profile-dir " + folder.path() + " uses it.");
    return ExitCode.DONE;
  }

  private static void print(Calibrator.Result result, PrintStream out) {
    StreamFit fit = result.fit();
    out.printf(
        Locale.ROOT,
        "%s, %d files: Cllr %.3f bits as shipped, %.3f as fitted, on files left out%n",
        result.kind().code(),
        result.files(),
        result.cllr(),
        result.fittedCllr());
    out.printf(
        Locale.ROOT,
        "  log-odds times %.2f %+.2f; synthetic from %.1f %%, not synthetic up to %.1f %%%n",
        fit.slope(),
        fit.intercept(),
        PERCENT * fit.thresholds().synthetic(),
        PERCENT * fit.thresholds().authentic());
    out.printf(
        Locale.ROOT,
        "  there %.1f %% of real files are called synthetic, and %.1f %% of synthetic ones%n",
        PERCENT * fit.measured().falsePositives(),
        PERCENT * fit.measured().recall());
    result
        .prior()
        .ifPresent(prior -> out.printf(Locale.ROOT, "  prior %.1f %%%n", PERCENT * prior));
    result.warnings().forEach(warning -> out.println("! " + Terminal.safe(warning)));
  }
}
