package dev.assay.server.internal.jobs;

import dev.assay.server.internal.intake.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Jobs on disk: a folder for each, with what it is, its media until they are examined, and its
 * report from then on, with the page and small picture beside it that were asked for. A folder
 * appears, and a report in it, in one step, so that a process that ends at any moment leaves each
 * job either as it was or done. Forgetting a job removes its folder.
 *
 * <p>Not thread-safe for one job.
 */
final class JobFolder {

  private static final System.Logger LOG = System.getLogger(JobFolder.class.getName());
  private static final String JOB = "job.json";
  private static final String MEDIA = "media";
  private static final String REPORT = "report.json";
  private static final String PAGE = "page.html";
  private static final String THUMBNAIL = "thumbnail.jpg";
  private static final String NOTE = "note.txt";
  private static final String UNFINISHED = ".part";
  private static final String TOLD = "told";

  private final Path folder;

  /**
   * In a folder that is there; what was not taken whole is removed.
   *
   * @throws IOException if it cannot be read
   */
  JobFolder(Path folder) throws IOException {
    this.folder = folder;
    for (Path child : children()) {
      if (child.getFileName().toString().endsWith(UNFINISHED)) {
        DataFolder.remove(child);
      }
    }
  }

  private List<Path> children() throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      return children.filter(Files::isDirectory).toList();
    }
  }

  /**
   * The jobs of an earlier process, in the order in which they were taken. What cannot be read, as
   * settings of another release may be, stays where it is and keeps no other from being done.
   */
  List<Job> all() throws IOException {
    List<Job> jobs = new ArrayList<>();
    for (Path child : children()) {
      try {
        jobs.add(read(child));
      } catch (IOException e) {
        LOG.log(System.Logger.Level.WARNING, child + " holds no job that can be read", e);
      }
    }
    jobs.sort((a, b) -> a.created().compareTo(b.created()));
    return jobs;
  }

  private static Job read(Path own) throws IOException {
    Job job =
        Job.read(Files.readString(own.resolve(JOB))).noted(text(own.resolve(NOTE)).orElse(""));
    Path report = own.resolve(REPORT);
    return Files.exists(report)
        ? job.at(Job.Progress.doneAt(Files.getLastModifiedTime(report).toInstant()))
        : job;
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

  /** Keeps what came of it, its report last, and forgets its media. */
  void finish(Job job, JobResult result) throws IOException {
    Path own = folder.resolve(job.id());
    if (result.page().isPresent()) {
      Files.writeString(own.resolve(PAGE), result.page().get());
    }
    if (result.thumbnail().isPresent()) {
      Files.write(own.resolve(THUMBNAIL), result.thumbnail().get());
    }
    replace(own.resolve(REPORT), result.report());
    Files.deleteIfExists(media(job));
  }

  private static void replace(Path file, String text) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + UNFINISHED);
    Files.writeString(part, text);
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Its report, once it is done. */
  Optional<String> report(Job job) throws IOException {
    return text(folder.resolve(job.id()).resolve(REPORT));
  }

  /** Its page, once it is done, if one was asked for. */
  Optional<String> page(Job job) throws IOException {
    return text(folder.resolve(job.id()).resolve(PAGE));
  }

  /** The small picture beside its page. */
  Optional<byte[]> thumbnail(Job job) throws IOException {
    try {
      return Optional.of(Files.readAllBytes(folder.resolve(job.id()).resolve(THUMBNAIL)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Keeps the note of a job. */
  void note(Job job) throws IOException {
    replace(folder.resolve(job.id()).resolve(NOTE), job.note());
  }

  private static Optional<String> text(Path file) throws IOException {
    try {
      return Optional.of(Files.readString(file));
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
    DataFolder.remove(gone);
  }
}
