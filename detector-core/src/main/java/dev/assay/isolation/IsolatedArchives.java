package dev.assay.isolation;

import dev.assay.Archives;
import dev.assay.FailureCode;
import dev.assay.MediaException;
import dev.assay.isolation.WorkerProcess.EndedException;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks into archives in processes of their own, one for each archive that is open. A process is
 * used for one archive after another, and ended where an archive takes more time or memory than it
 * may. Thread-safe.
 */
final class IsolatedArchives implements Archives, AutoCloseable {

  /** Tables of names and windows of decoders; media pass through. */
  private static final String HEAP = "-Xmx512m";

  private final WorkerPool pool;

  /**
   * Starts nothing yet.
   *
   * @param time that each step may take
   * @param limits of each process
   */
  IsolatedArchives(Duration time, WorkerLimits limits) {
    this.pool =
        new WorkerPool(
            ArchiveMain.class,
            List.of(HEAP, "-XX:+UseSerialGC", "-XX:-UsePerfData", "-XX:TieredStopAtLevel=1"),
            out -> out.writeLong(time.toMillis()),
            time,
            limits);
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
    pool.close();
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
        pool.giveBack(working);
      } else if (working != null) {
        pool.drop(working);
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
      over = pool.reason(e);
      return over;
    }

    private void begin() throws EndedException, MediaException {
      worker = pool.take();
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
        pool.drop(working);
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
