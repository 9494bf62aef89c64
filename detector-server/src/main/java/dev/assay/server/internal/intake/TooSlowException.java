package dev.assay.server.internal.intake;

import java.io.IOException;

/** A body arrives so slowly that it only keeps others out. */
public final class TooSlowException extends IOException {

  private static final long serialVersionUID = 1L;

  TooSlowException() {
    super("too slow");
  }
}
