package dev.assay.evaluation;

/** Numbers of things, in words. */
public final class Counted {

  private Counted() {}

  /** {@code 1 file}, {@code 2 files}. */
  public static String of(long count, String thing) {
    return count + " " + thing + (count == 1 ? "" : "s");
  }
}
