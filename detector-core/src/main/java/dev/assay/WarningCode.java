package dev.assay;

/**
 * What limits an examination that gave a verdict all the same: the stable codes of {@code warnings}
 * in a report.
 */
public enum WarningCode {
  /** The file is damaged after the part that could be read; what was read was judged. */
  TRUNCATED("truncated"),
  /** Of several pictures in the file, only the first was judged. */
  FIRST_PICTURE_ONLY("first-picture-only"),
  /** More media follows the picture in the same file, and was not judged. */
  MORE_CONTENT("more-content"),
  /** The file was joined from several recordings. */
  JOINED_RECORDINGS("joined-recordings"),
  /** Fewer frames of the video were sampled than asked for. */
  FEWER_FRAMES("fewer-frames"),
  /** Part of the video lies beyond the limit on duration and was not looked at. */
  PARTLY_EXAMINED("partly-examined"),
  /** The content could not be decoded; the verdict rests on what the file declares. */
  CONTENT_NOT_JUDGED("content-not-judged"),
  /** The colour profile is damaged, or no camera's or screen's. */
  COLOUR_PROFILE("colour-profile"),
  /** Sound is not judged by this release. */
  AUDIO_NOT_JUDGED("audio-not-judged"),
  /** No sign of generation was found in a picture so small that signs are often missed. */
  SMALL_PICTURE("small-picture"),
  /** No sign of generation was found in a picture that is mostly plain colour. */
  PLAIN_PICTURE("plain-picture"),
  /** No sign of generation was found in a clip, of whose faces that says nothing. */
  FACES_NOT_JUDGED("faces-not-judged"),
  /** One examiner failed; the evidence of the others stands. */
  EXAMINER_FAILED("examiner-failed"),
  /** A model was asked that nobody measured together with the others. */
  MODEL_NOT_MEASURED("model-not-measured"),
  /** The file's name is no valid text; the report shows it with replacement characters. */
  NAME_NOT_TEXT("name-not-text");

  private final String code;

  WarningCode(String code) {
    this.code = code;
  }

  /** The code as reports spell it, {@code fewer-frames} for example. */
  public String code() {
    return code;
  }
}
