package dev.assay.internal.metadata;

/** How sure a declaration is. */
public enum Strength {
  /** The file says so under a valid signature, by a signer on a trust list. */
  AUTHENTICATED("authenticated"),
  /** The file says so in a form that only a generator writes. */
  STATED("stated"),
  /** The file says something that goes with a generator, and may have another cause. */
  HINT("hint");

  private final String code;

  Strength(String code) {
    this.code = code;
  }

  /** The strength as the report spells it. */
  public String code() {
    return code;
  }
}
