package dev.assay.container;

/** A part of a file breaks its format's rules or the bounds; the rest of the file may be fine. */
public final class DamagedException extends Exception {

  private static final long serialVersionUID = 1L;

  /**
   * What is wrong, as a sentence.
   *
   * @param sentence names the part and the cause
   */
  public DamagedException(String sentence) {
    super(sentence);
  }

  /** The sentence that was given. */
  public String sentence() {
    return String.valueOf(getMessage());
  }
}
