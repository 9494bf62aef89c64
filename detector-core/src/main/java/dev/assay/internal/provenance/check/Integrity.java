package dev.assay.internal.provenance.check;

import java.util.Locale;

/** Whether a file is as it was signed, whoever signed it and whenever. */
public enum Integrity {
  /** Every hash and every signature holds. */
  INTACT,
  /** Bytes of the file or of its manifests differ from those that were signed. */
  CHANGED,
  /** The manifests break the specification, or cannot be read. */
  BROKEN,
  /** Nothing is wrong, but what is seen or heard could not be held against a hash. */
  UNCHECKED;

  /** The answer as reports spell it. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
