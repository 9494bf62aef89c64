package dev.assay.internal.provenance.read;

/** Text of a file in sentences. */
public final class SignedText {

  private static final int MOST = 200;

  private SignedText() {}

  /** Cut to a length that a sentence can bear. */
  public static String shown(String text) {
    return text.length() <= MOST ? text : text.substring(0, MOST) + "\u2026";
  }
}
