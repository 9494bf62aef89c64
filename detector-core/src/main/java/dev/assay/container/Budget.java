package dev.assay.container;

import dev.assay.FailureCode;
import dev.assay.MediaException;
import dev.assay.Sentence;
import java.time.Duration;

/**
 * What one examination may still spend: time, blocks visited, bytes copied. One object per
 * examination, passed to all that read the file.
 *
 * <p>Blocks and bytes are counted, not timed, so that the same file gives the same report on every
 * machine. Not thread-safe.
 */
public final class Budget {

  /** Most blocks, entries and elements visited in one file. */
  public static final int MAX_STEPS = 1_000_000;

  /** Most bytes copied because an entry points at them: many entries can point at the same ones. */
  public static final long MAX_COPIED_BYTES = 64L << 20;

  /** Most bytes that one piece of metadata may take, inflated. */
  public static final int MAX_PIECE_BYTES = 4 << 20;

  private final Duration time;
  private final long end;
  private int steps;
  private long copied;

  /** A budget that begins to run now. */
  public Budget(Duration time) {
    this.time = time;
    this.end = System.nanoTime() + time.toNanos();
  }

  /** Whether time has run out. */
  public boolean timeUp() {
    return System.nanoTime() - end > 0;
  }

  /**
   * Stops work that has run out of time.
   *
   * @throws MediaException if time has run out
   */
  public void checkTime() throws MediaException {
    if (timeUp()) {
      throw new MediaException(
          FailureCode.TIMED_OUT,
          time.toMillis() < 1000
              ? Sentence.of("The examination took longer than {0} ms.", time.toMillis())
              : Sentence.of("The examination took longer than {0} seconds.", time.toSeconds()));
    }
  }

  /** Counts one block, entry or element. */
  public void step() throws DamagedException {
    if (++steps > MAX_STEPS) {
      throw new DamagedException(
          Sentence.of(
              "The file has more than {0} blocks; those after them were not read.", MAX_STEPS));
    }
  }

  /** Counts bytes that are copied because an entry points at them. */
  public void copy(long bytes) throws DamagedException {
    copied += bytes;
    if (copied > MAX_COPIED_BYTES) {
      throw new DamagedException(
          Sentence.of(
              "The entries of the metadata point at more than {0} MiB together; the rest was not"
                  + " read.",
              MAX_COPIED_BYTES >> 20));
    }
  }
}
