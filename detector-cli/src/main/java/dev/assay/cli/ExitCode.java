package dev.assay.cli;

/** How the command ends; scripts rely on these. */
final class ExitCode {

  /** Done; every file has a verdict. */
  static final int DONE = 0;

  /** The installation is broken, the output cannot be written, or Assay itself failed. */
  static final int BROKEN = 1;

  /** Invalid arguments. */
  static final int USAGE = 2;

  /**
   * Done; some files could not be examined, and their reports say why, or only links were found.
   */
  static final int SOME_FAILED = 3;

  /** Done; something has the label that {@code --fail-on} names. Wins over {@link #SOME_FAILED}. */
  static final int FAIL_ON = 10;

  /** To this the number of the signal is added by which the command was asked to end. */
  static final int SIGNAL = 128;

  private ExitCode() {}
}
