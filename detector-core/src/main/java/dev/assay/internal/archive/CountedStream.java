package dev.assay.internal.archive;

import dev.assay.MediaException;
import dev.assay.internal.container.MeteredStream;
import dev.assay.spi.DamagedException;
import java.io.IOException;
import java.io.InputStream;

/** What an archive unpacks, counted as it comes; closing it leaves the archive open. */
final class CountedStream extends MeteredStream {

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
  protected void meter(int count) throws IOException {
    try {
      archive.counted(count);
    } catch (MediaException | DamagedException e) {
      throw new IOException(e.getMessage(), e);
    }
    allowed -= count;
    if (allowed < 0) {
      throw new IOException("a header of it is too long");
    }
  }

  @Override
  public void close() {
    // What several files share is closed with the archive.
  }
}
