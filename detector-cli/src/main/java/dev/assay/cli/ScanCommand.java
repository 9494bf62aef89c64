package dev.assay.cli;

import dev.assay.Detector;
import dev.assay.FileAnalyzer;
import dev.assay.Verdict.Label;
import dev.assay.isolation.IsolatedDetector;
import dev.assay.isolation.Signals;
import dev.assay.known.IndexingAnalyzer;
import dev.assay.known.KnownContents;
import dev.assay.known.KnownIndexWriter;
import dev.assay.known.KnownReports;
import dev.assay.scan.ScanSummary;
import dev.assay.scan.Scanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;

/** {@code assay scan}: files and folders in, one report per file out. */
final class ScanCommand implements Command {

  @Override
  public String name() {
    return "scan";
  }

  @Override
  public String arguments() {
    return "[options] PATH...";
  }

  @Override
  public String summary() {
    return "Examine files, folders and archives, and write one report per file.";
  }

  @Override
  public Options options() {
    return ScanRequest.lineOptions();
  }

  @Override
  public Map<Integer, String> outcomes() {
    return Map.of(
        ExitCode.SOME_FAILED,
        "done, but some files could not be examined, opened or put into quarantine; reports or"
            + " complaints say why",
        ExitCode.FAIL_ON,
        "done, and a file has the label that --fail-on names; wins over 3",
        ExitCode.SIGNAL + Stopper.INTERRUPT,
        "stopped by Ctrl-C after the current files; --resume continues",
        ExitCode.SIGNAL + Stopper.TERMINATE,
        "stopped by kill, as above");
  }

  @Override
  public int run(CommandLine line, Terminal terminal)
      throws UsageException, IOException, InterruptedException {
    Terminal spoken = terminal.in(Languages.of(line));
    ScanRequest request = ScanRequest.of(line, spoken);
    if (request.isolation().isPresent()) {
      try (IsolatedDetector detector =
          new IsolatedDetector(request.settings(), request.workers(), request.isolation().get())) {
        return indexed(request, detector, spoken);
      }
    }
    try (Detector detector = Detector.open(request.settings())) {
      return indexed(request, detector, spoken);
    }
  }

  /** Adds what is examined to an index, if asked. */
  private static int indexed(ScanRequest request, FileAnalyzer analyzer, Terminal terminal)
      throws UsageException, IOException, InterruptedException {
    if (request.index().isEmpty()) {
      return run(request, analyzer, terminal);
    }
    Path index = request.index().get();
    try (KnownIndexWriter writer = KnownIndexWriter.open(index)) {
      KnownReports known = new KnownReports(writer, KnownContents.of(index));
      int code =
          run(request, new IndexingAnalyzer(analyzer, known, KnownReports.JUDGED_NOW), terminal);
      terminal
          .err()
          .println(
              terminal.say(
                  "Added to {0}: {1}; there before: {2}; with nothing to be found again by: {3}.",
                  index, known.added(), known.before(), known.empty()));
      return code;
    }
  }

  private static int run(ScanRequest request, FileAnalyzer analyzer, Terminal terminal)
      throws UsageException, IOException, InterruptedException {
    Scanner scanner = new Scanner(analyzer, request.workers());
    try (PathList listed = PathList.of(request, System.in);
        ScanOutput output = ScanOutput.open(request, analyzer.tool(), terminal);
        Stopper stopper = Stopper.of(scanner, terminal)) {
      ScanSummary summary =
          scan(
              scanner,
              request,
              new Concatenation(request.paths().iterator(), listed),
              output,
              terminal);
      output.finish(summary.complete());
      SummaryTable.print(summary, terminal);
      output.describe();
      if (!summary.complete()) {
        terminal.err().println(terminal.say(howToGoOn(request)));
        return stopper.exitCode();
      }
      int code = exitCode(summary, request.failOn(), terminal);
      return code == ExitCode.DONE && output.notTaken() > 0 ? ExitCode.SOME_FAILED : code;
    }
  }

  private static String howToGoOn(ScanRequest request) {
    if (request.output().isPresent()) {
      return request.resume()
          ? "Stopped before the end. To go on, run the same command again."
          : "Stopped before the end. To go on, run the same command with --resume.";
    }
    return "Stopped before the end. Use --output FILE to be able to resume a scan.";
  }

  /** Paths given as arguments, then those of a list. */
  private record Concatenation(Iterator<Path> first, Iterator<Path> second)
      implements Iterator<Path> {
    @Override
    public boolean hasNext() {
      return first.hasNext() || second.hasNext();
    }

    @Override
    public Path next() {
      return first.hasNext() ? first.next() : second.next();
    }
  }

  private static ScanSummary scan(
      Scanner scanner,
      ScanRequest request,
      Iterator<Path> paths,
      ScanOutput output,
      Terminal terminal)
      throws IOException, InterruptedException {
    try (ScanProgress progress = ScanProgress.on(terminal, request)) {
      return scanner.scan(paths, request.options(), output.journal(), output.andThen(progress));
    } catch (UncheckedIOException e) {
      throw e.getCause() == null ? new IOException(e) : e.getCause();
    }
  }

  private static int exitCode(ScanSummary summary, Optional<Label> failOn, Terminal terminal) {
    if (failOn.isPresent() && summary.labels().getOrDefault(failOn.get(), 0L) > 0) {
      return ExitCode.FAIL_ON;
    }
    boolean nothing = summary.examined() + summary.failed() == 0;
    if (nothing && summary.links() > 0) {
      terminal
          .err()
          .println(terminal.say("Only links were found; add --follow-links to follow them."));
      return ExitCode.SOME_FAILED;
    }
    return summary.failed() > 0 ? ExitCode.SOME_FAILED : ExitCode.DONE;
  }

  /** Lets a scan end in good order when the user or the system asks the process to end. */
  private static final class Stopper implements AutoCloseable {

    private static final int INTERRUPT = 2;
    private static final int HANG_UP = 1;
    private static final int TERMINATE = 15;

    private final AtomicInteger signal = new AtomicInteger();

    static Stopper of(Scanner scanner, Terminal terminal) {
      Stopper stopper = new Stopper();
      if (terminal.ownsProcess()) {
        Signals.onEnd(name -> stopper.stop(name, scanner, terminal));
      }
      return stopper;
    }

    private void stop(String name, Scanner scanner, Terminal terminal) {
      int number =
          switch (name) {
            case "INT" -> INTERRUPT;
            case "HUP" -> HANG_UP;
            default -> TERMINATE;
          };
      if (!signal.compareAndSet(0, number)) {
        // Asked twice: at once. What is in the output stays there.
        Runtime.getRuntime().halt(ExitCode.SIGNAL + number);
      }
      terminal
          .err()
          .println(
              "\nassay: " + terminal.say("finishing the current files; once more to stop at once"));
      scanner.stop();
    }

    int exitCode() {
      return ExitCode.SIGNAL + signal.get();
    }

    @Override
    public void close() {
      // From here on the process ends by itself, and soon.
    }
  }
}
