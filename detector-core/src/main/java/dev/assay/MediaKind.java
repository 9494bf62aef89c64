package dev.assay;

/** What kind of media a file holds. */
public enum MediaKind {
  /** A still picture or an animation. */
  IMAGE("image"),
  /** Moving pictures, with or without audio. */
  VIDEO("video"),
  /** Audio alone. */
  AUDIO("audio");

  private final String code;

  MediaKind(String code) {
    this.code = code;
  }

  /** The kind as reports spell it. */
  public String code() {
    return code;
  }
}
