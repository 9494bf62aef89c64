package dev.assay.scan;

import dev.assay.FailureCode;
import dev.assay.scan.ScanOptions.Rescan;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What earlier scans said, and whether it still holds.
 *
 * @param journal what holds it; empty where there is none
 * @param rescan which files are examined again although they did not change
 */
record Earlier(Optional<Journal> journal, Set<Rescan> rescan) {

  /** How archives end before their end; what is in them was reported before. */
  private static final Set<FailureCode> OF_ARCHIVES =
      EnumSet.of(
          FailureCode.CORRUPT,
          FailureCode.TOO_MANY_BYTES,
          FailureCode.TIMED_OUT,
          FailureCode.TOO_MUCH_MEMORY,
          FailureCode.CRASHED);

  /** What they said of an item of this name. */
  Optional<Journal.Entry> find(ScanItem item) {
    return journal.flatMap(known -> known.find(item.name()));
  }

  /** Whether an archive failed before, and would again: it is not looked into. */
  boolean settled(ScanItem archive) {
    return find(archive)
        .filter(entry -> entry.outcome() instanceof FailureCode code && OF_ARCHIVES.contains(code))
        .filter(entry -> !wantedAgain(entry) && unchanged(archive, entry))
        .isPresent();
  }

  /** Whether its file is to be examined again although it did not change. */
  boolean wantedAgain(Journal.Entry entry) {
    return (rescan.contains(Rescan.OUTDATED) && entry.outdated())
        || (rescan.contains(Rescan.FAILED) && entry.failed());
  }

  /** Whether an item is as it was. */
  static boolean unchanged(ScanItem item, Journal.Entry entry) {
    return !entry.isTransient()
        && item.size() >= 0
        && item.size() == entry.size()
        && item.modified().isPresent()
        && item.modified().get().toEpochMilli() == entry.modified()
        && sameSidecar(item, entry);
  }

  /** A file beside it may have come, gone or changed. */
  private static boolean sameSidecar(ScanItem item, Journal.Entry entry) {
    if (!(item.content() instanceof ScanItem.OnDisk onDisk) || entry.failed()) {
      return true;
    }
    try {
      Optional<Key> now = Content.ofSidecar(onDisk.file()).map(Key::ofHash);
      return now.equals(Optional.ofNullable(entry.sidecar()));
    } catch (IOException e) {
      return false;
    }
  }
}
