package dev.assay;

import org.jspecify.annotations.Nullable;

/** A model cannot be loaded or run. */
public final class ModelException extends InstallationException {

  private static final long serialVersionUID = 1L;

  /** A failure with nothing beneath it. */
  public ModelException(String message) {
    this(message, null);
  }

  /** A failure with what was thrown beneath it. */
  public ModelException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
