package dev.assay.scan;

import dev.assay.Archives;
import dev.assay.MediaException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A temporary folder for what is unpacked from archives, made when first needed, and bounded as a
 * whole. What a process that was killed left behind is removed by the next one.
 */
final class Scratch implements Closeable {

  private static final Pattern NAME = Pattern.compile("assay-scan-(\\d{1,18})-.*");

  private final long bound;
  private final Map<Path, Long> sizes = new HashMap<>();
  private @Nullable Path folder;
  private long count;
  private long used;

  /** A folder for so many bytes, and no more than half of what its disk has free. */
  Scratch(long bytes) {
    this.bound = Math.min(bytes, free() / 2);
  }

  /** Whether there is room for so many bytes, or as much as there will ever be. */
  boolean hasRoom(long bytes) {
    return sizes.isEmpty() || left() >= bytes;
  }

  /** Unpacks the file that comes next in an archive to a file of its own. */
  Path unpack(Archives.Opened archive) throws IOException, MediaException {
    if (folder == null) {
      folder = create();
    }
    count++;
    Path file = folder.resolve(Long.toString(count));
    archive.unpack(file, left());
    long size = Files.size(file);
    sizes.put(file, size);
    used += size;
    return file;
  }

  private long left() {
    return Math.max(0, bound - used);
  }

  /** Removes a file if it is one of these. */
  void release(Path file) throws IOException {
    Long size = sizes.remove(file);
    if (size != null) {
      used -= size;
      Files.deleteIfExists(file);
    }
  }

  private static long free() {
    try {
      return Files.getFileStore(temporary()).getUsableSpace();
    } catch (IOException e) {
      return Long.MAX_VALUE;
    }
  }

  private static Path temporary() {
    return Path.of(System.getProperty("java.io.tmpdir"));
  }

  @Override
  public void close() throws IOException {
    if (folder != null) {
      remove(folder);
    }
  }

  private static Path create() throws IOException {
    Path temporary = temporary();
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
