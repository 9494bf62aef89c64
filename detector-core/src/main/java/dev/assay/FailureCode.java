package dev.assay;

import java.util.Locale;

/** Why a file has no verdict: the stable codes of {@code error.code} in a report. */
public enum FailureCode {
  /** The path does not exist. */
  NOT_FOUND("Check the path."),
  /** The file exists and cannot be read. */
  UNREADABLE("Check that the file may be read and that its disk is sound."),
  /** The file has no bytes. */
  EMPTY_FILE("Fetch the file again; it holds nothing."),
  /** The path is neither a file nor a folder. */
  NOT_A_FILE("Give a regular file or a folder."),
  /** The content is no image, video or audio. */
  NOT_MEDIA("Leave the file out; it is not media, whatever its name says."),
  /** The content is media of a kind or format that cannot be decoded here. */
  UNSUPPORTED_FORMAT(
      "Convert it without loss to a format of the table in the README, PNG for example."),
  /** The content is damaged so far that no picture comes out. */
  CORRUPT("Fetch the file again, or repair it."),
  /** A video without one decodable frame. */
  NO_FRAMES("Fetch the file again; without a frame there is nothing to judge."),
  /** The file has more bytes than the limit. */
  TOO_MANY_BYTES("Raise the limit on bytes if the file is meant to be that large."),
  /** The picture has more pixels than the limit. */
  TOO_MANY_PIXELS("Raise the limit on pixels if the picture is meant to be that large."),
  /** The examination took longer than the limit. */
  TIMED_OUT("Raise the limit on seconds, or leave the file out."),
  /** The program itself failed on this file. */
  INTERNAL("Report it as a bug, with the file if you may share it.");

  private final String remedy;

  FailureCode(String remedy) {
    this.remedy = remedy;
  }

  /** The code as reports spell it: lower case with hyphens, {@code too-many-pixels} for example. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What the user can do about it, as a sentence. */
  public String remedy() {
    return remedy;
  }
}
