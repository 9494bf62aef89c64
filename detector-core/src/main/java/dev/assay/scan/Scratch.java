package dev.assay.scan;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A temporary folder for what is unpacked from archives, made when first needed. What a process
 * that was killed left behind is removed by the next one.
 */
final class Scratch implements Closeable {

  private static final Pattern NAME = Pattern.compile("assay-scan-(\\d{1,18})-.*");

  private @Nullable Path folder;
  private long count;

  /** Writes a stream to a file of its own. */
  Path write(InputStream content) throws IOException {
    if (folder == null) {
      folder = create();
    }
    count++;
    Path file = folder.resolve(Long.toString(count));
    try {
      Files.copy(content, file);
      return file;
    } catch (IOException e) {
      Files.deleteIfExists(file);
      throw e;
    }
  }

  /** Removes a file if it is one of these. */
  void release(Path file) throws IOException {
    if (folder != null && file.startsWith(folder)) {
      Files.deleteIfExists(file);
    }
  }

  @Override
  public void close() throws IOException {
    if (folder != null) {
      remove(folder);
    }
  }

  private static Path create() throws IOException {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    Path own =
        Files.createTempDirectory(temporary, "assay-scan-" + ProcessHandle.current().pid() + "-");
    try (DirectoryStream<Path> found = Files.newDirectoryStream(temporary, "assay-scan-*")) {
      for (Path path : found) {
        if (abandoned(path) && sameOwner(path, own)) {
          remove(path);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // Tidying up after others is not worth a scan.
    }
    return own;
  }

  private static boolean abandoned(Path path) {
    Matcher name = NAME.matcher(String.valueOf(path.getFileName()));
    return name.matches() && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty();
  }

  /** A link to elsewhere, or a folder that another user made, is nothing to be emptied. */
  private static boolean sameOwner(Path path, Path own) throws IOException {
    return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
        && Files.getOwner(path, LinkOption.NOFOLLOW_LINKS).equals(Files.getOwner(own));
  }

  private static void remove(Path folder) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(folder);
  }
}
