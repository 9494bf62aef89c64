package dev.assay.isolation;

import dev.assay.Archives;
import dev.assay.MediaException;
import dev.assay.internal.archive.LocalArchives;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The main class of a process that looks into archives: takes one step after the other as its
 * parent asks, until the parent closes its end.
 */
final class ArchiveMain {

  // What is asked.
  static final int OPEN = 1;
  static final int NEXT = 2;
  static final int UNPACK = 3;

  // What is answered, beside WorkerMessages.READY.
  static final int MEMBER = 11;
  static final int DONE = 12;
  static final int FAILED = 13;

  private final DataInputStream in;
  private final DataOutputStream out;
  private Archives.@Nullable Opened opened;

  private ArchiveMain(DataInputStream in, DataOutputStream out) {
    this.in = in;
    this.out = out;
  }

  /** Runs the process; there are no arguments. */
  public static void main(String[] arguments) throws IOException {
    // The parent ends it; Ctrl-C reaches it too, while what was unpacked is examined.
    Signals.ignore();
    System.setOut(System.err);
    new ArchiveMain(
            new DataInputStream(new BufferedInputStream(new FileInputStream(FileDescriptor.in))),
            new DataOutputStream(
                new BufferedOutputStream(new FileOutputStream(FileDescriptor.out))))
        .run();
  }

  private void run() throws IOException {
    Archives archives = new LocalArchives(Duration.ofMillis(in.readLong()));
    begin(WorkerMessages.READY);
    WorkerMessages.writeText(out, "");
    out.flush();
    try {
      while (true) {
        step(in.readInt(), archives);
        out.flush();
      }
    } catch (EOFException e) {
      // The parent needs it no more.
    }
  }

  private void step(int question, Archives archives) throws IOException {
    Optional<Archives.Member> member = Optional.empty();
    try {
      switch (question) {
        case OPEN -> open(archives);
        case NEXT -> member = current().next();
        case UNPACK -> {
          Path target = Path.of(WorkerMessages.readText(in));
          current().unpack(target, in.readLong());
        }
        default -> throw new IOException("a question of the unknown kind " + question);
      }
    } catch (MediaException e) {
      begin(FAILED);
      WorkerMessages.writeFailure(out, e);
      return;
    }
    if (member.isEmpty()) {
      begin(DONE);
      return;
    }
    begin(MEMBER);
    WorkerMessages.writeText(out, member.get().name());
    out.writeLong(member.get().size());
  }

  private void open(Archives archives) throws IOException, MediaException {
    Path file = Path.of(WorkerMessages.readText(in));
    String name = WorkerMessages.readText(in);
    String charset = WorkerMessages.readText(in);
    if (opened != null) {
      opened.close();
      opened = null;
    }
    opened =
        archives.open(
            file,
            name,
            charset.isEmpty() ? Optional.empty() : Optional.of(Charset.forName(charset)));
  }

  private Archives.Opened current() throws IOException {
    if (opened == null) {
      throw new IOException("no archive is open");
    }
    return opened;
  }

  private void begin(int answer) throws IOException {
    out.writeInt(WorkerMessages.MARK);
    out.writeInt(answer);
  }
}
