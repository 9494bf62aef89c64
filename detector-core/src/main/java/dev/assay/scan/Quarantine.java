package dev.assay.scan;

import dev.assay.Report;
import dev.assay.Verdict.Label;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.Set;

/**
 * A folder that takes the files that are called synthetic, each once for its content: as a hard
 * link where the file system allows one, and otherwise as a copy. The files stay where they are.
 *
 * <p>A file is named by the beginning of its SHA-256 and by its own name, made harmless.
 */
public final class Quarantine {

  private static final int HASH_CHARS = 16;
  static final int MAX_NAME_BYTES = 160;

  private final Path folder;
  private final Set<String> taken = new HashSet<>();
  private boolean opened;
  private long count;

  /** A quarantine; the folder is made when it takes a file. */
  public Quarantine(Path folder) {
    this.folder = folder;
  }

  /** Where it is. */
  public Path folder() {
    return folder;
  }

  /** How many files this instance put there. */
  public long count() {
    return count;
  }

  /**
   * Takes a file if its report calls it synthetic.
   *
   * @param file where its bytes are
   * @throws IOException if it cannot be linked or copied; the message names it
   */
  public void take(Report report, Path file) throws IOException {
    boolean synthetic =
        report.verdict().filter(verdict -> verdict.label() == Label.SYNTHETIC).isPresent();
    if (!synthetic || report.file().sha256().isEmpty()) {
      return;
    }
    String hash = report.file().sha256().get().substring(0, HASH_CHARS);
    try {
      if (!opened) {
        open();
        opened = true;
      }
      if (!taken.contains(hash)) {
        linkOrCopy(file, folder.resolve(hash + "-" + harmless(report.file().path())));
        taken.add(hash);
        count++;
      }
    } catch (IOException | InvalidPathException e) {
      throw new IOException(
          report.file().path() + " cannot be put into " + folder + ": " + e.getMessage() + ".", e);
    }
  }

  /** Makes the folder, and looks at what an earlier scan put there. */
  private void open() throws IOException {
    Files.createDirectories(folder);
    try (DirectoryStream<Path> earlier = Files.newDirectoryStream(folder)) {
      for (Path file : earlier) {
        String name = String.valueOf(file.getFileName());
        taken.add(name.substring(0, Math.min(HASH_CHARS, name.length())));
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  private static void linkOrCopy(Path file, Path target) throws IOException {
    // A link would go on pointing to what the user named by a link.
    Path real = file.toRealPath();
    try {
      Files.createLink(target, real);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (IOException | UnsupportedOperationException e) {
      copy(real, target);
    }
  }

  /** Under another name first: what breaks off must not count as taken. */
  private static void copy(Path file, Path target) throws IOException {
    Path part = target.resolveSibling("copying-" + target.getFileName());
    try {
      Files.copy(file, part, StandardCopyOption.REPLACE_EXISTING);
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** The last part of a path, without what a shell or a terminal would take for something else. */
  static String harmless(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    int[] plain = name.replaceAll("[^\\p{L}\\p{N}._-]", "_").codePoints().toArray();
    // Its end, where the ending stands; file systems count bytes.
    int start = plain.length;
    int bytes = 0;
    while (start > 0 && bytes + utf8(plain[start - 1]) <= MAX_NAME_BYTES) {
      start--;
      bytes += utf8(plain[start]);
    }
    return new String(plain, start, plain.length - start);
  }

  private static int utf8(int point) {
    return Character.toString(point).getBytes(StandardCharsets.UTF_8).length;
  }
}
