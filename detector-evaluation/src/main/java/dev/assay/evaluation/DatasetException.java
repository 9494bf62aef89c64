package dev.assay.evaluation;

/** A data set that cannot be measured on; the message says why, and what to do. */
public final class DatasetException extends Exception {

  private static final long serialVersionUID = 1L;

  /** With a sentence for the user. */
  public DatasetException(String message) {
    super(message);
  }
}
