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
 * Turns pictures upright, as the EXIF orientation tag (0x0112, values 1 to 8) or a rotation in
 * degrees says.
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

  /**
   * Gives the picture turned clockwise, to the nearest quarter, and releases the one given where
   * that is another.
   */
  static Mat turned(Mat picture, double degreesClockwise) {
    return switch (Math.floorMod((int) Math.round(degreesClockwise / 90), 4)) {
      case 1 -> rotated(picture, Core.ROTATE_90_CLOCKWISE);
      case 2 -> rotated(picture, Core.ROTATE_180);
      case 3 -> rotated(picture, Core.ROTATE_90_COUNTERCLOCKWISE);
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
