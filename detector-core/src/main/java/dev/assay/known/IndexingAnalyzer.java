package dev.assay.known;

import dev.assay.Archives;
import dev.assay.FileAnalyzer;
import dev.assay.Fingerprinted;
import dev.assay.MediaException;
import dev.assay.Report;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Adds what it examines to an index of known media, as a scan goes on. Thread-safe as what it asks
 * is.
 */
public final class IndexingAnalyzer implements FileAnalyzer {

  private final FileAnalyzer analyzer;
  private final KnownReports known;
  private final Supplier<Optional<String>> now;

  /**
   * Asks another.
   *
   * @param analyzer examines the files; stays the caller's to close
   * @param known takes what was examined
   * @param now when it is judged, as ISO 8601; empty where nothing is judged
   */
  public IndexingAnalyzer(
      FileAnalyzer analyzer, KnownReports known, Supplier<Optional<String>> now) {
    this.analyzer = analyzer;
    this.known = known;
    this.now = now;
  }

  /**
   * Examines a file and adds it.
   *
   * @throws UncheckedIOException if the index cannot be written
   */
  @Override
  public Report analyze(Path file, String name) {
    Fingerprinted examined = analyzer.fingerprinted(file, name);
    if (examined.report().failure().isEmpty()) {
      MediaFingerprint fingerprint =
          examined.content().map(IndexingAnalyzer::read).orElse(MediaFingerprint.NONE);
      try {
        known.add(examined.report(), fingerprint, now.get());
      } catch (IOException e) {
        throw new UncheckedIOException("The index of known media cannot be written.", e);
      }
    }
    return examined.report();
  }

  /** A broken one, of a process that a file has damaged, does not end a scan. */
  private static MediaFingerprint read(byte[] content) {
    try {
      return MediaFingerprint.read(content);
    } catch (IOException e) {
      return MediaFingerprint.NONE;
    }
  }

  @Override
  public Optional<byte[]> thumbnail(Path file, int side) {
    return analyzer.thumbnail(file, side);
  }

  @Override
  public Report failed(String name, MediaException reason) {
    return analyzer.failed(name, reason);
  }

  @Override
  public Archives archives() {
    return analyzer.archives();
  }

  @Override
  public Report.Tool tool() {
    return analyzer.tool();
  }
}
