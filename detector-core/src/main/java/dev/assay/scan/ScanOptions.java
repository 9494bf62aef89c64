package dev.assay.scan;

import dev.assay.internal.archive.ArchiveKind;
import java.nio.charset.Charset;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a scan looks at, and how.
 *
 * @param followLinks whether links inside a scanned folder are followed, out of it too
 * @param archives whether zip and tar archives are looked into
 * @param ordered whether reports come in the order of the walk; otherwise as they are done
 * @param dedupe whether files of equal content are examined once; needs a {@link Journal}
 * @param rescan which files of a {@link Journal} are examined again although they did not change
 * @param include patterns as for {@code exclude}; where there are any, a file inside a folder or an
 *     archive is examined only if one matches
 * @param exclude patterns of {@link java.nio.file.FileSystem#getPathMatcher}, without the {@code
 *     glob:}, against a file's or folder's name, or its path below the scanned folder
 * @param leaveOut files and folders that are never looked at: what the scan itself writes
 * @param archiveNames the characters of names in zip archives that do not say which; without it
 *     such names are shown with their bytes
 * @param scratchBytes what is unpacked at a time may take so many bytes, and half of what the disk
 *     of the temporary folder has free
 */
public record ScanOptions(
    boolean followLinks,
    boolean archives,
    boolean ordered,
    boolean dedupe,
    Set<Rescan> rescan,
    List<String> include,
    List<String> exclude,
    Set<Path> leaveOut,
    Optional<Charset> archiveNames,
    long scratchBytes) {

  private static final long DEFAULT_SCRATCH_BYTES = 8L << 30;

  /** What is examined again. */
  public enum Rescan {
    /**
     * Files that another release or other models examined; what these said stands in the report.
     */
    OUTDATED,
    /** Files whose examination failed. */
    FAILED;

    /** As options spell it. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public ScanOptions {
    if (scratchBytes < 0) {
      throw new IllegalArgumentException("scratchBytes must not be negative: " + scratchBytes);
    }
    rescan = Set.copyOf(rescan);
    include = List.copyOf(include);
    exclude = List.copyOf(exclude);
    leaveOut = Set.copyOf(leaveOut);
    matchers(include);
    matchers(exclude);
  }

  /** No links, archives looked into, in order, nothing left out, nothing examined again. */
  public static ScanOptions defaults() {
    return new ScanOptions(
        false,
        true,
        true,
        false,
        EnumSet.noneOf(Rescan.class),
        List.of(),
        List.of(),
        Set.of(),
        Optional.empty(),
        DEFAULT_SCRATCH_BYTES);
  }

  /** The same with links followed, or not. */
  public ScanOptions withFollowLinks(boolean value) {
    return new ScanOptions(
        value,
        archives,
        ordered,
        dedupe,
        rescan,
        include,
        exclude,
        leaveOut,
        archiveNames,
        scratchBytes);
  }

  /** The same with archives looked into, or not. */
  public ScanOptions withArchives(boolean value) {
    return new ScanOptions(
        followLinks,
        value,
        ordered,
        dedupe,
        rescan,
        include,
        exclude,
        leaveOut,
        archiveNames,
        scratchBytes);
  }

  /** The same in the order of the walk, or not. */
  public ScanOptions withOrdered(boolean value) {
    return new ScanOptions(
        followLinks,
        archives,
        value,
        dedupe,
        rescan,
        include,
        exclude,
        leaveOut,
        archiveNames,
        scratchBytes);
  }

  /** The same with equal content examined once, or each time. */
  public ScanOptions withDedupe(boolean value) {
    return new ScanOptions(
        followLinks,
        archives,
        ordered,
        value,
        rescan,
        include,
        exclude,
        leaveOut,
        archiveNames,
        scratchBytes);
  }

  /** The same with other files examined again. */
  public ScanOptions withRescan(Set<Rescan> value) {
    return new ScanOptions(
        followLinks,
        archives,
        ordered,
        dedupe,
        value,
        include,
        exclude,
        leaveOut,
        archiveNames,
        scratchBytes);
  }

  /** The same with these patterns alone. */
  public ScanOptions withInclude(List<String> value) {
    return new ScanOptions(
        followLinks,
        archives,
        ordered,
        dedupe,
        rescan,
        value,
        exclude,
        leaveOut,
        archiveNames,
        scratchBytes);
  }

  /** The same without what these patterns match. */
  public ScanOptions withExclude(List<String> value) {
    return new ScanOptions(
        followLinks,
        archives,
        ordered,
        dedupe,
        rescan,
        include,
        value,
        leaveOut,
        archiveNames,
        scratchBytes);
  }

  /** The same without these folders. */
  public ScanOptions withLeaveOut(Set<Path> value) {
    return new ScanOptions(
        followLinks,
        archives,
        ordered,
        dedupe,
        rescan,
        include,
        exclude,
        value,
        archiveNames,
        scratchBytes);
  }

  /** The same with these characters for names in zip archives. */
  public ScanOptions withArchiveNames(Charset value) {
    return new ScanOptions(
        followLinks,
        archives,
        ordered,
        dedupe,
        rescan,
        include,
        exclude,
        leaveOut,
        Optional.of(value),
        scratchBytes);
  }

  /** The same with so many bytes for what is unpacked at a time. */
  public ScanOptions withScratchBytes(long value) {
    return new ScanOptions(
        followLinks,
        archives,
        ordered,
        dedupe,
        rescan,
        include,
        exclude,
        leaveOut,
        archiveNames,
        value);
  }

  /** Whether a file is looked into, as the archive that its name says it is. */
  public boolean looksInto(Path file) {
    return archives && ArchiveKind.of(String.valueOf(file.getFileName())).isPresent();
  }

  /** Patterns, compiled. */
  static List<PathMatcher> matchers(List<String> patterns) {
    return patterns.stream()
        .map(pattern -> FileSystems.getDefault().getPathMatcher("glob:" + pattern))
        .toList();
  }
}
