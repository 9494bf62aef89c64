package dev.assay.spi;

import dev.assay.Sentence;

/** A part of a file breaks its format's rules or the bounds; the rest of the file may be fine. */
public final class DamagedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient Sentence sentence;

  /**
   * What is wrong.
   *
   * @param sentence names the part and the cause
   */
  public DamagedException(Sentence sentence) {
    super(sentence.text());
    this.sentence = sentence;
  }

  /** The same with a sentence that nothing is put into. */
  public DamagedException(String sentence) {
    this(Sentence.of(sentence));
  }

  /** The sentence that was given. */
  public Sentence sentence() {
    return sentence;
  }
}
