package dev.assay.evaluation;

import dev.assay.internal.resource.ShippedData;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The media that the shipped models learned from or were measured with, by the first eight bytes of
 * each file's SHA-256: of 30,000 files, one in 10<sup>15</sup> others is taken for one of them.
 */
final class LearnedMedia {

  private static final String FILE = "/dev/assay/models/learned.bin";
  private static final int DIGITS = 16;

  private final long[] prefixes;

  private LearnedMedia(long[] prefixes) {
    this.prefixes = prefixes;
  }

  /** That of the shipped models. */
  static LearnedMedia shipped() {
    ByteBuffer bytes = ByteBuffer.wrap(ShippedData.bytes(FILE));
    long[] prefixes = new long[bytes.remaining() / Long.BYTES];
    bytes.asLongBuffer().get(prefixes);
    Arrays.sort(prefixes);
    return new LearnedMedia(prefixes);
  }

  /** Whether a file is one of them. */
  boolean contains(String sha256) {
    return sha256.length() >= DIGITS
        && Arrays.binarySearch(prefixes, Long.parseUnsignedLong(sha256.substring(0, DIGITS), 16))
            >= 0;
  }
}
