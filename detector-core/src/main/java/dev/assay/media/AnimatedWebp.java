package dev.assay.media;

import dev.assay.FailureCode;
import dev.assay.MediaException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The first picture of an animated WebP (RFC 9649), as a still WebP that OpenCV decodes; its own
 * decoder takes no animation.
 *
 * @param still a WebP file with the coded pixels of the first frame, untouched, and without its
 *     transparency
 * @param count frames in the animation
 */
record AnimatedWebp(ByteBuffer still, int count) {

  private static final int ANIMATION_FRAME = 0x464d4e41;
  private static final int LOSSY = 0x20385056;
  private static final int LOSSLESS = 0x4c385056;
  private static final int FRAME_HEADER = 16;

  /**
   * Takes an animation apart.
   *
   * @throws MediaException if it has no frame
   */
  static AnimatedWebp read(byte[] content) throws MediaException {
    ByteBuffer bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    int count = 0;
    @Nullable ByteBuffer still = null;
    for (long at = 12; at + 8 <= bytes.limit(); ) {
      long size = bytes.getInt((int) at + 4) & 0xffffffffL;
      if (bytes.getInt((int) at) == ANIMATION_FRAME) {
        count++;
        if (still == null) {
          long end = Math.min(at + 8 + size, bytes.limit());
          still = bitstream(bytes, at + 8 + FRAME_HEADER, end);
        }
      }
      at += 8 + size + (size & 1);
    }
    if (still == null) {
      throw new MediaException(FailureCode.CORRUPT, "It is an animated WebP without a picture.");
    }
    return new AnimatedWebp(still, count);
  }

  private static @Nullable ByteBuffer bitstream(ByteBuffer bytes, long from, long end) {
    for (long at = from; at + 8 <= end; ) {
      int type = bytes.getInt((int) at);
      long size = bytes.getInt((int) at + 4) & 0xffffffffL;
      if (type == LOSSY || type == LOSSLESS) {
        int length = (int) Math.min(8 + size + (size & 1), end - at);
        ByteBuffer file = ByteBuffer.allocate(12 + length).order(ByteOrder.LITTLE_ENDIAN);
        file.putInt(0x46464952).putInt(4 + length).putInt(0x50424557);
        return file.put(bytes.slice((int) at, length)).flip();
      }
      at += 8 + size + (size & 1);
    }
    return null;
  }
}
