package dev.assay.internal.still;

import dev.assay.MediaException;
import dev.assay.internal.container.ByteReader;
import dev.assay.spi.DamagedException;
import java.io.IOException;

/** Netpbm: PBM, PGM and PPM. */
public final class NetpbmStill implements StillFormat {

  /** Two numbers after the signature, with white space and comments between. */
  @Override
  public ImageHeader header(ByteReader bytes) throws MediaException, IOException, DamagedException {
    long[] numbers = new long[2];
    long at = 2;
    for (int i = 0; i < numbers.length; i++) {
      int c = bytes.u8(at);
      while (c <= ' ' || c == '#') {
        if (c == '#') {
          at = bytes.indexOf('\n', at, bytes.size());
          if (at < 0) {
            throw new DamagedException("The header has no end.");
          }
        }
        c = bytes.u8(++at);
      }
      while (c >= '0' && c <= '9' && numbers[i] < Integer.MAX_VALUE) {
        numbers[i] = numbers[i] * 10 + c - '0';
        c = bytes.u8(++at);
      }
    }
    return ImageHeader.of(numbers[0], numbers[1]);
  }
}
