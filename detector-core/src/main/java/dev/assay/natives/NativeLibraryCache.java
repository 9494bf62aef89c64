package dev.assay.natives;

import dev.assay.InstallationException;
import dev.assay.resource.CacheFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.JarURLConnection;
import java.net.URLConnection;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;

/**
 * Unpacks native libraries from jars once per user, not once per start: OpenCV alone is 65 MB.
 *
 * <p>The folder is that of the system property {@value #PROPERTY} if set, else the one that the
 * platform has for caches. A file is written beside its place and moved there, so that processes
 * that start together do not meet half of one; a file of another size than the resource is
 * replaced.
 */
public final class NativeLibraryCache {

  private NativeLibraryCache() {}

  /**
   * Unpacks a resource.
   *
   * @param owner a class of the jar that holds it
   * @param resource absolute name of the resource
   * @param version folder within the cache; another release of the library is another version
   * @return where it lies now
   * @throws IOException if there is no such resource, or the cache cannot be written
   */
  public static Path unpack(Class<?> owner, String resource, String version) throws IOException {
    Path folder = CacheFolder.path().resolve("natives").resolve(version);
    Path target = folder.resolve(resource.substring(resource.lastIndexOf('/') + 1));
    var location = owner.getResource(resource);
    if (location == null) {
      throw new IOException(resource + " is not on the class path: is this platform supported?");
    }
    var connection = location.openConnection();
    connection.setUseCaches(false);
    try (InputStream content = connection.getInputStream()) {
      if (isSame(target, connection)) {
        return target;
      }
      Files.createDirectories(folder);
      Path part = Files.createTempFile(folder, "unpacking", null);
      try {
        Files.copy(content, part, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel written = FileChannel.open(part, StandardOpenOption.WRITE)) {
          written.force(true);
        }
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
      } catch (FileAlreadyExistsException e) {
        // Another process was first.
      } finally {
        Files.deleteIfExists(part);
      }
    }
    return target;
  }

  /** By size and by the jar's checksum: a power failure may leave a file of the right size. */
  private static boolean isSame(Path target, URLConnection original) throws IOException {
    if (!Files.isRegularFile(target) || Files.size(target) != original.getContentLengthLong()) {
      return false;
    }
    if (!(original instanceof JarURLConnection jar)) {
      return true;
    }
    CRC32 sum = new CRC32();
    try (InputStream there = new CheckedInputStream(Files.newInputStream(target), sum)) {
      there.transferTo(OutputStream.nullOutputStream());
    }
    return sum.getValue() == jar.getJarEntry().getCrc();
  }

  /** What to throw where a library is missing. */
  static InstallationException notLoaded(String library, LinkageError cause) {
    return new InstallationException(
        library
            + " cannot be loaded on "
            + System.getProperty("os.name")
            + " "
            + System.getProperty("os.arch")
            + ": see that its jar for this platform is on the class path, or set -D"
            + CacheFolder.PROPERTY
            + " to a folder that can be written and run from.",
        cause);
  }
}
