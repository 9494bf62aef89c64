package dev.assay.scan;

import dev.assay.internal.resource.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Half of a SHA-256: stands for a name or a content where a million of them are kept in memory.
 *
 * @param high first eight bytes
 * @param low second eight bytes
 */
record Key(long high, long low) {

  /** Of a text. */
  static Key of(String text) {
    return of(Sha256.digest().digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Of a SHA-256 in hexadecimal. */
  static Key ofHash(String hexadecimal) {
    return new Key(
        Long.parseUnsignedLong(hexadecimal, 0, 16, 16),
        Long.parseUnsignedLong(hexadecimal, 16, 32, 16));
  }

  private static Key of(byte[] hash) {
    ByteBuffer buffer = ByteBuffer.wrap(hash);
    return new Key(buffer.getLong(), buffer.getLong());
  }
}
