package dev.assay.internal.container;

import dev.assay.spi.Block;
import dev.assay.spi.DamagedException;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The segments of a JPEG (ITU-T T.81, annex B), coded data between them passed over: {@code APP0}
 * to {@code APP15}, {@code COM}, {@code SOF0} and its kind, {@code SOS}, {@code EOI}; others by the
 * marker in hexadecimal.
 *
 * <p>Stray bytes between segments are passed over, as decoders do; the end of the file without
 * {@code EOI} ends the walk.
 */
public final class JpegSegments implements BlockWalker {

  private final ByteReader bytes;
  private long next;
  private boolean ended;

  /** Walks a JPEG that begins at this offset. */
  public JpegSegments(ByteReader bytes, long start) {
    this.bytes = bytes;
    this.next = start + 2;
  }

  @Override
  public @Nullable Block next() throws IOException, DamagedException {
    while (!ended) {
      long at = bytes.indexOf(0xFF, next, bytes.size() - 1);
      if (at < 0) {
        return null;
      }
      int marker = bytes.u8(at + 1);
      if (marker == 0xFF) {
        next = at + 1;
        continue;
      }
      next = at + 2;
      boolean alone = marker <= 0x01 || (marker >= 0xD0 && marker <= 0xD8);
      if (alone || marker < 0xC0) {
        continue;
      }
      bytes.budget().step();
      if (marker == 0xD9) {
        ended = true;
        return new Block("EOI", next, 0);
      }
      if (next + 2 > bytes.size()) {
        return null;
      }
      int length = bytes.u16(next);
      if (length < 2) {
        continue;
      }
      Block block =
          new Block(name(marker), next + 2, Math.min(length - 2L, bytes.size() - next - 2));
      next = block.end();
      return block;
    }
    return null;
  }

  private static String name(int marker) {
    if (marker >= 0xE0 && marker <= 0xEF) {
      return "APP" + (marker - 0xE0);
    }
    if (marker == 0xFE) {
      return "COM";
    }
    if (marker == 0xDA) {
      return "SOS";
    }
    boolean frame = marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    if (frame) {
      return "SOF" + (marker - 0xC0);
    }
    return marker == 0xF7 ? "SOF55" : Integer.toHexString(marker).toUpperCase(Locale.ROOT);
  }
}
