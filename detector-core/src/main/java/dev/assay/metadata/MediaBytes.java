package dev.assay.metadata;

import dev.assay.Media;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The bytes of a file at any offset, through a window of 64 KiB that moves over its stream.
 *
 * <p>Reading forward costs one pass; reading backward opens the file again. Not thread-safe.
 */
final class MediaBytes implements Closeable {

  private static final int WINDOW = 1 << 16;

  private final Media media;
  private final long size;
  private InputStream stream;
  private long streamOffset;
  private byte[] window = new byte[0];
  private long windowOffset;

  MediaBytes(Media media) throws IOException {
    this.media = media;
    this.size = media.size();
    this.stream = media.open();
  }

  /** Size of the file in bytes. */
  long size() {
    return size;
  }

  /** The byte there, 0 to 255. */
  int u8(long offset) throws IOException, DamagedException {
    if (offset < windowOffset || offset >= windowOffset + window.length) {
      require(offset, 1);
      window = load(offset, (int) Math.min(WINDOW, size - offset));
      windowOffset = offset;
    }
    return window[(int) (offset - windowOffset)] & 0xFF;
  }

  /** Two bytes there, most significant first. */
  int u16(long offset) throws IOException, DamagedException {
    return u8(offset) << 8 | u8(offset + 1);
  }

  /** Four bytes there, most significant first. */
  long u32(long offset) throws IOException, DamagedException {
    return (long) u16(offset) << 16 | u16(offset + 2);
  }

  /** Four bytes there, least significant first. */
  long u32LittleEndian(long offset) throws IOException, DamagedException {
    return Integer.toUnsignedLong(Integer.reverseBytes((int) u32(offset)));
  }

  /** Eight bytes there, most significant first; negative beyond 2^63. */
  long u64(long offset) throws IOException, DamagedException {
    return u32(offset) << 32 | u32(offset + 4);
  }

  /** A code of four characters. */
  String fourCc(long offset) throws IOException, DamagedException {
    return new String(read(offset, 4), StandardCharsets.ISO_8859_1);
  }

  /** Whether these characters stand there; false beyond the end. */
  boolean has(long offset, String characters) throws IOException, DamagedException {
    return offset >= 0
        && size - offset >= characters.length()
        && characters.equals(
            new String(read(offset, characters.length()), StandardCharsets.ISO_8859_1));
  }

  /** A copy of the bytes there; memory is taken only for bytes that the file has. */
  byte[] read(long offset, int length) throws IOException, DamagedException {
    require(offset, length);
    if (length < WINDOW && length > 0) {
      u8(offset);
      long start = offset - windowOffset;
      if (start + length <= window.length) {
        return Arrays.copyOfRange(window, (int) start, (int) start + length);
      }
    }
    return load(offset, length);
  }

  /**
   * A copy of a piece of metadata.
   *
   * @param what the piece, at the start of a sentence
   */
  byte[] piece(String what, long offset, long length) throws IOException, DamagedException {
    if (length > Findings.VALUE_BYTES) {
      throw new DamagedException(
          what + " has " + length + " bytes, more than the bound; it was not read.");
    }
    return read(offset, (int) length);
  }

  private void require(long offset, long length) throws DamagedException {
    if (offset < 0 || length < 0 || length > size - offset) {
      throw new DamagedException(
          "The metadata points beyond the end of the file; that part was not read.");
    }
  }

  private byte[] load(long offset, int length) throws IOException, DamagedException {
    if (offset < streamOffset) {
      stream.close();
      stream = media.open();
      streamOffset = 0;
    }
    stream.skipNBytes(offset - streamOffset);
    byte[] bytes = stream.readNBytes(length);
    streamOffset = offset + bytes.length;
    if (bytes.length < length) {
      throw new DamagedException("The file became shorter while it was read.");
    }
    return bytes;
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
