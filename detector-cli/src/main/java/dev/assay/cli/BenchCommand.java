package dev.assay.cli;

import dev.assay.internal.bench.BenchResult;
import dev.assay.internal.bench.Benchmark;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** {@code assay bench}: how fast it is here, where the time goes, and what changed. */
final class BenchCommand implements Command {

  private static final int FILES = 40;
  private static final int ROUNDS = 3;
  private static final double MEGA = 1e6;
  private static final double PERCENT = 100;

  @Override
  public String name() {
    return "bench";
  }

  @Override
  public String arguments() {
    return "[options] [FOLDER]";
  }

  @Override
  public String summary() {
    return "Measure speed, with pictures that it makes or with the media of a folder.";
  }

  @Override
  public Options options() {
    Options options = new Options();
    options.addOption(DetectorOptions.option("files", "N", "number of pictures to make (40)"));
    options.addOption(
        DetectorOptions.option("rounds", "N", "how often to measure; the median counts (3)"));
    options.addOption(
        DetectorOptions.option("against", "FILE", "compare with what --json printed before"));
    options.addOption(
        Option.builder().longOpt("json").desc("print JSON, and the table to standard error").get());
    options.addOption(DetectorOptions.PROFILE);
    return options;
  }

  @Override
  public int run(CommandLine line, Terminal terminal)
      throws UsageException, IOException, InterruptedException {
    if (line.getArgList().size() > 1) {
      throw new UsageException("bench takes one folder.");
    }
    Optional<BenchResult> before = before(line);
    Benchmark benchmark =
        new Benchmark(
            DetectorOptions.settings(line), DetectorOptions.count(line, "rounds", ROUNDS));
    BenchResult result =
        line.getArgList().isEmpty()
            ? benchmark.run(DetectorOptions.count(line, "files", FILES))
            : benchmark.run(folder(line.getArgList().get(0)));
    boolean json = line.hasOption("json");
    table(result, before, json ? terminal.err() : terminal.out());
    if (json) {
      terminal.out().println(result.json());
    }
    return ExitCode.DONE;
  }

  private static Path folder(String name) throws UsageException {
    Path folder = DetectorOptions.path(name);
    if (!Files.isDirectory(folder)) {
      throw new UsageException("bench takes a folder of media; " + folder + " is none.");
    }
    return folder;
  }

  private static Optional<BenchResult> before(CommandLine line) throws UsageException {
    String name = line.getOptionValue("against");
    if (name == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(BenchResult.read(Files.readString(DetectorOptions.path(name))));
    } catch (IOException e) {
      throw new UsageException("--against takes what bench --json printed; " + name + " is not.");
    }
  }

  private static void table(BenchResult result, Optional<BenchResult> before, PrintStream out) {
    out.printf(
        Locale.ROOT,
        "assay %s, %d cores, %d files, %.1f MB%n%n",
        result.version(),
        result.cores(),
        result.files(),
        result.bytes() / MEGA);
    out.printf("%-32s %8s %8s%s%n", "", "files/s", "MB/s", before.isPresent() ? "   before" : "");
    for (BenchResult.Run run : result.runs()) {
      String compared =
          before
              .flatMap(earlier -> earlier.run(run.name()).map(earlier::filesPerSecond))
              .map(
                  earlier ->
                      String.format(Locale.ROOT, " x %.2f", result.filesPerSecond(run) / earlier))
              .orElse("");
      out.printf(
          Locale.ROOT,
          "%-32s %8.2f %8.2f  %s%n",
          run.name(),
          result.filesPerSecond(run),
          result.bytes() / MEGA / run.seconds(),
          compared);
      if (!run.shares().isEmpty()) {
        out.println("    processor time: " + shares(run.shares()));
      }
    }
  }

  private static String shares(Map<String, Double> shares) {
    return shares.entrySet().stream()
        .map(
            share ->
                String.format(
                    Locale.ROOT, "%s %.1f %%", share.getKey(), share.getValue() * PERCENT))
        .collect(Collectors.joining(", "));
  }
}
