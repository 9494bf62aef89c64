package dev.assay.isolation;

import dev.assay.Archives;
import dev.assay.FailureCode;
import dev.assay.MediaException;
import dev.assay.Sentence;
import dev.assay.isolation.WorkerProcess.EndedException;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/**
 * Looks into archives in processes of their own, one for each archive that is open. A process is
 * used for one archive after another, and ended where an archive takes more time or memory than it
 * may. Thread-safe.
 */
final class IsolatedArchives implements Archives, AutoCloseable {

  /** Tables of names and windows of decoders; media pass through. */
  private static final String HEAP = "-Xmx512m";

  private final Duration time;
  private final WorkerLimits limits;
  private final Deque<WorkerProcess> idle = new ConcurrentLinkedDeque<>();
  private final Set<WorkerProcess> all = ConcurrentHashMap.newKeySet();
  private final WorkerWatch watch;
  private volatile boolean wasReady;

  /**
   * Starts nothing yet.
   *
   * @param time that each step may take
   * @param limits of each process
   */
  IsolatedArchives(Duration time, WorkerLimits limits) {
    this.time = time;
    this.limits = limits;
    this.watch = new WorkerWatch(all, time.plus(limits.grace()), limits.memoryBytes());
  }

  @Override
  public Archives.Opened open(Path file, String name, Optional<Charset> names)
      throws MediaException {
    try (NameablePath path = NameablePath.of(file)) {
      IsolatedArchive archive = new IsolatedArchive();
      archive.ask(
          out -> {
            out.writeInt(ArchiveMain.OPEN);
            WorkerMessages.writeText(out, path.text());
            WorkerMessages.writeText(out, name);
            WorkerMessages.writeText(out, names.map(Charset::name).orElse(""));
          });
      return archive;
    } catch (IOException e) {
      throw MediaException.unreadable(e);
    }
  }

  @Override
  public void close() {
    watch.close();
    all.forEach(WorkerProcess::close);
  }

  private WorkerProcess take() throws EndedException {
    WorkerProcess known = idle.pollFirst();
    if (known != null) {
      return known;
    }
    try {
      WorkerProcess started =
          WorkerProcess.start(
              ArchiveMain.class,
              List.of(HEAP, "-XX:+UseSerialGC", "-XX:-UsePerfData", "-XX:TieredStopAtLevel=1"),
              limits.showErrors(),
              out -> out.writeLong(time.toMillis()));
      all.add(started);
      wasReady = true;
      return started;
    } catch (EndedException e) {
      if (wasReady) {
        throw e;
      }
      throw WorkerClassPath.broken(e);
    }
  }

  private MediaException reason(EndedException e) {
    WorkerProcess.Excess excess = e.excess();
    if (excess == null) {
      return new MediaException(
          FailureCode.CRASHED,
          Sentence.of(
              "The process that looked into the archive came to a sudden end: {0}.",
              String.valueOf(e.getMessage())),
          e);
    }
    return switch (excess) {
      case TOO_LONG ->
          new MediaException(
              FailureCode.TIMED_OUT,
              Sentence.of(
                  "The process that looked into the archive did not end within {0} seconds and was"
                      + " ended.",
                  time.plus(limits.grace()).toSeconds()),
              e);
      case TOO_LARGE ->
          new MediaException(
              FailureCode.TOO_MUCH_MEMORY,
              Sentence.of(
                  "The process that looked into the archive took more than {0} bytes of memory and"
                      + " was ended.",
                  limits.memoryBytes()),
              e);
    };
  }

  /** An archive that is open in a process; over when that has ended. */
  private final class IsolatedArchive implements Archives.Opened {

    private volatile @Nullable WorkerProcess worker;
    private @Nullable MediaException over;

    IsolatedArchive() throws MediaException {
      try {
        worker = take();
      } catch (EndedException e) {
        throw reason(e);
      }
    }

    @Override
    public Optional<Member> next() throws MediaException {
      return ask(out -> out.writeInt(ArchiveMain.NEXT));
    }

    @Override
    public void unpack(Path target, long most) throws MediaException {
      try {
        ask(
            out -> {
              out.writeInt(ArchiveMain.UNPACK);
              WorkerMessages.writeText(out, target.toString());
              out.writeLong(most);
            });
      } catch (MediaException e) {
        remove(target);
        throw e;
      }
    }

    @Override
    public void stop() {
      WorkerProcess working = worker;
      if (working != null) {
        working.abandon();
      }
    }

    @Override
    public void close() {
      WorkerProcess working = worker;
      worker = null;
      if (working != null) {
        idle.addFirst(working);
      }
    }

    private Optional<Member> ask(WorkerProcess.Question question) throws MediaException {
      WorkerProcess working = worker;
      if (over != null || working == null) {
        throw over == null
            ? new MediaException(FailureCode.INTERNAL, "The archive was closed.")
            : over;
      }
      Reply reply;
      try {
        reply = working.ask(question, Reply::read);
      } catch (EndedException e) {
        worker = null;
        all.remove(working);
        working.close();
        over = reason(e);
        throw over;
      }
      if (reply.failure().isPresent()) {
        throw reply.failure().get();
      }
      return reply.member();
    }
  }

  private static void remove(Path target) {
    try {
      Files.deleteIfExists(target);
    } catch (IOException e) {
      // It is removed with its folder.
    }
  }

  /** What a process says to one step. */
  private record Reply(Optional<Archives.Member> member, Optional<MediaException> failure) {

    static Reply read(int kind, DataInputStream in) throws IOException {
      return switch (kind) {
        case ArchiveMain.MEMBER ->
            new Reply(
                Optional.of(new Archives.Member(WorkerMessages.readText(in), in.readLong())),
                Optional.empty());
        case ArchiveMain.DONE -> new Reply(Optional.empty(), Optional.empty());
        case ArchiveMain.FAILED ->
            new Reply(Optional.empty(), Optional.of(WorkerMessages.readFailure(in)));
        default -> throw new IOException("an answer of the unknown kind " + kind);
      };
    }
  }
}
