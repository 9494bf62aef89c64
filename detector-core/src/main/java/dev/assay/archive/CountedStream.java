package dev.assay.archive;

import dev.assay.MediaException;
import dev.assay.container.DamagedException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** What an archive unpacks, counted as it comes; closing it leaves the archive open. */
final class CountedStream extends FilterInputStream {

  private final Archive archive;
  private long allowed = Long.MAX_VALUE;

  CountedStream(InputStream content, Archive archive) {
    super(content);
    this.archive = archive;
  }

  /**
   * Bounds what comes from now on.
   *
   * @param bytes that may come; then reading fails
   */
  void allow(long bytes) {
    allowed = bytes;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int from, int count) throws IOException {
    int read = super.read(target, from, count);
    try {
      archive.counted(read);
    } catch (MediaException | DamagedException e) {
      throw new IOException(e.getMessage(), e);
    }
    allowed -= Math.max(0, read);
    if (allowed < 0) {
      throw new IOException("a header of it is too long");
    }
    return read;
  }

  /** By reading, so that what is passed over is counted too. */
  @Override
  public long skip(long count) throws IOException {
    byte[] passed = new byte[(int) Math.min(1 << 16, Math.max(0, count))];
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

  @Override
  public boolean markSupported() {
    return false;
  }

  @Override
  public void close() {
    // What several files share is closed with the archive.
  }
}
