package dev.assay;

/** Why a file has no verdict: the stable codes of {@code error.code} in a report. */
public enum FailureCode {
  /** The path does not exist. */
  NOT_FOUND("not-found", "Check the path."),
  /** The file exists and cannot be read. */
  UNREADABLE("unreadable", "Check that the file may be read and that its disk is sound."),
  /** The file has no bytes. */
  EMPTY_FILE("empty-file", "The file is empty. Download it again."),
  /** The path is neither a file nor a folder. */
  NOT_A_FILE("not-a-file", "Give a regular file or a folder."),
  /** The content is of a known format that is no image, video or audio. */
  NOT_MEDIA(
      "not-media",
      "Check what the file is; if it is media, convert it to a format listed in docs/formats.md."),
  /** The content may hold media, and is not opened. */
  CONTAINER_NOT_OPENED(
      "container-not-opened", "Take the media out of it with another program, and scan them."),
  /** The format of the content is unknown: it may be media or not. */
  NOT_RECOGNISED(
      "not-recognised", "If it is media, convert it to a format listed in docs/formats.md."),
  /** The content is media of a kind or format that cannot be decoded here. */
  UNSUPPORTED_FORMAT(
      "unsupported-format", "Convert it without loss to a format listed in docs/formats.md."),
  /** The content is damaged so far that no picture comes out. */
  CORRUPT("corrupt", "Download the file again, or repair it."),
  /** A video without one decodable frame. */
  NO_FRAMES("no-frames", "Download the file again; without a frame there is nothing to judge."),
  /** The file has more bytes than the limit. */
  TOO_MANY_BYTES(
      "too-many-bytes", "Raise the limit on bytes if the file is meant to be that large."),
  /** The picture has more pixels than the limit. */
  TOO_MANY_PIXELS(
      "too-many-pixels", "Raise the limit on pixels if the picture is meant to be that large."),
  /** The examination took longer than the limit. */
  TIMED_OUT("timed-out", "Raise the limit on seconds, or leave the file out."),
  /** The examination needed more memory than it may have. */
  TOO_MUCH_MEMORY("too-much-memory", "Raise the limit on memory, or leave the file out."),
  /** The worker process crashed twice while examining the file. */
  CRASHED(
      "crashed", "Leave the file out, and report it as a bug, with the file if you may share it."),
  /** The program itself failed on this file. */
  INTERNAL("internal", "Report it as a bug, with the file if you may share it.");

  private final String code;
  private final String remedy;

  FailureCode(String code, String remedy) {
    this.code = code;
    this.remedy = remedy;
  }

  /** The code as reports spell it: lower case with hyphens, {@code too-many-pixels} for example. */
  public String code() {
    return code;
  }

  /** What the user can do about it, as a sentence. */
  public String remedy() {
    return remedy;
  }
}
