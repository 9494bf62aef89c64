package dev.assay.spi;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** Reads a {@link ByteSource} from its start to its end. */
final class ByteSourceStream extends InputStream {

  private final ByteSource source;
  private long position;

  ByteSourceStream(ByteSource source) {
    this.source = source;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int from, int count) throws IOException {
    if (count == 0) {
      return 0;
    }
    int read = source.read(position, ByteBuffer.wrap(target, from, count));
    position += Math.max(0, read);
    return read;
  }

  @Override
  public long skip(long count) {
    long skipped = Math.max(0, Math.min(count, source.size() - position));
    position += skipped;
    return skipped;
  }
}
