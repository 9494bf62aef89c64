package dev.assay;

/** What is made of changed copies of a still picture: re-encoded, half as large, cropped. */
public enum ChangedCopies {
  /** None are judged. */
  NONE,
  /**
   * They are judged where they could have another answer, and shown; the label is the same as
   * without.
   */
  SHOWN,
  /** Those of every picture are judged, and where they do not agree, it is inconclusive. */
  DECISIVE
}
