package dev.assay.media;

import dev.assay.FailureCode;
import dev.assay.Limits;
import dev.assay.MediaException;
import dev.assay.MediaKind;
import java.io.IOException;
import java.io.InputStream;

/**
 * Opens a file: recognises its content and holds it against the limits. No pixel is decoded yet.
 */
public final class MediaOpener {

  private MediaOpener() {}

  /**
   * Opens a file.
   *
   * @return the media, which the caller closes
   * @throws MediaException if it is no media, or exceeds a limit
   * @throws IOException if it cannot be read
   */
  public static OpenedMedia open(Source source, Limits limits) throws MediaException, IOException {
    Deadline deadline = new Deadline(limits.time());
    long size = source.size();
    if (size == 0) {
      throw new MediaException(FailureCode.EMPTY_FILE, "It is empty.");
    }
    if (size > limits.bytes()) {
      throw new MediaException(
          FailureCode.TOO_MANY_BYTES,
          "It has " + size + " bytes; the limit is " + limits.bytes() + ".");
    }
    Format format = ContentSniffer.recognise(head(source));
    boolean container =
        format.decoder() == Format.Decoder.FFMPEG && format.kind() != MediaKind.IMAGE;
    return container
        ? new OpenedClip(source, size, format, FfmpegInput.open(source, format, limits, deadline))
        : new OpenedImage(source, size, format, limits, deadline);
  }

  private static byte[] head(Source source) throws IOException {
    try (InputStream stream = source.open()) {
      return stream.readNBytes(ContentSniffer.HEAD_BYTES);
    }
  }
}
