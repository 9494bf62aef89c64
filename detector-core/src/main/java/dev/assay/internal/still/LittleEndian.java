package dev.assay.internal.still;

import dev.assay.internal.container.ByteReader;
import dev.assay.spi.DamagedException;
import java.io.IOException;

/** Numbers whose first byte is the least. */
final class LittleEndian {

  private LittleEndian() {}

  static int u16(ByteReader bytes, long at) throws IOException, DamagedException {
    return bytes.u8(at) | bytes.u8(at + 1) << 8;
  }

  static long u24(ByteReader bytes, long at) throws IOException, DamagedException {
    return u16(bytes, at) | (long) bytes.u8(at + 2) << 16;
  }
}
