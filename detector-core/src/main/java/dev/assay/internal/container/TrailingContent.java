package dev.assay.internal.container;

import dev.assay.spi.DamagedException;
import java.io.IOException;
import java.util.Optional;

/**
 * What follows the end of a picture in the same file: the video of a motion photo, or another
 * picture.
 *
 * @param offset where it begins
 * @param length up to the end of the file, in bytes
 * @param video whether a video begins there
 * @param picture whether a JPEG begins there
 */
public record TrailingContent(long offset, long length, boolean video, boolean picture) {

  /** Makers write their own heads before the video. */
  private static final int MAX_SEARCHED_BYTES = 1 << 16;

  private static final int SMALLEST_BYTES = 64;

  /** Looks after an offset; -1 finds nothing. */
  public static Optional<TrailingContent> after(ByteReader bytes, long end)
      throws IOException, DamagedException {
    if (end < 0 || bytes.size() - end < SMALLEST_BYTES) {
      return Optional.empty();
    }
    long limit = Math.min(bytes.size(), end + MAX_SEARCHED_BYTES);
    for (long at = bytes.indexOf('f', end, limit);
        at >= 0;
        at = bytes.indexOf('f', at + 1, limit)) {
      if (at >= end + 4 && bytes.has(at, "ftyp")) {
        return Optional.of(new TrailingContent(at - 4, bytes.size() - at + 4, true, false));
      }
    }
    for (long at = bytes.indexOf(0xFF, end, limit);
        at >= 0;
        at = bytes.indexOf(0xFF, at + 1, limit)) {
      if (bytes.has(at, "\u00ff\u00d8\u00ff")) {
        return Optional.of(new TrailingContent(at, bytes.size() - at, false, true));
      }
    }
    return Optional.empty();
  }
}
