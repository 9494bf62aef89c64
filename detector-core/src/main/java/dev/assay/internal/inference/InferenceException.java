package dev.assay.internal.inference;

import org.jspecify.annotations.Nullable;

/** A model fails on what it was given: nothing is wrong with the installation. */
public final class InferenceException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** A failure with nothing beneath it. */
  public InferenceException(String message) {
    this(message, null);
  }

  /** A failure with what was thrown beneath it. */
  public InferenceException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
