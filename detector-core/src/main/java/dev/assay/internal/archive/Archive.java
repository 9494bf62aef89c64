package dev.assay.internal.archive;

import dev.assay.Archives;
import dev.assay.FailureCode;
import dev.assay.MediaException;
import dev.assay.Sentence;
import dev.assay.spi.Budget;
import dev.assay.spi.DamagedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The files in an archive, one after the other, unpacked only when they are asked for.
 *
 * <p>All that is unpacked counts against one total, also what is passed over, and each step against
 * the time of a file. Names inside are labels, never paths: nothing is written where they point to.
 */
abstract class Archive implements Archives.Opened {

  private static final int MAX_ENTRIES = 1_000_000;
  private static final long MAX_ENTRY_BYTES = 2L << 30;

  /** Media hardly shrink when packed; what unpacks to this many times its size is a bomb. */
  private static final long MAX_RATIO = 200;

  /** What any archive may unpack to, however small. */
  private static final long MIN_TOTAL_BYTES = 256L << 20;

  /** What is passed over to get at media: of each byte of the archive, and of any archive. */
  private static final long MAX_PASSED_OVER_RATIO = 50;

  private static final long MIN_PASSED_OVER_BYTES = 64L << 20;

  private static final int BUFFER_BYTES = 1 << 16;
  private static final String UNPACK = "Unpack it with another program and scan the folder.";

  private final Budget budget;
  private final long maxTotalBytes;
  private long totalBytes;
  private long passedOverLeft;
  private long entries;

  Archive(Path file, Budget budget) throws IOException {
    this.budget = budget;
    long size = Files.size(file);
    this.maxTotalBytes = Math.max(MIN_TOTAL_BYTES, MAX_RATIO * size);
    this.passedOverLeft = Math.max(MIN_PASSED_OVER_BYTES, MAX_PASSED_OVER_RATIO * size);
  }

  @Override
  public final Optional<Archives.Member> next() throws MediaException {
    return attempt(
        budget,
        () -> {
          counted(0);
          Optional<Archives.Member> member = nextMember();
          if (member.isPresent() && ++entries > MAX_ENTRIES) {
            throw new MediaException(
                FailureCode.TOO_MANY_BYTES,
                Sentence.of(
                    "The archive holds more than {0} files; the rest was not examined.",
                    MAX_ENTRIES));
          }
          return member;
        });
  }

  @Override
  public final void unpack(Path target, long most) throws MediaException {
    boolean whole = false;
    try {
      attempt(budget, () -> copy(target, Math.min(most, MAX_ENTRY_BYTES)));
      whole = true;
    } finally {
      if (!whole) {
        remove(target);
      }
    }
  }

  private long copy(Path target, long most) throws IOException, MediaException, DamagedException {
    byte[] buffer = new byte[BUFFER_BYTES];
    long written = 0;
    try (InputStream content = content();
        OutputStream out = Files.newOutputStream(target, StandardOpenOption.CREATE_NEW)) {
      for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
        written += count;
        if (written > most) {
          throw new MediaException(
                  FailureCode.TOO_MANY_BYTES,
                  Sentence.of("It unpacks to more than {0} bytes.", most))
              .withRemedy(UNPACK);
        }
        out.write(buffer, 0, count);
      }
    }
    return written;
  }

  private static void remove(Path target) {
    try {
      Files.deleteIfExists(target);
    } catch (IOException e) {
      // It is removed with its folder.
    }
  }

  @Override
  public final void stop() {
    budget.cancel();
  }

  @Override
  public final void close() {
    try {
      closeFile();
    } catch (IOException | RuntimeException e) {
      // All that could be read was read.
    }
  }

  abstract Optional<Archives.Member> nextMember()
      throws IOException, MediaException, DamagedException;

  /** The bytes of the file that came last, which are {@link #counted}; closed after reading. */
  abstract InputStream content() throws IOException;

  abstract void closeFile() throws IOException;

  /** Unpacks what is left of a file that nobody wants, where those after it lie behind it. */
  final void passOver(InputStream rest) throws IOException, MediaException {
    byte[] buffer = new byte[BUFFER_BYTES];
    for (int count = rest.read(buffer); count >= 0; count = rest.read(buffer)) {
      passedOverLeft -= count;
      if (passedOverLeft < 0) {
        throw tooMuch();
      }
    }
  }

  /** Counts what was unpacked, to be kept or passed over. */
  final void counted(long bytes) throws MediaException, DamagedException {
    budget.handOut(bytes);
    totalBytes += bytes;
    if (totalBytes > maxTotalBytes) {
      throw tooMuch();
    }
  }

  private static MediaException tooMuch() {
    return new MediaException(
        FailureCode.TOO_MANY_BYTES,
        "The archive unpacks to far more than its size; the rest was not examined.");
  }

  /** Counts an entry, also one that is passed over. */
  final void step() throws DamagedException {
    budget.work(1);
  }

  /** A step of work on an archive. */
  interface Step<T> {
    T take() throws IOException, MediaException, DamagedException;
  }

  /**
   * Takes a step, for which time begins anew; whatever it ends of is a failure of this archive.
   *
   * @throws MediaException says what of
   */
  static <T> T attempt(Budget budget, Step<T> step) throws MediaException {
    budget.renew();
    try {
      return step.take();
    } catch (IOException | DamagedException | RuntimeException e) {
      for (Throwable at = e; at != null; at = at.getCause()) {
        if (at instanceof MediaException reason) {
          throw reason;
        }
      }
      if (budget.cutShort()) {
        budget.checkTime();
      }
      throw damaged(e);
    } catch (OutOfMemoryError | StackOverflowError e) {
      throw new MediaException(
          FailureCode.TOO_MUCH_MEMORY, "The archive needs more memory than there is.", e);
    }
  }

  /** What the file system says may be otherwise another time; what the content says will not. */
  private static MediaException damaged(Exception e) {
    FailureCode code =
        e instanceof FileSystemException ? FailureCode.UNREADABLE : FailureCode.CORRUPT;
    return new MediaException(
            code,
            Sentence.of(
                "The archive cannot be read, or not to its end: {0}.",
                String.valueOf(e.getMessage())),
            e)
        .withRemedy(UNPACK);
  }
}
