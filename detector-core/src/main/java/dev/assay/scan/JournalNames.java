package dev.assay.scan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the files of a journal are called: {@code reports.jsonl}, or where it is rotated {@code
 * reports-0001.jsonl}, {@code reports-0002.jsonl} and so on; and {@code .part} behind it while the
 * file is not complete.
 *
 * @param target the name that the user gave
 * @param rotated whether there are several
 */
record JournalNames(Path target, boolean rotated) {

  private static final String PART = ".part";

  /** The name of a complete file. */
  Path complete(int number) {
    if (!rotated) {
      return target;
    }
    String name = String.valueOf(target.getFileName());
    int dot = name.lastIndexOf('.');
    String stem = dot > 0 ? name.substring(0, dot) : name;
    String ending = dot > 0 ? name.substring(dot) : "";
    return target.resolveSibling(String.format(Locale.ROOT, "%s-%04d%s", stem, number + 1, ending));
  }

  /** The name of a file while it is written. */
  Path part(int number) {
    Path complete = complete(number);
    return complete.resolveSibling(complete.getFileName() + PART);
  }

  /** Whether a file is not complete. */
  static boolean isPart(Path file) {
    return file.toString().endsWith(PART);
  }

  /** The files that there are; of two of one number the one that is not complete, being newer. */
  List<Path> existing() {
    List<Path> found = new ArrayList<>();
    boolean more = true;
    while (more) {
      Path part = part(found.size());
      Path complete = complete(found.size());
      more = Files.exists(part) || Files.exists(complete);
      if (more) {
        found.add(Files.exists(part) ? part : complete);
      }
      more &= rotated;
    }
    return found;
  }

  /** Removes what would be taken for a part of a new journal. */
  void removeOld() throws IOException {
    for (Path file : existing()) {
      if (isPart(file)) {
        JournalFile.requireUnused(file);
      }
      if (rotated || isPart(file)) {
        Files.delete(file);
      }
    }
  }
}
