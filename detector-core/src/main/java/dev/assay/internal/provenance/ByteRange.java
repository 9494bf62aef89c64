package dev.assay.internal.provenance;

/**
 * Bytes of a file.
 *
 * @param start offset of the first
 * @param end offset after the last
 */
record ByteRange(long start, long end) {

  /** How many bytes it has. */
  long length() {
    return end - start;
  }
}
