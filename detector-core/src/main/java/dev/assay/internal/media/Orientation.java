package dev.assay.internal.media;

import dev.assay.internal.container.ByteReader;
import dev.assay.internal.container.TiffDirectory;
import dev.assay.internal.still.StillFormat;
import dev.assay.spi.DamagedException;
import java.io.IOException;
import java.util.OptionalLong;
import org.opencv.core.Core;
import org.opencv.core.Mat;

/**
 * Turns pictures upright, as the EXIF orientation tag (0x0112, values 1 to 8) or the display matrix
 * of a container says.
 */
final class Orientation {

  private static final int TAG = 0x0112;

  private Orientation() {}

  /** The EXIF orientation of a still picture: 1 to 8, and 1 where there is none that is valid. */
  static int of(StillFormat format, ByteReader bytes) throws IOException {
    try {
      OptionalLong start = format.exif(bytes);
      return start.isEmpty() ? 1 : inDirectory(bytes, start.getAsLong());
    } catch (DamagedException e) {
      // Broken metadata must not cost the picture; the metadata examiner reports it.
      return 1;
    }
  }

  private static int inDirectory(ByteReader bytes, long start)
      throws IOException, DamagedException {
    TiffDirectory.Structure tiff = TiffDirectory.Structure.at(bytes, start);
    long value = tiff.first().number(tiff, TAG, 1);
    return value >= 1 && value <= 8 ? (int) value : 1;
  }

  /**
   * The EXIF orientation that says the same as a display matrix of ISO/IEC 14496-12, to the nearest
   * quarter turn.
   *
   * @param matrix nine numbers, row by row: coded places times the matrix are shown places
   */
  static int of(int[] matrix) {
    int a = matrix[0];
    int b = matrix[1];
    int c = matrix[3];
    int d = matrix[4];
    if (Math.abs((long) b) + Math.abs((long) c) > Math.abs((long) a) + Math.abs((long) d)) {
      return c < 0 ? (b < 0 ? 7 : 6) : (b < 0 ? 8 : 5);
    }
    return a < 0 ? (d < 0 ? 3 : 2) : (d < 0 ? 4 : 1);
  }

  /** Gives the picture upright, and releases the one given where that is another. */
  static Mat upright(Mat picture, int orientation) {
    return switch (orientation) {
      case 2 -> flipped(picture, 1);
      case 3 -> rotated(picture, Core.ROTATE_180);
      case 4 -> flipped(picture, 0);
      case 5 -> flipped(rotated(picture, Core.ROTATE_90_CLOCKWISE), 1);
      case 6 -> rotated(picture, Core.ROTATE_90_CLOCKWISE);
      case 7 -> flipped(rotated(picture, Core.ROTATE_90_COUNTERCLOCKWISE), 1);
      case 8 -> rotated(picture, Core.ROTATE_90_COUNTERCLOCKWISE);
      default -> picture;
    };
  }

  private static Mat rotated(Mat picture, int code) {
    Mat result = new Mat();
    Core.rotate(picture, result, code);
    picture.release();
    return result;
  }

  private static Mat flipped(Mat picture, int code) {
    Mat result = new Mat();
    Core.flip(picture, result, code);
    picture.release();
    return result;
  }
}
