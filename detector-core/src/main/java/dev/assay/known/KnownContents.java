package dev.assay.known;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Which contents an index holds, by SHA-256, and of which parts are found, too: what was added by a
 * hash alone may be added again with more. Not thread-safe.
 */
public final class KnownContents {

  private final Map<String, Boolean> parts = new HashMap<>();

  /**
   * Those of an index.
   *
   * @return none where it is not there yet
   * @throws IOException if it cannot be read
   */
  public static KnownContents of(Path index) throws IOException {
    KnownContents contents = new KnownContents();
    if (Files.exists(index)) {
      try (KnownIndex opened = KnownIndex.open(index)) {
        opened.forEachFile(
            (file, embedded) -> file.sha256().ifPresent(hash -> contents.add(hash, embedded)));
      }
    }
    return contents;
  }

  /** Takes note of a content. */
  void add(String sha256, boolean partsToo) {
    parts.merge(sha256, partsToo, Boolean::logicalOr);
  }

  /** Whether there is nothing to add. */
  boolean holds(String sha256, boolean partsToo) {
    Boolean known = parts.get(sha256);
    return known != null && (known || !partsToo);
  }
}
