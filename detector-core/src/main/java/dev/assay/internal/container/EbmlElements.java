package dev.assay.internal.container;

import dev.assay.spi.Block;
import dev.assay.spi.DamagedException;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The elements of an EBML file (RFC 8794): Matroska and WebM; types are ids in hexadecimal. */
public final class EbmlElements implements BlockWalker {

  /** Id of the element that holds all of a Matroska file. */
  public static final String SEGMENT = "18538067";

  private final ByteReader bytes;
  private final long end;
  private long next;

  /** Walks the elements between two offsets. */
  public EbmlElements(ByteReader bytes, long start, long end) {
    this.bytes = bytes;
    this.next = start;
    this.end = Math.min(end, bytes.size());
  }

  @Override
  public @Nullable Block next() throws IOException, DamagedException {
    if (next >= end) {
      return null;
    }
    bytes.budget().step();
    int idLength = vintLength(bytes.u8(next));
    long id = 0;
    for (int i = 0; i < idLength; i++) {
      id = id << 8 | bytes.u8(next + i);
    }
    long at = next + idLength;
    int sizeLength = vintLength(bytes.u8(at));
    long size = bytes.u8(at) & 0xFF >> sizeLength;
    boolean unknown = size == 0xFF >> sizeLength;
    for (int i = 1; i < sizeLength; i++) {
      int value = bytes.u8(at + i);
      unknown &= value == 0xFF;
      size = size << 8 | value;
    }
    at += sizeLength;
    String type = Long.toHexString(id).toUpperCase(Locale.ROOT);
    if (unknown && !type.equals(SEGMENT)) {
      // A live stream's cluster: where it ends is not said, and tags do not follow it.
      next = end;
      return null;
    }
    long length = unknown || size > end - at ? end - at : size;
    next = at + length;
    return new Block(type, at, length);
  }

  private static int vintLength(int first) throws DamagedException {
    int length = Integer.numberOfLeadingZeros(first) - 23;
    if (length > 8) {
      throw new DamagedException("A Matroska element is broken; the rest was not read.");
    }
    return length;
  }
}
