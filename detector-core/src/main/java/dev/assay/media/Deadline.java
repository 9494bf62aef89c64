package dev.assay.media;

import dev.assay.FailureCode;
import dev.assay.MediaException;
import java.time.Duration;

/** The moment until which a file may be worked on. */
final class Deadline {

  private final Duration time;
  private final long end;

  Deadline(Duration time) {
    this.time = time;
    this.end = System.nanoTime() + time.toNanos();
  }

  boolean passed() {
    return System.nanoTime() - end > 0;
  }

  /**
   * Stops work that has run out of time.
   *
   * @throws MediaException if the moment has passed
   */
  void check() throws MediaException {
    if (passed()) {
      throw new MediaException(
          FailureCode.TIMED_OUT, "Decoding took longer than " + time.toSeconds() + " seconds.");
    }
  }
}
