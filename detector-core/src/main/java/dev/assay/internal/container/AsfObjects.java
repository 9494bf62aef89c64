package dev.assay.internal.container;

import dev.assay.spi.Block;
import dev.assay.spi.DamagedException;
import java.io.IOException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The objects of the header of an ASF file (WMV, WMA); types are their identifiers' bytes in
 * hexadecimal.
 */
public final class AsfObjects implements BlockWalker {

  /** Title, author, copyright, description. */
  public static final String CONTENT_DESCRIPTION = "3326b2758e66cf11a6d900aa0062ce6c";

  /** Names and values. */
  public static final String EXTENDED_CONTENT_DESCRIPTION = "40a4d0d207e3d21197f000a0c95ea850";

  private static final int HEADER = 30;
  private static final int OBJECT = 24;

  private final ByteReader bytes;
  private final long end;
  private long next = HEADER;

  /** Walks a file. */
  public AsfObjects(ByteReader bytes) throws IOException, DamagedException {
    this.bytes = bytes;
    this.end = Math.min(bytes.size(), Math.max(0, bytes.u64LittleEndian(16)));
  }

  @Override
  public @Nullable Block next() throws IOException, DamagedException {
    if (next + OBJECT > end) {
      return null;
    }
    bytes.budget().step();
    long size = bytes.u64LittleEndian(next + 16);
    if (size < OBJECT) {
      throw new DamagedException("The ASF header is broken; the rest was not read.");
    }
    String type = HexFormat.of().formatHex(bytes.read(next, 16));
    Block block = new Block(type, next + OBJECT, Math.min(size, end - next) - OBJECT);
    next = size > end - next ? end : next + size;
    return block;
  }
}
