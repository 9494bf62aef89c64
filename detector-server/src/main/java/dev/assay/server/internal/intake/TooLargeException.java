package dev.assay.server.internal.intake;

import java.io.IOException;

/** A body holds more than it may. */
public final class TooLargeException extends IOException {

  private static final long serialVersionUID = 1L;

  private final long most;

  TooLargeException(long most) {
    super("more than " + most + " bytes");
    this.most = most;
  }

  /** Bytes that it may hold. */
  public long most() {
    return most;
  }
}
