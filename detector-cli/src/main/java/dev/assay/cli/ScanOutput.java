package dev.assay.cli;

import dev.assay.Report;
import dev.assay.internal.report.ReportReader;
import dev.assay.scan.Journal;
import dev.assay.scan.Quarantine;
import dev.assay.scan.ReportChain;
import dev.assay.scan.Scanner;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where the reports of a scan go: to standard output as they come, or to a file by way of a
 * journal, from which forms other than JSON Lines are written when the scan ends.
 */
final class ScanOutput implements AutoCloseable {

  private static final String JOURNAL_ENDING = ".jsonl";
  private static final Pattern NUMBERED = Pattern.compile("(.*)(\\.[^.]+)(-\\d{4,})\\.jsonl");

  private final ScanRequest request;
  private final Terminal terminal;
  private final Optional<Journal> journal;
  private final Optional<ReportWriter> writer;
  private final Optional<Quarantine> quarantine;
  private final List<Path> written = new ArrayList<>();
  private long reports;
  private long notTaken;

  private ScanOutput(
      ScanRequest request,
      Terminal terminal,
      Optional<Journal> journal,
      Optional<ReportWriter> writer) {
    this.request = request;
    this.terminal = terminal;
    this.journal = journal;
    this.writer = writer;
    this.quarantine = request.quarantine().map(Quarantine::new);
  }

  /**
   * Opens the output.
   *
   * @throws UsageException if it would replace evidence, or an earlier scan's work
   * @throws IOException if it cannot be written
   */
  static ScanOutput open(ScanRequest request, Report.Tool tool, Terminal terminal)
      throws UsageException, IOException {
    if (request.output().isEmpty()) {
      return new ScanOutput(
          request,
          terminal,
          Optional.empty(),
          Optional.of(new ReportWriter(terminal, request.format())));
    }
    Path target = request.output().get();
    Path journal = journalOf(request, target);
    OutputGuard guard = new OutputGuard(request.paths(), request.force());
    guard.require(target);
    guard.require(journal);
    for (Path file : Journal.existing(journal, request.journal())) {
      guard.require(file);
    }
    requireNoWorkIsLost(request, journal);
    return new ScanOutput(
        request,
        terminal,
        Optional.of(
            request.resume()
                ? Journal.resume(journal, request.journal(), tool)
                : Journal.create(journal, request.journal(), tool)),
        Optional.empty());
  }

  /** How many files could not be put into the quarantine; a complaint was made of each. */
  long notTaken() {
    return notTaken;
  }

  Optional<Journal> journal() {
    return journal;
  }

  /** Takes reports, and tells who watches. */
  Scanner.Sink andThen(ScanProgress progress) {
    return new Scanner.Sink() {
      @Override
      public void accept(Report report) throws IOException {
        if (writer.isPresent()) {
          writer.get().write(report);
        }
        reports++;
        progress.step(report);
      }

      @Override
      public void keep(Report report, Path file) {
        if (quarantine.isPresent()) {
          try {
            quarantine.get().take(report, file);
          } catch (IOException e) {
            notTaken++;
            terminal.err().println("assay: " + Terminal.safe(String.valueOf(e.getMessage())));
          }
        }
      }

      @Override
      public void passed() {
        progress.step();
      }
    };
  }

  /** Says where the reports are. */
  void describe() throws IOException {
    PrintStream out = terminal.err();
    if (written.size() == 1) {
      out.println(terminal.say("Reports: {0}", written.get(0)));
    } else if (!written.isEmpty()) {
      out.println(terminal.say("Reports: {0} and {1} more", written.get(0), written.size() - 1));
    }
    if (request.journal().chained() && !written.isEmpty()) {
      Path last = written.get(written.size() - 1);
      out.println(
          terminal.say(
              "Hash of the last report: {0} (keep it; 'assay verify {1} HASH' then shows whether"
                  + " the end is missing)",
              ReportChain.check(last).head(), last));
    }
    quarantine
        .filter(folder -> folder.count() > 0)
        .ifPresent(
            folder ->
                out.println(
                    terminal.say("Quarantine: {0} in {1}", folder.count(), folder.folder())));
  }

  /**
   * Ends the output: what was written is in its place.
   *
   * @param complete whether all was looked at, so that what was not met may be gone
   */
  void finish(boolean complete) throws IOException {
    if (writer.isPresent()) {
      writer.get().close();
    }
    if (journal.isPresent()) {
      long gone = complete ? journal.get().gone(request.prune()) : 0;
      if (gone > 0) {
        terminal
            .err()
            .println(
                request.prune()
                    ? terminal.say(
                        "Earlier reports of files that are no longer there: {0}; left out.", gone)
                    : terminal.say(
                        "Earlier reports of files that are no longer there: {0}; --prune leaves"
                            + " them out.",
                        gone));
      }
      journal.get().finish();
      for (Path file : journal.get().paths()) {
        written.add(request.keepsLines() ? file : render(file, formOf(file)));
      }
    }
  }

  /** Without {@link #finish}, the journal stays as it is, to be gone on with. */
  @Override
  public void close() throws IOException {
    if (journal.isPresent()) {
      journal.get().close();
    }
  }

  private static Path partOf(Path target) {
    return target.resolveSibling(target.getFileName() + ".part");
  }

  /** Writes the reports of a file of the journal in another form. */
  private Path render(Path lines, Path target) throws IOException {
    if (reports == 0 && Files.exists(target)) {
      return target;
    }
    try {
      OutputGuard guard = new OutputGuard(request.paths(), request.force());
      guard.require(target);
      guard.require(partOf(target));
    } catch (UsageException e) {
      throw new IOException(e.getMessage() + " The reports are in " + lines + ".", e);
    }
    Path part = partOf(target);
    try (BufferedReader reader = Files.newBufferedReader(lines);
        PrintStream stream =
            new PrintStream(Files.newOutputStream(part), false, StandardCharsets.UTF_8);
        ReportWriter form = ReportWriter.toFile(stream, request.format())) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        form.write(ReportReader.read(line));
      }
    }
    Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
    return target;
  }

  /** Where the journal of a target is: JSON Lines are their own. */
  private static Path journalOf(ScanRequest request, Path target) {
    return request.keepsLines()
        ? target
        : target.resolveSibling(target.getFileName() + JOURNAL_ENDING);
  }

  /** Where the other form of a file of the journal goes. */
  private static Path formOf(Path lines) {
    String name = String.valueOf(lines.getFileName());
    Matcher numbered = NUMBERED.matcher(name);
    return lines.resolveSibling(
        numbered.matches()
            ? numbered.group(1) + numbered.group(3) + numbered.group(2)
            : name.substring(0, name.length() - JOURNAL_ENDING.length()));
  }

  private static void requireNoWorkIsLost(ScanRequest request, Path journal)
      throws UsageException, IOException {
    if (request.resume() || request.force()) {
      return;
    }
    if (Journal.interrupted(journal, request.journal())) {
      throw new UsageException(
          "A scan that wrote to "
              + journal
              + " was cut short. Add --resume to go on with it, or --force to begin again.");
    }
    List<Path> existing = Journal.existing(journal, request.journal());
    for (Path file : Stream.concat(existing.stream(), request.output().stream()).toList()) {
      if (Files.isRegularFile(file) && Files.size(file) > 0) {
        throw new UsageException(
            file
                + " holds the reports of an earlier scan. Add --resume to go on with it, --force to"
                + " replace it, or choose another name.");
      }
    }
  }
}
