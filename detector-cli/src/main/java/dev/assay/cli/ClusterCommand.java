package dev.assay.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.DetectorSettings;
import dev.assay.Profile;
import dev.assay.Report;
import dev.assay.evaluation.Counted;
import dev.assay.isolation.IsolatedDetector;
import dev.assay.isolation.WorkerLimits;
import dev.assay.known.KnownIndex;
import dev.assay.known.NearGroups;
import dev.assay.known.NearPairs;
import dev.assay.known.PdqHash;
import dev.assay.scan.ScanSummary;
import dev.assay.scan.Scanner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** {@code assay cluster}: files that show nearly the same. */
final class ClusterCommand implements Command {

  private static final int CORES = Runtime.getRuntime().availableProcessors();
  private static final String DISTANCE = "distance";
  private static final String REPORTS = ".jsonl";
  private static final String INDEXES = ".index";

  @Override
  public String name() {
    return "cluster";
  }

  @Override
  public String arguments() {
    return "[options] PATH...";
  }

  @Override
  public String summary() {
    return "Group files that show nearly the same, the largest group first: of reports (.jsonl), an"
        + " index (.index), files and folders.";
  }

  @Override
  public Options options() {
    Options options = new Options();
    options.addOption(
        DetectorOptions.option(
            DISTANCE, "BITS", "bits of 256 in which two hashes differ at most, 0 to 31 (31)"));
    options.addOption(
        Option.builder()
            .longOpt("json")
            .desc("write each group as a line of JSON: how many files, and their paths")
            .get());
    options.addOption(
        DetectorOptions.option(
            "workers", "N", "number of files examined at a time (one per core)"));
    return options;
  }

  @Override
  public Map<Integer, String> outcomes() {
    return Map.of(ExitCode.SOME_FAILED, "done, but some files could not be examined");
  }

  /** The files that are compared, by their numbers. */
  private static final class Compared {

    private final NearGroups groups = new NearGroups();
    private final List<String> names = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();

    void add(Report report) {
      for (Report.FrameHash frame :
          report.media().map(Report.MediaFacts::hashes).orElse(List.of())) {
        add(report.file().path(), PdqHash.parse(frame.pdq(), frame.quality()));
      }
    }

    void add(String name, PdqHash hash) {
      int number =
          numbers.computeIfAbsent(
              name,
              unknown -> {
                names.add(name);
                return names.size() - 1;
              });
      groups.add(number, hash);
    }
  }

  @Override
  public int run(CommandLine line, Terminal terminal)
      throws UsageException, IOException, InterruptedException {
    if (line.getArgList().isEmpty()) {
      throw new UsageException("cluster takes files of reports, an index, files or folders.");
    }
    int distance =
        line.hasOption(DISTANCE)
            ? (int)
                DetectorOptions.number(
                    line,
                    DISTANCE,
                    bits -> bits >= 0 && bits <= NearPairs.MAX_DISTANCE && bits == Math.rint(bits),
                    "a whole number from 0 to " + NearPairs.MAX_DISTANCE)
            : PdqHash.SAME;
    Compared files = new Compared();
    PathArguments paths = PathArguments.of(line, REPORTS, INDEXES);
    for (Path reports : paths.ending(REPORTS)) {
      ReportLines.forEach(reports, files::add);
    }
    for (Path index : paths.ending(INDEXES)) {
      addIndex(index, files);
    }
    List<Path> media = paths.media();
    long failed = media.isEmpty() ? 0 : addMedia(media, line, files, terminal);
    print(files, distance, line.hasOption("json"), terminal);
    return failed > 0 ? ExitCode.SOME_FAILED : ExitCode.DONE;
  }

  private static void addIndex(Path path, Compared files) throws IOException {
    try (KnownIndex index = KnownIndex.open(path)) {
      index.forEach(entry -> files.add(entry.file().name(), entry.fingerprint().hash()));
    }
  }

  private static long addMedia(
      List<Path> paths, CommandLine line, Compared files, Terminal terminal)
      throws UsageException, IOException, InterruptedException {
    int workers = DetectorOptions.count(line, "workers", CORES);
    DetectorSettings settings =
        DetectorSettings.defaults()
            .withProfile(Profile.FAST)
            .withOnly(IndexCommand.DECODING_EXAMINERS);
    try (IsolatedDetector detector =
        new IsolatedDetector(settings, workers, WorkerLimits.defaults())) {
      ScanSummary summary =
          new Scanner(detector, workers)
              .scan(
                  paths,
                  report -> {
                    files.add(report);
                    IndexCommand.complain(report, terminal);
                  });
      return summary.failed();
    }
  }

  private static void print(Compared files, int distance, boolean json, Terminal terminal) {
    List<List<Integer>> groups = files.groups.largestFirst(distance);
    for (List<Integer> group : groups) {
      List<String> names = group.stream().map(files.names::get).toList();
      if (json) {
        terminal.out().println(json(names));
      } else {
        terminal.out().println(Counted.of(names.size(), "file"));
        names.forEach(name -> terminal.out().println("  " + Terminal.safe(name)));
      }
    }
    if (!json) {
      long grouped = groups.stream().mapToLong(List::size).sum();
      terminal
          .out()
          .println(
              Counted.of(groups.size(), "group")
                  + " of "
                  + grouped
                  + " of "
                  + Counted.of(files.names.size(), "file")
                  + ", by hashes that differ in at most "
                  + distance
                  + " of 256 bits.");
    }
  }

  private static String json(List<String> names) {
    ObjectNode group = JsonNodeFactory.instance.objectNode().put("count", names.size());
    names.forEach(group.putArray("files")::add);
    return group.toString();
  }
}
