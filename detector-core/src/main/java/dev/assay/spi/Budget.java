package dev.assay.spi;

import dev.assay.FailureCode;
import dev.assay.MediaException;
import dev.assay.Sentence;
import java.time.Duration;

/**
 * What one examination may still spend: time, blocks visited, bytes copied. One object per
 * examination, passed to all that read the file.
 *
 * <p>Blocks and bytes are counted, not timed, so that the same file gives the same report on every
 * machine. All that is counted is work too, and after some of it the budget looks at the clock by
 * itself: once time is up, nothing more is handed out. Not thread-safe.
 */
public final class Budget {

  /** Most blocks, entries and elements visited in one file. */
  public static final int MAX_STEPS = 1_000_000;

  /** Most bytes copied because an entry points at them: many entries can point at the same ones. */
  public static final long MAX_COPIED_BYTES = 64L << 20;

  /** Most bytes that one piece of metadata may take, inflated. */
  public static final int MAX_PIECE_BYTES = 4 << 20;

  /** Units of work between two looks at the clock: a step, or some bytes handed out, are one. */
  private static final int LOOK = 4_096;

  private static final int BYTES_PER_UNIT = 256;

  private final Duration time;
  private long end;
  private int steps;
  private long copied;
  private long work;
  private long nextLook;
  private boolean cutShort;
  private volatile boolean cancelled;

  /** A budget that begins to run now. */
  public Budget(Duration time) {
    this.time = time;
    this.end = System.nanoTime() + time.toNanos();
  }

  /** Whether time has run out. */
  public boolean timeUp() {
    return cancelled || System.nanoTime() - end > 0;
  }

  /**
   * Stops work that has run out of time.
   *
   * @throws MediaException if time has run out
   */
  public void checkTime() throws MediaException {
    if (cutShort || timeUp()) {
      throw new MediaException(
          FailureCode.TIMED_OUT,
          time.toMillis() < 1000
              ? Sentence.of("The examination took longer than {0} ms.", time.toMillis())
              : Sentence.of("The examination took longer than {0} seconds.", time.toSeconds()));
    }
  }

  /** Lets time begin anew: for a file that is read in steps, with other work between them. */
  public void renew() {
    end = System.nanoTime() + time.toNanos();
    nextLook = work;
    cutShort = false;
  }

  /** Lets no time be left. May be called from any thread. */
  public void cancel() {
    cancelled = true;
  }

  /** Whether something was not read because time had run out. */
  public boolean cutShort() {
    return cutShort;
  }

  /** Whether nothing more is read: time has run out, or all steps were taken. */
  public boolean spent() {
    return cutShort || steps > MAX_STEPS;
  }

  /** Counts one block, entry or element. */
  public void step() throws DamagedException {
    if (++steps > MAX_STEPS) {
      throw new DamagedException(
          Sentence.of(
              "The file has more than {0} blocks; those after them were not read.", MAX_STEPS));
    }
    work(1);
  }

  /**
   * Counts work on what was read already.
   *
   * @param units each about as much as a step costs
   * @throws DamagedException if time has run out
   * @throws IllegalArgumentException if it is negative
   */
  public void work(long units) throws DamagedException {
    if (units < 0) {
      throw new IllegalArgumentException("negative work: " + units);
    }
    work += units;
    if (work >= nextLook) {
      nextLook = work + LOOK;
      cutShort |= timeUp();
    }
    if (cutShort) {
      throw new DamagedException("The time for this file ran out; the rest was not read.");
    }
  }

  /** Counts bytes that are handed out. */
  public void handOut(long bytes) throws DamagedException {
    work(1 + bytes / BYTES_PER_UNIT);
  }

  /**
   * Counts bytes that are copied because an entry points at them.
   *
   * @throws IllegalArgumentException if they are negative
   */
  public void copy(long bytes) throws DamagedException {
    if (bytes < 0) {
      throw new IllegalArgumentException("negative length: " + bytes);
    }
    copied += Math.min(bytes, MAX_COPIED_BYTES + 1);
    if (copied > MAX_COPIED_BYTES) {
      throw new DamagedException(
          Sentence.of(
              "The entries of the metadata point at more than {0} MiB together; the rest was not"
                  + " read.",
              MAX_COPIED_BYTES >> 20));
    }
  }
}
