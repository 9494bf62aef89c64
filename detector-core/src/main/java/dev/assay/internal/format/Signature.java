package dev.assay.internal.format;

import dev.assay.internal.container.ByteReader;
import dev.assay.spi.DamagedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Tells a format by its first bytes. */
@FunctionalInterface
interface Signature {

  /** How many bytes from the start of a file are looked at. */
  int HEAD_BYTES = 4096;

  /**
   * Whether a file is of the format.
   *
   * @param head its first {@link #HEAD_BYTES} bytes as Latin-1, or all where there are fewer
   * @param bytes the file
   */
  boolean matches(String head, ByteReader bytes) throws IOException, DamagedException;

  /** These characters, as Latin-1, at the start. */
  static Signature starts(String characters) {
    return at(0, characters);
  }

  /** These characters, as Latin-1, at an offset. */
  static Signature at(int offset, String characters) {
    return (head, bytes) -> head.startsWith(characters, offset);
  }

  /** These bytes at the start. */
  static Signature bytes(int... values) {
    byte[] content = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      content[i] = (byte) values[i];
    }
    return starts(new String(content, StandardCharsets.ISO_8859_1));
  }

  /** Either of two. */
  default Signature or(Signature other) {
    return (head, bytes) -> matches(head, bytes) || other.matches(head, bytes);
  }

  /** Both of two. */
  default Signature and(Signature other) {
    return (head, bytes) -> matches(head, bytes) && other.matches(head, bytes);
  }

  /** Told by other means than a signature: no file is of the format by its first bytes alone. */
  static Signature none() {
    return (head, bytes) -> false;
  }
}
