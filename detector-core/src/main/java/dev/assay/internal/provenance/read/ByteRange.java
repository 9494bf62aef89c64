package dev.assay.internal.provenance.read;

/**
 * Bytes of a file.
 *
 * @param start offset of the first
 * @param end offset after the last
 */
public record ByteRange(long start, long end) {

  /** How many bytes it has. */
  public long length() {
    return end - start;
  }
}
