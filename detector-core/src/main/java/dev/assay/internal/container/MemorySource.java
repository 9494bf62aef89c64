package dev.assay.internal.container;

import dev.assay.spi.ByteSource;
import java.nio.ByteBuffer;

/** Bytes in memory, not copied. */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares sources.
public record MemorySource(byte[] content) implements ByteSource {

  @Override
  public long size() {
    return content.length;
  }

  @Override
  public int read(long position, ByteBuffer target) {
    if (position >= content.length) {
      return -1;
    }
    int count = (int) Math.min(target.remaining(), content.length - position);
    target.put(content, (int) position, count);
    return count;
  }
}
