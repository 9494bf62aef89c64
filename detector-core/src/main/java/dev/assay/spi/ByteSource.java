package dev.assay.spi;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** The bytes of one file, opened once, readable at any place. Not thread-safe. */
public interface ByteSource {

  /** Size in bytes. */
  long size();

  /**
   * Reads bytes from a place on.
   *
   * @param position where to begin, not negative
   * @param target takes as many bytes as it has room for and the file has left
   * @return how many bytes were read; -1 at or beyond the end
   * @throws IOException if the file cannot be read any more
   */
  int read(long position, ByteBuffer target) throws IOException;

  /** The bytes from the start as a stream; closing it closes nothing. */
  default InputStream open() {
    return new ByteSourceStream(this);
  }
}
