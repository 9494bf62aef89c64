package dev.assay.scan;

import java.nio.file.FileSystems;
import java.nio.file.PathMatcher;
import java.util.List;

/**
 * What a scan looks at.
 *
 * @param followLinks whether links inside a scanned folder are followed, out of it too
 * @param exclude patterns of {@link java.nio.file.FileSystem#getPathMatcher}, without the {@code
 *     glob:}, against a file's or folder's name, or its path below the scanned folder
 */
public record ScanOptions(boolean followLinks, List<String> exclude) {

  public ScanOptions {
    exclude = List.copyOf(exclude);
    exclude.forEach(ScanOptions::matcher);
  }

  /** No links, nothing left out. */
  public static ScanOptions defaults() {
    return new ScanOptions(false, List.of());
  }

  /** The patterns, compiled. */
  List<PathMatcher> matchers() {
    return exclude.stream().map(ScanOptions::matcher).toList();
  }

  private static PathMatcher matcher(String pattern) {
    return FileSystems.getDefault().getPathMatcher("glob:" + pattern);
  }
}
