package dev.assay.media;

import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifIFD0Directory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.opencv.core.Core;
import org.opencv.core.Mat;

/**
 * Turns pictures upright, as the EXIF orientation tag (0x0112, values 1 to 8) or the display matrix
 * of a container says.
 */
final class Orientation {

  private Orientation() {}

  /** The EXIF orientation of an image file: 1 to 8, and 1 where there is none. */
  static int of(byte[] content) {
    try {
      Metadata metadata =
          ImageMetadataReader.readMetadata(new ByteArrayInputStream(content), content.length);
      for (ExifIFD0Directory directory : metadata.getDirectoriesOfType(ExifIFD0Directory.class)) {
        Integer value = directory.getInteger(ExifIFD0Directory.TAG_ORIENTATION);
        if (value != null && value >= 1 && value <= 8) {
          return value;
        }
      }
      return 1;
    } catch (ImageProcessingException | IOException | RuntimeException e) {
      // Broken metadata must not cost the picture; the metadata room reports it.
      return 1;
    }
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
