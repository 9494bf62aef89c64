package dev.assay.internal.container;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream whose bytes are metered as they come, those that are skipped too. */
public abstract class MeteredStream extends FilterInputStream {

  private static final int SKIPPED_AT_ONCE = 1 << 16;

  /** Meters another stream. */
  protected MeteredStream(InputStream in) {
    super(in);
  }

  /**
   * Takes note of bytes that came.
   *
   * @throws IOException if no more may come
   */
  protected abstract void meter(int count) throws IOException;

  @Override
  public final int read() throws IOException {
    int value = super.read();
    meter(value < 0 ? 0 : 1);
    return value;
  }

  @Override
  public final int read(byte[] target, int from, int length) throws IOException {
    int count = super.read(target, from, length);
    meter(Math.max(0, count));
    return count;
  }

  /** By reading. */
  @Override
  public final long skip(long count) throws IOException {
    byte[] passed = new byte[(int) Math.min(SKIPPED_AT_ONCE, Math.max(0, count))];
    long left = count;
    while (left > 0) {
      int some = read(passed, 0, (int) Math.min(passed.length, left));
      if (some < 0) {
        break;
      }
      left -= some;
    }
    return count - left;
  }

  /** What is read again would be metered again. */
  @Override
  public final boolean markSupported() {
    return false;
  }
}
