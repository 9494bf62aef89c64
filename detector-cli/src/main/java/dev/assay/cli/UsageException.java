package dev.assay.cli;

/**
 * The user asked for something that cannot be done; the message says what, and how to ask for it.
 */
final class UsageException extends Exception {

  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}
