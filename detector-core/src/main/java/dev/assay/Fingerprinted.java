package dev.assay;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A report, with what the file is found again by.
 *
 * @param report what was found
 * @param fingerprint as {@code dev.assay.known.MediaFingerprint} reads it; empty where the file was
 *     not decoded, or is sound
 */
public record Fingerprinted(Report report, Optional<ByteBuffer> fingerprint) {

  public Fingerprinted {
    fingerprint = fingerprint.map(ByteBuffer::asReadOnlyBuffer);
  }

  /** A copy of the fingerprint. */
  public Optional<byte[]> content() {
    return fingerprint.map(
        buffer -> {
          byte[] bytes = new byte[buffer.remaining()];
          buffer.duplicate().get(bytes);
          return bytes;
        });
  }
}
