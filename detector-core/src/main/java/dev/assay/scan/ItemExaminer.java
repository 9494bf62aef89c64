package dev.assay.scan;

import dev.assay.FileAnalyzer;
import dev.assay.Report;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;

/**
 * Examines one item of a scan, unless its content was examined before. Thread-safe: workers share
 * one.
 */
final class ItemExaminer {

  private final FileAnalyzer analyzer;
  private final Optional<Journal> journal;
  private final boolean dedupe;
  private final Map<Key, CompletableFuture<Report>> underWay = new ConcurrentHashMap<>();

  ItemExaminer(FileAnalyzer analyzer, Optional<Journal> journal, boolean dedupe) {
    this.analyzer = analyzer;
    this.journal = journal;
    this.dedupe = dedupe && journal.isPresent();
  }

  /**
   * What came of an item.
   *
   * @param report empty where the content is what the journal has a report on
   * @param content stands for the content while others may wait for this report
   */
  record Outcome(Optional<Report> report, Optional<Key> content) {
    static Outcome of(Report report) {
      return new Outcome(Optional.of(report), Optional.empty());
    }
  }

  /**
   * Examines an item.
   *
   * @param item what
   * @param file where its bytes are
   * @param earlier what the journal says of this name
   * @param again whether it is examined although it did not change
   */
  Outcome examine(ScanItem item, Path file, Optional<Journal.Entry> earlier, boolean again)
      throws InterruptedException {
    Optional<Report> before = earlier.filter(entry -> sameSize(item, entry)).map(this::read);
    boolean mayHaveMoved =
        earlier.isEmpty() && journal.filter(known -> known.knowsSize(item.size())).isPresent();
    Optional<Content> content =
        dedupe || before.isPresent() || mayHaveMoved ? Content.of(file) : Optional.empty();
    if (mayHaveMoved && content.isPresent()) {
      Optional<Report> moved = ofContent(content.get().key()).filter(ItemExaminer::isGone);
      if (moved.isPresent()) {
        return Outcome.of(withFileFacts(named(moved.get(), item, Optional.empty()), item));
      }
    }
    boolean same =
        before.isPresent()
            && content.isPresent()
            && Content.of(before.get().file()).equals(content);
    if (same && !again) {
      return new Outcome(Optional.empty(), Optional.empty());
    }
    Report report =
        dedupe && content.isPresent() ? once(item, file, content.get().key()) : analyze(item, file);
    Report found = withFileFacts(report, item);
    return new Outcome(
        Optional.of(same ? found.withPrevious(Report.Previous.of(before.get())) : found),
        // Copies leave it: others may wait for the original until the journal has it.
        dedupe && found.file().sameContentAs().isEmpty()
            ? content.map(Content::key)
            : Optional.empty());
  }

  /** The report is in the journal, or nowhere: nobody needs to wait for it any more. */
  void done(Outcome outcome) {
    outcome.content().ifPresent(underWay::remove);
  }

  private Report analyze(ScanItem item, Path file) {
    return analyzer.analyze(file, item.name());
  }

  /**
   * Of files of one content, one is examined, and the others take its report. Who asks the journal
   * has claimed the content first: otherwise the original could reach the journal in between.
   */
  private Report once(ScanItem item, Path file, Key content) throws InterruptedException {
    CompletableFuture<Report> mine = new CompletableFuture<>();
    CompletableFuture<Report> other = underWay.putIfAbsent(content, mine);
    if (other != null) {
      Report first = await(other);
      return first.ok() ? copy(first, item) : analyze(item, file);
    }
    try {
      Optional<Report> known = ofContent(content);
      Report report = known.isPresent() ? known.get() : analyze(item, file);
      mine.complete(report);
      if (known.isPresent()) {
        underWay.remove(content);
        return copy(report, item);
      }
      return report;
    } catch (RuntimeException | Error e) {
      mine.completeExceptionally(e);
      throw e;
    }
  }

  private static Report await(CompletableFuture<Report> report) throws InterruptedException {
    try {
      return report.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the examination of a file of equal content failed", e);
    }
  }

  private static Report copy(Report report, ScanItem item) {
    return named(report, item, Optional.of(report.file().path()));
  }

  /** The file of a report was moved or removed since. */
  private static boolean isGone(Report report) {
    return !Journal.isThere(report.file().path());
  }

  private static Report named(Report report, ScanItem item, Optional<String> sameContentAs) {
    return report.withFile(report.file().named(item.name(), sameContentAs));
  }

  /** What the walk knows of the file, beside what its examination found. */
  static Report withFileFacts(Report report, ScanItem item) {
    Optional<Long> size = item.size() < 0 ? Optional.empty() : Optional.of(item.size());
    return report.withFile(report.file().found(size, item.modified()));
  }

  private static boolean sameSize(ScanItem item, Journal.Entry entry) {
    return item.size() >= 0 && item.size() == entry.size();
  }

  private Report read(Journal.Entry entry) {
    try {
      return journal.orElseThrow().read(entry);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<Report> ofContent(Key content) {
    try {
      return journal.orElseThrow().ofContent(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
