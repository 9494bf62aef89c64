package dev.assay.internal.resource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Unpacks from jars what must be a file, once per user and not once per start: OpenCV alone is 65
 * MB.
 *
 * <p>A file is written beside its place and moved there, so that processes that start together do
 * not meet half of one; a file of another size than the resource is replaced.
 */
public final class UnpackedResource {

  private UnpackedResource() {}

  /**
   * Unpacks a resource.
   *
   * @param owner a class of the jar that holds it
   * @param resource absolute name of the resource
   * @param within folder within the cache; another release of the content has another
   * @return where it lies now
   * @throws IOException if there is no such resource, or the cache cannot be written
   */
  public static Path unpack(Class<?> owner, String resource, String within) throws IOException {
    Path folder = UserFolders.cache().resolve(within);
    Path target = folder.resolve(resource.substring(resource.lastIndexOf('/') + 1));
    var location = owner.getResource(resource);
    if (location == null) {
      throw new IOException(resource + " is not on the class path");
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
}
