package dev.assay.scan;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Half of a SHA-256: stands for a name or a content where a million of them are kept in memory.
 *
 * @param high first eight bytes
 * @param low second eight bytes
 */
record Key(long high, long low) {

  /** Of a text. */
  static Key of(String text) {
    return of(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Of a SHA-256 in hexadecimal. */
  static Key ofHash(String hexadecimal) {
    return new Key(
        Long.parseUnsignedLong(hexadecimal, 0, 16, 16),
        Long.parseUnsignedLong(hexadecimal, 16, 32, 16));
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  private static Key of(byte[] hash) {
    ByteBuffer buffer = ByteBuffer.wrap(hash);
    return new Key(buffer.getLong(), buffer.getLong());
  }
}
