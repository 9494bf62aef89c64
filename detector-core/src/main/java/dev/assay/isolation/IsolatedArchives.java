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
    IsolatedArchive archive = new IsolatedArchive(file, name, names);
    archive.open();
    return archive;
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
    List<String> options =
        List.of(HEAP, "-XX:+UseSerialGC", "-XX:-UsePerfData", "-XX:TieredStopAtLevel=1");
    WorkerProcess.Question told = out -> out.writeLong(time.toMillis());
    WorkerProcess started =
        wasReady
            ? WorkerProcess.start(ArchiveMain.class, options, limits.showErrors(), told)
            : WorkerProcess.startFirst(ArchiveMain.class, options, limits.showErrors(), told);
    wasReady = true;
    all.add(started);
    return started;
  }

  private MediaException reason(EndedException e) {
    WorkerProcess.Excess excess = e.excess();
    if (excess == null) {
      return new MediaException(
          FailureCode.CRASHED,
          Sentence.of(
              "The process that looked into the archive came to a sudden end, twice: {0}.",
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

  /**
   * An archive that is open in a process. Where that comes to a sudden end, another one goes on
   * from the same place, once; then the archive is over.
   */
  private final class IsolatedArchive implements Archives.Opened {

    private final Path file;
    private final String name;
    private final Optional<Charset> names;
    private volatile @Nullable WorkerProcess worker;
    private volatile boolean stopped;
    private boolean tried;
    private long members;
    private @Nullable MediaException over;

    IsolatedArchive(Path file, String name, Optional<Charset> names) {
      this.file = file;
      this.name = name;
      this.names = names;
    }

    void open() throws MediaException {
      try {
        begin();
      } catch (EndedException e) {
        goOn(e);
      }
    }

    @Override
    public Optional<Member> next() throws MediaException {
      Optional<Member> member = ask(out -> out.writeInt(ArchiveMain.NEXT));
      members++;
      return member;
    }

    @Override
    public void unpack(Path target, long most) throws MediaException {
      try {
        ask(
            out -> {
              // What a process that ended left of it.
              remove(target);
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
      stopped = true;
      WorkerProcess working = worker;
      if (working != null) {
        working.abandon();
      }
    }

    @Override
    public void close() {
      WorkerProcess working = worker;
      worker = null;
      if (working != null && !stopped) {
        idle.addFirst(working);
      } else if (working != null) {
        all.remove(working);
        working.close();
      }
    }

    private Optional<Member> ask(WorkerProcess.Question question) throws MediaException {
      try {
        return step(question);
      } catch (EndedException e) {
        goOn(e);
      }
      try {
        return step(question);
      } catch (EndedException e) {
        throw ended(e);
      }
    }

    /** Brings another process to where the one that ended was. */
    private void goOn(EndedException reason) throws MediaException {
      if (tried || stopped || reason.excess() == WorkerProcess.Excess.TOO_LONG) {
        throw ended(reason);
      }
      tried = true;
      try {
        begin();
        for (long i = 0; i < members; i++) {
          step(out -> out.writeInt(ArchiveMain.NEXT));
        }
      } catch (EndedException e) {
        throw ended(e);
      }
    }

    private MediaException ended(EndedException e) {
      over = reason(e);
      return over;
    }

    private void begin() throws EndedException, MediaException {
      worker = take();
      try (NameablePath path = NameablePath.of(file)) {
        step(
            out -> {
              out.writeInt(ArchiveMain.OPEN);
              WorkerMessages.writeText(out, path.text());
              WorkerMessages.writeText(out, name);
              WorkerMessages.writeText(out, names.map(Charset::name).orElse(""));
            });
      } catch (IOException e) {
        throw MediaException.unreadable(e);
      } catch (MediaException e) {
        close();
        throw e;
      }
    }

    private Optional<Member> step(WorkerProcess.Question question)
        throws EndedException, MediaException {
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
        throw e;
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
