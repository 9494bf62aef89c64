package dev.assay.cli;

import dev.assay.DetectorSettings;
import dev.assay.FileAnalyzer;
import dev.assay.evaluation.Adapter;
import dev.assay.evaluation.Dataset;
import dev.assay.evaluation.DatasetException;
import dev.assay.evaluation.Evaluation;
import dev.assay.evaluation.HeadResult;
import dev.assay.evaluation.ProfileFolder;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;

/** {@code assay adapt}: a further head for a generator that the shipped models miss. */
final class AdaptCommand implements Command {

  private static final double PERCENT = 100;

  @Override
  public String name() {
    return "adapt";
  }

  @Override
  public String arguments() {
    return "[options] DATASET -o DIR";
  }

  @Override
  public String summary() {
    return "Teach the detector a new generator, from "
        + Adapter.FEWEST
        + " of its pictures, clips or voices or more.";
  }

  @Override
  public Options options() {
    Options options = new Options();
    options.addOption(
        DetectorOptions.option(
            "share",
            "PERCENT",
            "how much of the synthetic media that you meet this generator makes at most (30)"));
    FittingOptions.addTo(options);
    return options;
  }

  @Override
  public Map<Integer, String> outcomes() {
    return Map.of(ExitCode.SOME_FAILED, "done, but some heads were not worth it and not written");
  }

  @Override
  public int run(CommandLine line, Terminal terminal)
      throws UsageException, IOException, InterruptedException {
    Path dataset = DatasetOptions.dataset(line, name());
    ProfileFolder folder = FittingOptions.folder(line, name());
    DetectorSettings settings = FittingOptions.settings(line);
    double share =
        line.hasOption("share")
            ? DetectorOptions.number(
                    line, "share", p -> p > 0 && p < 100, "per cent between 0 and 100")
                / PERCENT
            : Adapter.SHARE;
    Adapter.Request request =
        new Adapter.Request(share, settings.profile().code(), FittingOptions.backbones(settings));
    Evaluation.Request how = DatasetOptions.request(line, settings, List.of(), List.of());
    Optional<Path> media = DatasetOptions.media(line);
    return DatasetOptions.run(
        line,
        settings,
        how.workers(),
        analyzer ->
            run(Dataset.readSynthetic(dataset, media), analyzer, how, request, folder, terminal));
  }

  private static int run(
      Dataset dataset,
      FileAnalyzer analyzer,
      Evaluation.Request how,
      Adapter.Request request,
      ProfileFolder folder,
      Terminal terminal)
      throws DatasetException, IOException, InterruptedException {
    List<HeadResult> results;
    try (EvaluationProgress progress = new EvaluationProgress(terminal)) {
      results = Adapter.run(dataset, analyzer, how, request, folder, progress);
    }
    results.forEach(result -> print(result, terminal.out()));
    boolean all = results.stream().allMatch(HeadResult::written);
    if (results.stream().anyMatch(HeadResult::written)) {
      terminal
          .out()
          .println(
              "Written to " + folder.path() + "; --profile-dir " + folder.path() + " uses it.");
    }
    return all ? ExitCode.DONE : ExitCode.SOME_FAILED;
  }

  private static void print(HeadResult result, PrintStream out) {
    String files = FittingOptions.files(result.kind().code());
    out.printf(Locale.ROOT, "%s, %d %s%n", Terminal.safe(result.system()), result.files(), files);
    if (!result.written()) {
      out.println("  Not written. " + result.why());
      return;
    }
    out.printf(
        Locale.ROOT,
        "  found where 2 %% of real %s are called synthetic: %.1f %% before, %.1f %% after"
            + " (gain %.1f to %.1f points, files left out)%n",
        files,
        PERCENT * result.before().own(),
        PERCENT * result.after().own(),
        PERCENT * result.gain().low(),
        PERCENT * result.gain().high());
    out.printf(
        Locale.ROOT,
        "  other generators: %.1f %% before, %.1f %% after%n",
        PERCENT * result.before().others(),
        PERCENT * result.after().others());
    out.printf(
        Locale.ROOT,
        "  called synthetic from %.1f %%: %.1f %% of it (%.1f before), %.2f %% of real %s (%.2f before)%n",
        PERCENT * result.threshold(),
        PERCENT * result.after().ownAnswered(),
        PERCENT * result.before().ownAnswered(),
        PERCENT * result.after().falseAlarms(),
        files,
        PERCENT * result.before().falseAlarms());
  }
}
