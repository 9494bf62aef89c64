package dev.assay;

/**
 * What a reader must not overlook although it does not move the verdict: the stable codes of {@code
 * notes} in a report.
 */
public enum NoteCode {
  /** A part of the media was changed with a generative model, as the file says. */
  EDITED_WITH_AI("edited-with-ai"),
  /** A part of the picture differs from the rest, or stands in it twice. */
  PART_DIFFERS("part-differs");

  private final String code;

  NoteCode(String code) {
    this.code = code;
  }

  /** The code as reports spell it. */
  public String code() {
    return code;
  }
}
