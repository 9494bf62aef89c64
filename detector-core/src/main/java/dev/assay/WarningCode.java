package dev.assay;

import java.util.Locale;

/**
 * What limits an examination that gave a verdict all the same: the stable codes of {@code warnings}
 * in a report.
 */
public enum WarningCode {
  /** The file is damaged behind the part that could be read; what was read was judged. */
  TRUNCATED,
  /** Of an animation, only the first picture was judged. */
  FIRST_PICTURE_ONLY,
  /** Fewer frames of the video were sampled than asked for. */
  FEWER_FRAMES,
  /** Part of the video lies behind the limit on duration and was not looked at. */
  PARTLY_EXAMINED,
  /** The content could not be decoded; the verdict rests on what the file declares. */
  CONTENT_NOT_JUDGED,
  /** Sound is not judged by this release. */
  AUDIO_NOT_JUDGED,
  /** One examiner failed; the evidence of the others stands. */
  EXAMINER_FAILED,
  /** The file's name is no valid text; the report shows it with replacement characters. */
  NAME_NOT_TEXT;

  /** The code as reports spell it: lower case with hyphens, {@code fewer-frames} for example. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
