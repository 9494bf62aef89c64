package dev.assay.known;

/**
 * The form of an index file. It begins with {@link #FILE_MAGIC} and the number of the form. Then
 * come segments, each whole or not there: a head of {@value #HEAD_BYTES} bytes (magic, entries,
 * bytes of records, CRC-32 of all that follows but the records, the network of the embeddings or
 * 0), the hashes in 32 bytes each with the lowest bits first, their qualities in a byte each, where
 * each record ends as 64-bit integers, where there is a network the signs of the embeddings in 32
 * bytes each and their values in 256, and the records: the length of a text, the text, the length
 * of the key points, those, and a thumbnail. Numbers are little-endian; each part is filled up to
 * eight bytes. What follows the last whole segment was cut off while it was written, and counts for
 * nothing.
 */
final class SegmentForm {

  static final long FILE_MAGIC = 0x58444e4959415353L;
  static final int FORM = 2;
  static final int FILE_HEAD_BYTES = 16;
  static final int SEGMENT_MAGIC = 0x4d474553;
  static final int HEAD_BYTES = 32;
  static final int HASH_BYTES = 32;
  static final int SIGN_BYTES = Embedding.DIMENSIONS / Byte.SIZE;

  /** Entries of a segment at most, so that each part of it can be mapped at once. */
  static final int MAX_ENTRIES = 1 << 22;

  /** Records of a segment at most, in bytes. */
  static final int MAX_RECORD_BYTES = 1 << 30;

  private SegmentForm() {}

  /** Filled up to eight bytes. */
  static long padded(long bytes) {
    return (bytes + 7) & ~7L;
  }

  static long qualitiesAt(int entries) {
    return (long) entries * HASH_BYTES;
  }

  static long endsAt(int entries) {
    return qualitiesAt(entries) + padded(entries);
  }

  static long signsAt(int entries) {
    return endsAt(entries) + (long) entries * Long.BYTES;
  }

  static long valuesAt(int entries) {
    return signsAt(entries) + (long) entries * SIGN_BYTES;
  }

  static long recordsAt(int entries, boolean embedded) {
    return embedded ? valuesAt(entries) + (long) entries * Embedding.DIMENSIONS : signsAt(entries);
  }

  /** All behind the head. */
  static long bodyBytes(int entries, boolean embedded, long recordBytes) {
    return recordsAt(entries, embedded) + padded(recordBytes);
  }
}
