package dev.assay;

/** What kind of media a file holds. */
public enum MediaKind {
  /** A still picture; of an animation, its first frame. */
  IMAGE,
  /** Moving pictures, with or without sound. */
  VIDEO,
  /** Sound alone. */
  AUDIO
}
