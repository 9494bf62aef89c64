package dev.assay;

import org.jspecify.annotations.Nullable;

/**
 * The file cannot be examined (any further): bad input, not a bug; it becomes a report with status
 * {@code failed}.
 */
public final class MediaException extends Exception {

  private static final long serialVersionUID = 1L;

  private final FailureCode code;

  /**
   * A failure found in the file itself.
   *
   * @param code what went wrong
   * @param message a sentence that says what was found, without the file's name and without the
   *     remedy
   */
  public MediaException(FailureCode code, String message) {
    this(code, message, null);
  }

  /**
   * A failure with what was thrown beneath it.
   *
   * @param code what went wrong
   * @param message a sentence that says what was found, without the file's name and without the
   *     remedy
   * @param cause what was thrown beneath, if anything
   */
  public MediaException(FailureCode code, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** What went wrong. */
  public FailureCode code() {
    return code;
  }
}
