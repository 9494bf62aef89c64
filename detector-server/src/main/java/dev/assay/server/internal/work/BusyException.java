package dev.assay.server.internal.work;

/** As much is waiting as may wait. */
public final class BusyException extends Exception {

  private static final long serialVersionUID = 1L;

  /** Nothing is to be told beside it. */
  public BusyException() {
    super("busy", null, false, false);
  }
}
