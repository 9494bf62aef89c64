package dev.assay.internal.container;

import dev.assay.spi.Block;
import dev.assay.spi.DamagedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The records that Samsung's phones put behind a JPEG; types are their names. The directory of the
 * trailer, {@code SEFH}, stands before the last eight bytes of the file: its length and {@code
 * SEFT}. Its entries count offsets backwards.
 */
public final class SamsungRecords implements BlockWalker {

  private static final int TAIL = 8;
  private static final int HEAD = 12;
  private static final int ENTRY = 12;
  private static final int MAX_NAME = 256;

  private final ByteReader bytes;
  private final long directory;
  private final long count;
  private long next;

  private SamsungRecords(ByteReader bytes, long directory, long count) {
    this.bytes = bytes;
    this.directory = directory;
    this.count = count;
  }

  /** Walks the trailer of a file; empty where it has none. */
  public static SamsungRecords of(ByteReader bytes) throws IOException, DamagedException {
    long end = bytes.size() - TAIL;
    if (end >= HEAD && bytes.has(end + 4, "SEFT")) {
      long start = end - bytes.u32LittleEndian(end);
      if (start >= 0 && start <= end - HEAD && bytes.has(start, "SEFH")) {
        return new SamsungRecords(bytes, start, bytes.u32LittleEndian(start + 8));
      }
    }
    return new SamsungRecords(bytes, 0, 0);
  }

  @Override
  public @Nullable Block next() throws IOException, DamagedException {
    long entry = directory + HEAD + ENTRY * next;
    if (next >= count || entry + ENTRY > bytes.size()) {
      return null;
    }
    bytes.budget().step();
    next++;
    long start = directory - bytes.u32LittleEndian(entry + 4);
    long size = bytes.u32LittleEndian(entry + 8);
    long name = start < 0 || size < 8 ? -1 : bytes.u32LittleEndian(start + 4);
    if (name < 0 || name > MAX_NAME || 8 + name > size || start + size > bytes.size()) {
      throw new DamagedException("A record of the Samsung trailer is broken.");
    }
    String type = new String(bytes.read(start + 8, (int) name), StandardCharsets.ISO_8859_1);
    return new Block(type, start + 8 + name, size - 8 - name);
  }
}
