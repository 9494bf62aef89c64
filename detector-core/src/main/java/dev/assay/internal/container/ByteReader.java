package dev.assay.internal.container;

import dev.assay.Sentence;
import dev.assay.spi.Block;
import dev.assay.spi.Budget;
import dev.assay.spi.ByteSource;
import dev.assay.spi.DamagedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Numbers, characters and pieces at any place of a file, through a window of 64 KiB. All that it
 * hands out is charged to the budget; once its time is up, it hands out nothing. Not thread-safe.
 */
public final class ByteReader {

  private static final int WINDOW = 1 << 16;

  private final ByteSource source;
  private final Budget budget;
  private final long size;
  private byte[] window = new byte[0];
  private long windowOffset;

  /** A reader of a file. */
  public ByteReader(ByteSource source, Budget budget) {
    this.source = source;
    this.budget = budget;
    this.size = source.size();
  }

  /** A reader of bytes in memory, which are not copied. */
  public ByteReader(byte[] content, Budget budget) {
    this.source = new MemorySource(content);
    this.budget = budget;
    this.size = content.length;
    this.window = content;
  }

  /** What reading is charged to. */
  public Budget budget() {
    return budget;
  }

  /** Size of the file in bytes. */
  public long size() {
    return size;
  }

  /** The byte there, 0 to 255. */
  public int u8(long offset) throws IOException, DamagedException {
    if (offset < windowOffset || offset >= windowOffset + window.length) {
      require(offset, 1);
      window = load(offset, (int) Math.min(WINDOW, size - offset));
      windowOffset = offset;
    }
    return window[(int) (offset - windowOffset)] & 0xFF;
  }

  /** Two bytes there, most significant first. */
  public int u16(long offset) throws IOException, DamagedException {
    return u8(offset) << 8 | u8(offset + 1);
  }

  /** Four bytes there, most significant first. */
  public long u32(long offset) throws IOException, DamagedException {
    return (long) u16(offset) << 16 | u16(offset + 2);
  }

  /** Four bytes there, least significant first. */
  public long u32LittleEndian(long offset) throws IOException, DamagedException {
    return Integer.toUnsignedLong(Integer.reverseBytes((int) u32(offset)));
  }

  /**
   * Eight bytes there, most significant first.
   *
   * @throws DamagedException also if the number is larger than any file
   */
  public long u64(long offset) throws IOException, DamagedException {
    return sensible(u32(offset) << 32 | u32(offset + 4));
  }

  /**
   * Eight bytes there, least significant first.
   *
   * @throws DamagedException also if the number is larger than any file
   */
  public long u64LittleEndian(long offset) throws IOException, DamagedException {
    return sensible(u32LittleEndian(offset) | u32LittleEndian(offset + 4) << 32);
  }

  private static long sensible(long number) throws DamagedException {
    if (number < 0) {
      throw new DamagedException("A number of the container is larger than any file.");
    }
    return number;
  }

  /** A code of four characters. */
  public String fourCc(long offset) throws IOException, DamagedException {
    return new String(read(offset, 4), StandardCharsets.ISO_8859_1);
  }

  /** Whether these characters stand there; false beyond the end. */
  public boolean has(long offset, String characters) throws IOException, DamagedException {
    return offset >= 0
        && size - offset >= characters.length()
        && characters.equals(
            new String(read(offset, characters.length()), StandardCharsets.ISO_8859_1));
  }

  /**
   * Where a byte of this value stands next.
   *
   * @return its offset, or -1 if there is none before the end
   */
  public long indexOf(int value, long from, long end) throws IOException, DamagedException {
    long limit = Math.min(end, size);
    for (long at = from; at < limit; ) {
      u8(at);
      int start = (int) (at - windowOffset);
      int stop = (int) Math.min(window.length, limit - windowOffset);
      for (int i = start; i < stop; i++) {
        if ((window[i] & 0xFF) == value) {
          return windowOffset + i;
        }
      }
      at = windowOffset + stop;
    }
    return -1;
  }

  /** As many bytes as there are from a place on, at most the given number. */
  public byte[] head(long offset, int most) throws IOException, DamagedException {
    return offset >= size ? new byte[0] : read(offset, (int) Math.min(most, size - offset));
  }

  /** A copy of the bytes there; memory is taken only for bytes that the file has. */
  public byte[] read(long offset, int length) throws IOException, DamagedException {
    require(offset, length);
    if (length < WINDOW && length > 0) {
      u8(offset);
      long start = offset - windowOffset;
      if (start + length <= window.length) {
        budget.handOut(length);
        return Arrays.copyOfRange(window, (int) start, (int) start + length);
      }
    }
    return load(offset, length);
  }

  /**
   * A copy of a piece of metadata, charged as one: others may point at the same bytes.
   *
   * @param what the piece, at the start of a sentence
   * @throws DamagedException if it is larger than {@link Budget#MAX_PIECE_BYTES}, or not all there
   */
  public byte[] piece(Sentence what, long offset, long length)
      throws IOException, DamagedException {
    return piece(what, offset, length, Budget.MAX_PIECE_BYTES);
  }

  /** The same with another bound, in bytes. */
  byte[] piece(Sentence what, long offset, long length, int most)
      throws IOException, DamagedException {
    if (length > most) {
      throw new DamagedException(
          Sentence.of("{0} has {1} bytes, more than the bound; it was not read.", what, length));
    }
    require(offset, length);
    budget.copy(length);
    return read(offset, (int) length);
  }

  /** The same of a block. */
  public byte[] piece(Sentence what, Block block) throws IOException, DamagedException {
    return piece(what, block.offset(), block.length());
  }

  /**
   * What a piece of zlib's format (RFC 1950) inflates to.
   *
   * @param what the piece, at the start of a sentence
   * @throws DamagedException if it, or what it inflates to, is larger than {@link
   *     Budget#MAX_PIECE_BYTES}, or it is no such piece
   */
  public byte[] inflated(Sentence what, long offset, long length)
      throws IOException, DamagedException {
    return Compression.ZLIB.unpacked(
        what, piece(what, offset, length), Budget.MAX_PIECE_BYTES, budget);
  }

  private void require(long offset, long length) throws DamagedException {
    if (offset < 0 || length < 0 || length > size - offset) {
      throw new DamagedException(
          "The metadata points beyond the end of the file; that part was not read.");
    }
  }

  private byte[] load(long offset, int length) throws IOException, DamagedException {
    budget.handOut(length);
    ByteBuffer target = ByteBuffer.allocate(length);
    while (target.hasRemaining()) {
      if (source.read(offset + target.position(), target) < 0) {
        throw new DamagedException("The file became shorter while it was read.");
      }
    }
    return target.array();
  }
}
