package dev.assay.server.internal.intake;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * The folder of a server, of one process at a time: what arrives, and jobs. What an earlier process
 * left of what arrived is removed when it is opened.
 */
public final class DataFolder implements AutoCloseable {

  private static final String LOCK = "lock";

  private final Path folder;
  private final FileChannel lockFile;

  private DataFolder(Path folder, FileChannel lockFile) {
    this.folder = folder;
    this.lockFile = lockFile;
  }

  /**
   * Opens a folder, which is made where it is not there, and closes it to other users.
   *
   * @throws IOException if it cannot be written, or another server uses it; the message is a
   *     sentence
   */
  public static DataFolder open(Path folder) throws IOException {
    Files.createDirectories(folder);
    PosixFileAttributeView owner = Files.getFileAttributeView(folder, PosixFileAttributeView.class);
    if (owner != null) {
      owner.setPermissions(PosixFilePermissions.fromString("rwx------"));
    }
    FileChannel lockFile =
        FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!isLocked(lockFile)) {
      lockFile.close();
      throw new IOException(folder + " is in use by another server; name another with --data.");
    }
    DataFolder data = new DataFolder(folder, lockFile);
    if (Files.exists(data.arriving())) {
      remove(data.arriving());
    }
    Files.createDirectory(data.arriving());
    Files.createDirectories(data.jobs());
    return data;
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      @Nullable FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  /** For what arrives. */
  public Path arriving() {
    return folder.resolve("arriving");
  }

  /** For jobs. */
  public Path jobs() {
    return folder.resolve("jobs");
  }

  /** Removes a folder and all in it. */
  public static void remove(Path tree) throws IOException {
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e)
              throws IOException {
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** Leaves it to another process. */
  @Override
  public void close() throws IOException {
    lockFile.close();
  }
}
