package dev.assay.internal.container;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Finds the files beside an initialisation segment that hold the film's fragments (ISO/IEC
 * 14496-12, 8.16), by their endings. Links are not followed: they could lead out of the folder.
 */
public final class FragmentFiles {

  /** Most files that are taken for fragments of one film. */
  static final int MAX_FILES = 20_000;

  private static final Set<String> ENDINGS = Set.of("m4s", "cmfv", "cmfa");

  private FragmentFiles() {}

  /** Those beside a file, in the order of their names. */
  public static List<Path> beside(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    List<Path> found = new ArrayList<>();
    if (folder == null) {
      return found;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, FragmentFiles::named)) {
      for (Path entry : entries) {
        if (found.size() < MAX_FILES && Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
          found.add(entry);
        }
      }
    }
    found.sort(null);
    return found;
  }

  private static boolean named(Path entry) {
    String name = String.valueOf(entry.getFileName());
    return ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
  }
}
