package dev.assay;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import org.jspecify.annotations.Nullable;

/**
 * The file cannot be examined (any further): bad input, not a bug; it becomes a report with status
 * {@code failed}.
 */
public final class MediaException extends Exception {

  private static final long serialVersionUID = 1L;

  private final FailureCode code;
  private final transient Sentence sentence;
  private final String remedy;

  /**
   * A failure found in the file itself.
   *
   * @param code what went wrong
   * @param sentence says what was found, without the file's name and without the remedy
   */
  public MediaException(FailureCode code, Sentence sentence) {
    this(code, sentence, null);
  }

  /** The same with a sentence that nothing is put into. */
  public MediaException(FailureCode code, String sentence) {
    this(code, Sentence.of(sentence));
  }

  /**
   * A failure with what was thrown beneath it.
   *
   * @param code what went wrong
   * @param sentence says what was found, without the file's name and without the remedy
   * @param cause what was thrown beneath, if anything
   */
  public MediaException(FailureCode code, Sentence sentence, @Nullable Throwable cause) {
    this(code, sentence, code.remedy(), cause);
  }

  /** The same with a sentence that nothing is put into. */
  public MediaException(FailureCode code, String sentence, @Nullable Throwable cause) {
    this(code, Sentence.of(sentence), cause);
  }

  /** A file that cannot be read, and what the system says of it. */
  public static MediaException unreadable(IOException cause) {
    Sentence sentence =
        cause instanceof AccessDeniedException
            ? Sentence.of("It may not be read.")
            : Sentence.of("It cannot be read: {0}.", String.valueOf(cause.getMessage()));
    return new MediaException(FailureCode.UNREADABLE, sentence, cause);
  }

  private MediaException(
      FailureCode code, Sentence sentence, String remedy, @Nullable Throwable cause) {
    super(sentence.text(), cause);
    this.code = code;
    this.sentence = sentence;
    this.remedy = remedy;
  }

  /** The same failure where something else helps than usual: a fixed bound cannot be raised. */
  public MediaException withRemedy(String other) {
    return new MediaException(code, sentence, other, getCause());
  }

  /** What was found. */
  public Sentence sentence() {
    return sentence;
  }

  /** What went wrong. */
  public FailureCode code() {
    return code;
  }

  /** What the user can do about it, as a sentence. */
  public String remedy() {
    return remedy;
  }
}
