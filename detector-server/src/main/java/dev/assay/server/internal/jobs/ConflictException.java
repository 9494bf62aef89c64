package dev.assay.server.internal.jobs;

/** Another request has the same name. */
public final class ConflictException extends Exception {

  private static final long serialVersionUID = 1L;

  ConflictException() {
    super("another request", null, false, false);
  }
}
