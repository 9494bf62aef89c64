package dev.assay.scan;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.assay.FailureCode;
import dev.assay.Report;
import dev.assay.internal.report.ReportHead;
import dev.assay.internal.report.ReportJson;
import dev.assay.internal.report.ReportReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * The reports of a scan on disk, as JSON Lines: each is there before it is counted, so that a scan
 * that was killed goes on from where it was.
 *
 * <p>Reports are appended to a file with the ending {@code .part}, which takes its name by {@link
 * #finish}; a line that was cut off is removed when the scan goes on. Where a file was examined
 * again, the older line is left out at the end. In memory is what tells whether a file is the same
 * as before, some 150 bytes each.
 *
 * <p>In a chained journal each line holds the hash of the one before, so that a later change shows
 * ({@link ReportChain}); each file of a rotated journal is a chain of its own. Thread-safe.
 */
public final class Journal implements Closeable {

  /** Failures that say nothing of the content: another try may find the file. */
  private static final Set<FailureCode> TRANSIENT =
      EnumSet.of(FailureCode.NOT_FOUND, FailureCode.UNREADABLE);

  private static final int SEGMENT_SHIFT = 48;
  private static final int FORCE_MILLIS = 500;
  private static final System.Logger LOG = System.getLogger("dev.assay");

  /**
   * How reports are kept.
   *
   * @param chained whether each line holds the hash of the one before
   * @param rotateBytes size from which on the next file is begun; 0 for a single file
   */
  public record Settings(boolean chained, long rotateBytes) {
    /** A single file without hashes. */
    public static Settings defaults() {
      return new Settings(false, 0);
    }
  }

  /**
   * What an earlier line says.
   *
   * @param place where it is: number of the file, and offset in it
   * @param size of the media file; -1 if unknown
   * @param modified of the media file, milliseconds since 1970; {@link Long#MIN_VALUE} if unknown
   * @param outcome label or failure
   * @param outdated whether another release or other models said it
   * @param sidecar of the C2PA file beside it; null where there was none
   */
  record Entry(
      long place,
      long size,
      long modified,
      Enum<?> outcome,
      boolean outdated,
      @Nullable Key sidecar) {

    boolean failed() {
      return outcome instanceof FailureCode;
    }

    /** Whether it says nothing of the content. */
    boolean isTransient() {
      return outcome instanceof FailureCode code && TRANSIENT.contains(code);
    }
  }

  private final JournalNames names;
  private final Settings settings;
  private final String tool;
  private final Map<Key, Entry> byName = new HashMap<>();
  private final Map<Key, Entry> byContent = new HashMap<>();
  private final Set<Long> superseded = new HashSet<>();
  private final Set<Key> met = new HashSet<>();
  private final Set<Long> sizes = new HashSet<>();
  private final List<JournalFile> files = new ArrayList<>();
  private String lastHash = ReportChain.FIRST;
  private boolean appending;
  private boolean resumed;

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "assay-journal");
            thread.setDaemon(true);
            return thread;
          });

  private Journal(Path target, Settings settings, Report.Tool tool) {
    this.names = new JournalNames(target, settings.rotateBytes() > 0);
    this.settings = settings;
    this.tool = ReportHead.tool(tool);
    var unused =
        timer.scheduleWithFixedDelay(this::force, FORCE_MILLIS, FORCE_MILLIS, MILLISECONDS);
  }

  /** Also where no further report comes for a while. */
  synchronized void force() {
    try {
      if (appending) {
        files.get(files.size() - 1).force();
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "reports cannot be forced to the disk", e);
    }
  }

  /**
   * Begins a new journal. A file with the name of the target stays until the new one is complete;
   * numbered files of a rotated journal are removed.
   *
   * @param target where the reports are in the end
   * @param tool what examines now
   * @throws IOException if it cannot be written
   */
  public static Journal create(Path target, Settings settings, Report.Tool tool)
      throws IOException {
    Journal journal = new Journal(target, settings, tool);
    return journal.begun(
        () -> {
          journal.names.removeOld();
          journal.beginFile();
        });
  }

  /** How a journal begins. */
  private interface Beginning {
    void run() throws IOException;
  }

  /** Nothing stays open where it cannot begin. */
  private Journal begun(Beginning beginning) throws IOException {
    try {
      beginning.run();
      return this;
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Goes on with the journal of an earlier scan, or begins one where there is none.
   *
   * @param target where the reports are in the end
   * @param tool what examines now
   * @throws IOException if it cannot be read or written, or holds what is no report
   */
  public static Journal resume(Path target, Settings settings, Report.Tool tool)
      throws IOException {
    Journal journal = new Journal(target, settings, tool);
    return journal.begun(journal::goOn);
  }

  private void goOn() throws IOException {
    List<Path> existing = names.existing();
    resumed = !existing.isEmpty();
    for (Path file : existing) {
      lastHash = ReportChain.FIRST;
      files.add(
          JournalNames.isPart(file)
              ? JournalFile.loadForAppending(file, this::loaded)
              : JournalFile.loadComplete(file, this::loaded));
    }
    if (existing.isEmpty()) {
      beginFile();
    } else if (JournalNames.isPart(existing.get(existing.size() - 1))) {
      writable();
    }
  }

  /** Whether an earlier scan with this target was cut short. */
  public static boolean interrupted(Path target, Settings settings) {
    return new JournalNames(target, settings.rotateBytes() > 0)
        .existing().stream().anyMatch(JournalNames::isPart);
  }

  /** The files of an earlier scan with this target, complete or not. */
  public static List<Path> existing(Path target, Settings settings) {
    return new JournalNames(target, settings.rotateBytes() > 0).existing();
  }

  /**
   * Looks for earlier reports of files that the scan did not meet and that are no longer there.
   *
   * @param prune whether {@link #finish} leaves them out
   * @return how many there are
   * @throws IOException if the earlier reports cannot be read
   */
  public synchronized long gone(boolean prune) throws IOException {
    if (!resumed) {
      return 0;
    }
    long files = 0;
    for (Map.Entry<Key, Entry> earlier : byName.entrySet()) {
      if (!met.contains(earlier.getKey()) && !isThere(read(earlier.getValue()).file().path())) {
        files++;
        if (prune) {
          superseded.add(earlier.getValue().place());
        }
      }
    }
    return files;
  }

  /** Whether a file of this name is there; of one in an archive, whether the archive is. */
  static boolean isThere(String name) {
    int inside = name.indexOf("!/");
    try {
      return Files.exists(Path.of(name))
          || (inside > 0 && Files.exists(Path.of(name.substring(0, inside))));
    } catch (InvalidPathException e) {
      // What cannot be a path here cannot be looked for.
      return true;
    }
  }

  /** Whether an earlier report is of a file of this size. */
  synchronized boolean knowsSize(long size) {
    return sizes.contains(size);
  }

  /** How many files have a report. */
  public synchronized int size() {
    return byName.size();
  }

  /** The files that hold the reports, in order. */
  public synchronized List<Path> paths() {
    return files.stream().map(JournalFile::path).toList();
  }

  /** What is known of a file of this name. */
  synchronized Optional<Entry> find(String name) {
    Key key = Key.of(name);
    if (resumed) {
      met.add(key);
    }
    return Optional.ofNullable(byName.get(key));
  }

  /** The report on a file of this content, if there is one that holds for it. */
  synchronized Optional<Report> ofContent(Key content) throws IOException {
    Entry entry = byContent.get(content);
    return entry == null ? Optional.empty() : Optional.of(read(entry));
  }

  /** The report of an entry. */
  synchronized Report read(Entry entry) throws IOException {
    JournalFile file = files.get((int) (entry.place() >>> SEGMENT_SHIFT));
    return ReportReader.read(file.lineAt(entry.place() & ((1L << SEGMENT_SHIFT) - 1)));
  }

  /**
   * Writes a report; it survives the end of the process when this returns.
   *
   * @throws IOException if it cannot be written; the reports before it are safe
   */
  public synchronized void append(Report report) throws IOException {
    JournalFile file = writable();
    String line = ReportJson.line(report);
    if (settings.chained()) {
      line = ReportChain.link(line, lastHash);
    }
    long place = place(file.append(line));
    if (settings.chained()) {
      lastHash = ReportChain.hash(line.getBytes(StandardCharsets.UTF_8));
    }
    Report.FileFacts facts = report.file();
    Enum<?> outcome =
        report.verdict().isPresent()
            ? report.verdict().get().label()
            : report.failure().orElseThrow().code();
    enter(
        facts.path(),
        Content.of(facts).filter(content -> facts.sameContentAs().isEmpty()),
        new Entry(
            place,
            facts.size().orElse(-1L),
            milliseconds(facts.modified()),
            outcome,
            false,
            facts.sidecarSha256().map(Key::ofHash).orElse(null)));
  }

  /**
   * Ends the journal: leaves out what was examined again, and gives the file its name.
   *
   * @throws IOException if that cannot be done; the reports are safe
   */
  public synchronized void finish() throws IOException {
    appending = false;
    for (JournalFile file : files) {
      // A line is left out only when the one that supersedes it is on the disk.
      file.force();
    }
    for (int i = 0; i < files.size(); i++) {
      JournalFile file = files.get(i);
      int number = i;
      if (superseded.stream().anyMatch(place -> place >>> SEGMENT_SHIFT == number)) {
        file.retain(offset -> !superseded.contains(place(number, offset)), settings.chained());
      }
      if (JournalNames.isPart(file.path())) {
        file.moveTo(names.complete(i));
      }
    }
    superseded.clear();
  }

  /** Closes the files; unless it was finished, the journal is there to be gone on with. */
  @Override
  public synchronized void close() throws IOException {
    timer.shutdownNow();
    appending = false;
    for (JournalFile file : files) {
      file.close();
    }
  }

  private JournalFile writable() throws IOException {
    JournalFile last = files.get(files.size() - 1);
    boolean full = settings.rotateBytes() > 0 && last.size() >= settings.rotateBytes();
    if (full) {
      if (JournalNames.isPart(last.path())) {
        last.moveTo(names.complete(files.size() - 1));
      }
      beginFile();
    } else if (!appending) {
      if (!JournalNames.isPart(last.path())) {
        last.moveTo(names.part(files.size() - 1));
      }
      last.openForAppending();
      appending = true;
    }
    return files.get(files.size() - 1);
  }

  private void beginFile() throws IOException {
    files.add(JournalFile.create(names.part(files.size())));
    lastHash = ReportChain.FIRST;
    appending = true;
  }

  /** A line of an earlier scan, of the file that comes next. */
  private void loaded(long offset, byte[] line) throws IOException {
    ReportHead head = ReportHead.read(line);
    if (settings.chained() != head.chain().isPresent()) {
      throw new IOException(
          settings.chained()
              ? "the reports there are not chained, leave out --chain"
              : "the reports there are chained, add --chain");
    }
    if (settings.chained()) {
      lastHash = ReportChain.hash(line);
    }
    Enum<?> outcome = head.label().isPresent() ? head.label().get() : head.failure().orElseThrow();
    enter(
        head.path(),
        head.sha256()
            .filter(hash -> head.sameContentAs().isEmpty())
            .map(hash -> new Content(hash, head.sidecarSha256())),
        new Entry(
            place(files.size(), offset),
            head.size(),
            milliseconds(head.modified()),
            outcome,
            !head.tool().equals(tool),
            head.sidecarSha256().map(Key::ofHash).orElse(null)));
  }

  private void enter(String name, Optional<Content> content, Entry entry) {
    sizes.add(entry.size());
    Entry older = byName.put(Key.of(name), entry);
    if (older != null) {
      superseded.add(older.place());
    }
    if (content.isPresent() && !entry.outdated() && !entry.failed()) {
      byContent.put(content.get().key(), entry);
    }
  }

  private long place(long offset) {
    return place(files.size() - 1, offset);
  }

  private static long place(int file, long offset) {
    return ((long) file << SEGMENT_SHIFT) | offset;
  }

  private static long milliseconds(Optional<Instant> time) {
    return time.map(Instant::toEpochMilli).orElse(Long.MIN_VALUE);
  }
}
