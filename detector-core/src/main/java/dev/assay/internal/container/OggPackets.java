package dev.assay.internal.container;

import dev.assay.spi.Budget;
import dev.assay.spi.DamagedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The packets of the first stream of an Ogg file (RFC 3533), put together from its pages. */
public final class OggPackets {

  private static final int MAX_PAGES = 1_024;

  private final ByteReader bytes;
  private final long stream;
  private long page;
  private int pages;
  private byte[] lacing = new byte[0];
  private int segment;
  private long data;

  /** Walks a file. */
  public OggPackets(ByteReader bytes) throws IOException, DamagedException {
    this.bytes = bytes;
    this.stream = bytes.u32(14);
  }

  /**
   * The next packet; null after the last, or after as many pages as are looked at.
   *
   * @throws DamagedException if it is larger than {@link Budget#MAX_PIECE_BYTES}
   */
  public byte @Nullable [] next() throws IOException, DamagedException {
    ByteArrayOutputStream packet = new ByteArrayOutputStream();
    while (segment < lacing.length || turn()) {
      int length = lacing[segment++] & 0xFF;
      packet.writeBytes(bytes.read(data, length));
      data += length;
      if (packet.size() > Budget.MAX_PIECE_BYTES) {
        throw new DamagedException("An Ogg packet is larger than the bound; it was not read.");
      }
      if (length < 255) {
        return packet.toByteArray();
      }
    }
    return null;
  }

  /** Goes to the next page of the stream. */
  private boolean turn() throws IOException, DamagedException {
    while (pages++ < MAX_PAGES && bytes.has(page, "OggS")) {
      bytes.budget().step();
      int segments = bytes.u8(page + 26);
      byte[] lengths = bytes.read(page + 27, segments);
      long content = page + 27 + segments;
      boolean wanted = bytes.u32(page + 14) == stream;
      page = content;
      for (byte length : lengths) {
        page += length & 0xFF;
      }
      if (wanted && segments > 0) {
        lacing = lengths;
        segment = 0;
        data = content;
        return true;
      }
    }
    return false;
  }
}
