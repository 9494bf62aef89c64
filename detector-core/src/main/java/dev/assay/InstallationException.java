package dev.assay;

import org.jspecify.annotations.Nullable;

/**
 * The installation is broken: a native library, a model or a resource is missing or cannot be used.
 * Never a fault of the media, so never a report; the message says what is missing and what helps.
 */
public class InstallationException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** A failure with nothing beneath it. */
  public InstallationException(String message) {
    this(message, null);
  }

  /** A failure with what was thrown beneath it. */
  public InstallationException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
