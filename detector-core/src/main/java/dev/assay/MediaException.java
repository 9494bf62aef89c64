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
  private final String remedy;

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
    this(code, message, code.remedy(), cause);
  }

  /** A file that cannot be read, and what the system says of it. */
  public static MediaException unreadable(IOException cause) {
    String sentence =
        cause instanceof AccessDeniedException
            ? "It may not be read."
            : "It cannot be read: " + cause.getMessage() + ".";
    return new MediaException(FailureCode.UNREADABLE, sentence, cause);
  }

  private MediaException(
      FailureCode code, String message, String remedy, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
    this.remedy = remedy;
  }

  /** The same failure where something else helps than usual: a fixed bound cannot be raised. */
  public MediaException withRemedy(String sentence) {
    return new MediaException(code, String.valueOf(getMessage()), sentence, getCause());
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
