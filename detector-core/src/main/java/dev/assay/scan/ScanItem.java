package dev.assay.scan;

import dev.assay.Archives;
import dev.assay.MediaException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * One file to examine.
 *
 * @param name what its report calls it: the path as the user gave it, and the rest below it, with
 *     {@code /} between; in an archive the archive's name, {@code !/} and the entry's
 * @param explicit whether the user named it, rather than the walk found it
 * @param size in bytes; -1 if unknown
 * @param modified when it was last changed, to the millisecond; an archive's for what is in it
 * @param content where its bytes are
 */
record ScanItem(
    String name, boolean explicit, long size, Optional<Instant> modified, Content content) {

  /** Where the bytes of a file are. */
  sealed interface Content {}

  /** On disk. */
  record OnDisk(Path file) implements Content {}

  /**
   * In an archive: unpacked once, before the walk goes on.
   *
   * @param isArchive whether it is an archive to be looked into
   */
  record InArchive(Archives.Opened archive, boolean isArchive) implements Content {}

  /** Nowhere: it cannot be read, and why. */
  record Unreadable(MediaException reason) implements Content {}

  /** The same as an archive to be looked into, of what is in an archive. */
  ScanItem asArchive() {
    InArchive file = (InArchive) content;
    return new ScanItem(name, explicit, size, modified, new InArchive(file.archive(), true));
  }

  /** A file on disk of which nothing is known yet. */
  static ScanItem of(Path file, String name, boolean explicit) {
    return new ScanItem(name, explicit, -1, Optional.empty(), new OnDisk(file));
  }
}
