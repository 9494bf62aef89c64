package dev.assay.metadata;

/**
 * A piece of metadata breaks its format's rules or the bounds; the rest of the file may be fine.
 */
final class DamagedException extends Exception {

  private static final long serialVersionUID = 1L;

  /**
   * What is wrong, as a sentence.
   *
   * @param sentence names the piece and the cause
   */
  DamagedException(String sentence) {
    super(sentence);
  }

  /** The sentence that was given. */
  String sentence() {
    return String.valueOf(getMessage());
  }
}
