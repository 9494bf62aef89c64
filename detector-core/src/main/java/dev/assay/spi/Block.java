package dev.assay.spi;

/**
 * One block of a container: a chunk, segment, box or element.
 *
 * @param type its type as the container's standard writes it: {@code tEXt}, {@code APP1}, {@code
 *     moov}; EBML ids in hexadecimal
 * @param offset where its content begins, in bytes from the start of the file
 * @param length of its content, in bytes
 */
public record Block(String type, long offset, long length) {

  /** Where its content ends. */
  public long end() {
    return offset + length;
  }

  /** Whether it is of this type. */
  public boolean is(String wanted) {
    return type.equals(wanted);
  }
}
