package dev.assay.server.internal.jobs;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Jobs on disk: a folder for each, with what it is, its media until they are examined, and its
 * report from then on. A folder appears, and a report in it, in one step, so that a process that
 * ends at any moment leaves each job either as it was or done. Forgetting a job removes its folder.
 *
 * <p>One process at a time. Not thread-safe for one job.
 */
final class JobFolder implements AutoCloseable {

  private static final String JOB = "job.json";
  private static final String MEDIA = "media";
  private static final String REPORT = "report.json";
  private static final String UNFINISHED = ".part";
  private static final String TOLD = "told";
  private static final String LOCK = "lock";

  private final Path folder;
  private final FileChannel lockFile;

  /**
   * In a folder, which is made where it is not there.
   *
   * @throws IOException if it cannot be written, or another server uses it; the message is a
   *     sentence
   */
  JobFolder(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.lockFile =
        FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!isLocked(lockFile)) {
      lockFile.close();
      throw new IOException(folder + " is in use by another server; name another with --data.");
    }
    for (Path child : children()) {
      if (child.getFileName().toString().endsWith(UNFINISHED)) {
        remove(child);
      }
    }
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      @Nullable FileLock lock = channel.tryLock();
      return lock != null;
    } catch (java.nio.channels.OverlappingFileLockException e) {
      return false;
    }
  }

  private List<Path> children() throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      return children.filter(Files::isDirectory).toList();
    }
  }

  /** The jobs of an earlier process, in the order in which they were taken. */
  List<Job> all() throws IOException {
    List<Job> jobs = new ArrayList<>();
    for (Path child : children()) {
      Job job = Job.read(Files.readString(child.resolve(JOB)));
      Path report = child.resolve(REPORT);
      jobs.add(
          Files.exists(report) ? job.doneAt(Files.getLastModifiedTime(report).toInstant()) : job);
    }
    jobs.sort((a, b) -> a.created().compareTo(b.created()));
    return jobs;
  }

  /** Keeps a new job; its media are moved to it. */
  void add(Job job, Path media) throws IOException {
    Path part = folder.resolve(job.id() + UNFINISHED);
    Files.createDirectory(part);
    Files.move(media, part.resolve(MEDIA));
    Files.writeString(part.resolve(JOB), job.json());
    Files.move(part, folder.resolve(job.id()), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Where its media lie until it is done. */
  Path media(Job job) {
    return folder.resolve(job.id()).resolve(MEDIA);
  }

  /** Keeps its report, and forgets its media. */
  void finish(Job job, String report) throws IOException {
    Path own = folder.resolve(job.id());
    Path part = own.resolve(REPORT + UNFINISHED);
    Files.writeString(part, report);
    Files.move(part, own.resolve(REPORT), StandardCopyOption.ATOMIC_MOVE);
    Files.deleteIfExists(media(job));
  }

  /** Its report, once it is done. */
  Optional<String> report(Job job) throws IOException {
    try {
      return Optional.of(Files.readString(folder.resolve(job.id()).resolve(REPORT)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Whether nobody is to be told of it any more. */
  boolean isTold(Job job) {
    return Files.exists(folder.resolve(job.id()).resolve(TOLD));
  }

  /** Nobody is. */
  void told(Job job) throws IOException {
    Path own = folder.resolve(job.id());
    if (Files.exists(own)) {
      Files.createFile(own.resolve(TOLD));
    }
  }

  /** Forgets it. */
  void remove(Job job) throws IOException {
    Path own = folder.resolve(job.id());
    Path gone = folder.resolve(job.id() + UNFINISHED);
    try {
      Files.move(own, gone, StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException e) {
      return;
    }
    remove(gone);
  }

  private static void remove(Path tree) throws IOException {
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

  @Override
  public void close() throws IOException {
    lockFile.close();
  }
}
