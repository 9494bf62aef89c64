package dev.assay.internal.natives;

import dev.assay.InstallationException;
import dev.assay.internal.resource.CacheFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

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
      if (Files.isRegularFile(target) && Files.size(target) == connection.getContentLengthLong()) {
        return target;
      }
      Files.createDirectories(folder);
      Path part = Files.createTempFile(folder, "unpacking", null);
      try {
        Files.copy(content, part, StandardCopyOption.REPLACE_EXISTING);
        // The size is what the next process goes by: it must not stand for bytes that are lost.
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

  /** What to throw where a library is missing. */
  static InstallationException notLoaded(String library, LinkageError cause) {
    return new InstallationException(
        library
            + " cannot be loaded on "
            + System.getProperty("os.name")
            + " "
            + System.getProperty("os.arch")
            + ": see that its jar for this platform is on the class path, or its library in the folder"
            + " that -D"
            + NativeFolder.PROPERTY
            + " names, or set -D"
            + CacheFolder.PROPERTY
            + " to a folder that can be written and run from; a damaged copy goes away with "
            + CacheFolder.path().resolve("natives")
            + ".",
        cause);
  }
}
