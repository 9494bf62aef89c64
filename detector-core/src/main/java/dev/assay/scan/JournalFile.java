package dev.assay.scan;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * One file of a journal: lines are added at its end, and read from anywhere.
 *
 * <p>A line is with the operating system when {@link #append} returns, and so survives the end of
 * the process; whoever owns the file forces it to the disk ({@link #force}), and so it survives the
 * end of the machine.
 */
final class JournalFile implements Closeable {

  private static final int MAX_LINE_BYTES = 256 << 20;
  private static final int CHUNK_BYTES = 1 << 14;
  private static final long FORCE_NANOSECONDS = TimeUnit.SECONDS.toNanos(1);

  /** Takes lines, without their ends. */
  @FunctionalInterface
  interface LineConsumer {
    void accept(long offset, byte[] line) throws IOException;
  }

  private Path path;
  private long size;
  private long lookedFor = System.nanoTime();
  private boolean unforced;
  private boolean writable;
  private @Nullable FileChannel channel;

  private JournalFile(Path path, long size) {
    this.path = path;
    this.size = size;
  }

  /** A file without lines. */
  static JournalFile create(Path path) throws IOException {
    Files.write(path, new byte[0]);
    forceFolder(path);
    JournalFile file = new JournalFile(path, 0);
    file.openForAppending();
    return file;
  }

  /** An existing file that nobody writes to any more. */
  static JournalFile loadComplete(Path path, LineConsumer lines) throws IOException {
    return new JournalFile(path, readLines(path, lines));
  }

  /**
   * An existing file to be gone on with. A last line that was cut off is removed, and so is all
   * from the first line that holds a zero byte: no report does, and what a power failure kept from
   * the disk reads as zeros. Nothing from there on was forced.
   *
   * @throws IOException also if another scan is writing to it, perhaps in the middle of a line
   */
  static JournalFile loadForAppending(Path path, LineConsumer lines) throws IOException {
    JournalFile file = new JournalFile(path, 0);
    file.lock();
    try {
      // Through the locked channel: some systems let no other one read.
      FileChannel locked = file.channel();
      file.size = readLines(path, Channels.newInputStream(locked), lines, true);
      file.openForAppending();
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
    return file;
  }

  /**
   * Reads the lines that have an end.
   *
   * @return where the last of them ends
   * @throws IOException if a line is not what the consumer expects; the message says which
   */
  static long readLines(Path path, LineConsumer lines) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      return readLines(path, in, lines, false);
    }
  }

  private static long readLines(Path path, InputStream in, LineConsumer lines, boolean untilZeros)
      throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    byte[] chunk = new byte[CHUNK_BYTES];
    long offset = 0;
    long number = 1;
    for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
      int start = 0;
      for (int i = 0; i < count; i++) {
        if (chunk[i] == '\n') {
          line.write(chunk, start, i - start);
          byte[] whole = line.toByteArray();
          if (untilZeros && holdsZero(whole)) {
            return offset;
          }
          accept(lines, path, number, offset, whole);
          offset += line.size() + 1L;
          number++;
          line.reset();
          start = i + 1;
        }
      }
      line.write(chunk, start, count - start);
      if (line.size() > MAX_LINE_BYTES) {
        throw new IOException(path + ": line " + number + " is too long for a report.");
      }
    }
    return offset;
  }

  private static boolean holdsZero(byte[] line) {
    for (byte each : line) {
      if (each == 0) {
        return true;
      }
    }
    return false;
  }

  private static void accept(LineConsumer lines, Path path, long number, long offset, byte[] line)
      throws IOException {
    try {
      lines.accept(offset, line);
    } catch (IOException e) {
      throw new IOException(
          path
              + " cannot be resumed from: line "
              + number
              + " is not a report: "
              + e.getMessage()
              + ".",
          e);
    }
  }

  Path path() {
    return path;
  }

  long size() {
    return size;
  }

  /**
   * Checks that no other scan writes to a file.
   *
   * @throws IOException if one does
   */
  static void requireUnused(Path path) throws IOException {
    JournalFile file = new JournalFile(path, 0);
    file.lock();
    file.close();
  }

  /** Makes it ready for {@link #append}, for this process alone, after its last whole line. */
  void openForAppending() throws IOException {
    lock();
    FileChannel locked = channel();
    if (locked.size() > size) {
      locked.truncate(size);
    }
  }

  private void lock() throws IOException {
    if (writable) {
      return;
    }
    close();
    FileChannel opened = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      if (opened.tryLock() == null) {
        throw new OverlappingFileLockException();
      }
      channel = opened;
      writable = true;
    } catch (OverlappingFileLockException e) {
      opened.close();
      throw new IOException("Another scan is writing to " + path + "; wait for it, or stop it.", e);
    }
  }

  /**
   * Adds a line.
   *
   * @return where it begins
   * @throws IOException if it cannot be written; the file is as before
   */
  long append(String line) throws IOException {
    FileChannel to = channel();
    long offset = size;
    ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
    long end = offset;
    try {
      while (bytes.hasRemaining()) {
        end += to.write(bytes, end);
      }
      if (System.nanoTime() - lookedFor > FORCE_NANOSECONDS) {
        lookedFor = System.nanoTime();
        if (Files.notExists(path)) {
          size = end;
          throw new NoSuchFileException(path.toString());
        }
      }
    } catch (NoSuchFileException e) {
      throw removed(to);
    } catch (IOException e) {
      truncate(to, offset);
      throw new IOException(
          "Reports cannot be written to "
              + path
              + " any more: "
              + e.getMessage()
              + ". What was written is kept; make room, and go on with --resume.",
          e);
    }
    size = end;
    unforced = true;
    return offset;
  }

  /** Forces to the disk what was written since the last time. */
  void force() throws IOException {
    FileChannel to = channel;
    if (to != null && unforced) {
      to.force(false);
      unforced = false;
    }
  }

  private IOException removed(FileChannel file) throws IOException {
    return new IOException(
        path + " was removed during the scan; its reports were saved to " + rescued(file) + ".");
  }

  /** What was written to a file that has no name any more, under another name. */
  private Path rescued(FileChannel removed) throws IOException {
    Path rescue = Files.createTempFile("assay-reports-", ".jsonl");
    try (FileChannel copy = FileChannel.open(rescue, StandardOpenOption.WRITE)) {
      for (long at = 0; at < size; ) {
        at += removed.transferTo(at, size - at, copy);
      }
    }
    return rescue;
  }

  private static void truncate(FileChannel file, long size) {
    try {
      file.truncate(size);
    } catch (IOException e) {
      // The cut line is removed when the scan goes on.
    }
  }

  /** The line that begins at a place. */
  String lineAt(long offset) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
    FileChannel from = channel();
    for (long at = offset; at < size && line.size() < MAX_LINE_BYTES; at += chunk.position()) {
      chunk.clear();
      if (from.read(chunk, at) < 0) {
        break;
      }
      for (int i = 0; i < chunk.position(); i++) {
        if (chunk.get(i) == '\n') {
          line.write(chunk.array(), 0, i);
          return line.toString(StandardCharsets.UTF_8);
        }
      }
      line.write(chunk.array(), 0, chunk.position());
    }
    throw new IOException(path + " was changed during the scan.");
  }

  private FileChannel channel() throws IOException {
    FileChannel opened = channel;
    if (opened == null) {
      opened = FileChannel.open(path, StandardOpenOption.READ);
      channel = opened;
    }
    return opened;
  }

  /** Forces what was written to the disk, and closes; lines can still be read. */
  @Override
  public void close() throws IOException {
    try (FileChannel closing = channel) {
      if (closing != null && writable) {
        closing.force(true);
      }
    } finally {
      channel = null;
      writable = false;
    }
  }

  /** Gives the file another name. */
  void moveTo(Path target) throws IOException {
    FileChannel opened = channel;
    if (opened != null && Files.notExists(path)) {
      throw removed(opened);
    }
    close();
    Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
    forceFolder(target);
    path = target;
  }

  /** So that a name survives the end of the machine too; some systems cannot do it. */
  private static void forceFolder(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      return;
    }
    try (FileChannel open = FileChannel.open(folder, StandardOpenOption.READ)) {
      open.force(true);
    } catch (IOException e) {
      // Windows opens no folders.
    }
  }

  /** Leaves out the lines at other places than these. */
  void retain(LongPredicate offsets, boolean chained) throws IOException {
    close();
    Path rewritten = path.resolveSibling(path.getFileName() + ".rewritten");
    String[] hash = {ReportChain.FIRST};
    try (FileChannel to =
            FileChannel.open(
                rewritten,
                StandardOpenOption.WRITE,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING);
        OutputStream out = new BufferedOutputStream(Channels.newOutputStream(to))) {
      readLines(
          path,
          (offset, line) -> {
            if (offsets.test(offset)) {
              byte[] kept = chained ? ReportChain.relink(line, hash[0]) : line;
              hash[0] = chained ? ReportChain.hash(kept) : hash[0];
              out.write(kept);
              out.write('\n');
            }
          });
      out.flush();
      // A name must never stand for lines that are not on the disk yet.
      to.force(true);
    } catch (IOException e) {
      Files.deleteIfExists(rewritten);
      throw e;
    }
    Files.move(rewritten, path, StandardCopyOption.ATOMIC_MOVE);
    forceFolder(path);
    size = Files.size(path);
  }
}
