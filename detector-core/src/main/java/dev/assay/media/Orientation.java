package dev.assay.media;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.opencv.core.Core;
import org.opencv.core.Mat;

/**
 * Turns pictures upright, as the EXIF orientation tag (0x0112, values 1 to 8) or the display matrix
 * of a container says.
 */
final class Orientation {

  private static final int TAG = 0x0112;
  private static final int ENTRY_BYTES = 12;

  private Orientation() {}

  /**
   * The EXIF orientation of a JPEG, PNG or WebP: 1 to 8, and 1 where there is none that makes
   * sense.
   */
  static int of(Format format, byte[] content) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      Optional<ByteBuffer> exif =
          switch (format) {
            case JPEG -> inJpeg(bytes);
            case PNG -> inChunks(bytes, 8, "eXIf", true);
            case WEBP -> inChunks(bytes, 12, "EXIF", false);
            default -> Optional.empty();
          };
      return exif.map(Orientation::inDirectory).orElse(1);
    } catch (IndexOutOfBoundsException e) {
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

  /** The APP1 segment before the first scan that begins with the EXIF signature. */
  private static Optional<ByteBuffer> inJpeg(ByteBuffer bytes) {
    int at = 2;
    while ((bytes.get(at) & 0xff) == 0xff && (bytes.get(at + 1) & 0xff) != 0xda) {
      int length = bytes.getShort(at + 2) & 0xffff;
      boolean exif =
          (bytes.get(at + 1) & 0xff) == 0xe1 && text(bytes, at + 4, 6).equals("Exif\0\0");
      if (exif) {
        return Optional.of(bytes.slice(at + 10, length - 8));
      }
      at += 2 + length;
    }
    return Optional.empty();
  }

  /**
   * A chunk of a PNG (length before type, checksum behind) or of a RIFF file (type before length,
   * even padding).
   */
  private static Optional<ByteBuffer> inChunks(
      ByteBuffer bytes, int start, String wanted, boolean png) {
    bytes.order(png ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    for (long at = start; at + 8 <= bytes.limit(); ) {
      long length = bytes.getInt((int) at + (png ? 0 : 4)) & 0xffffffffL;
      if (text(bytes, (int) at + (png ? 4 : 0), 4).equals(wanted)) {
        long behind = bytes.limit() - (at + 8);
        return Optional.of(bytes.slice((int) at + 8, (int) Math.min(length, behind)));
      }
      at += 8 + length + (png ? 4 : length & 1);
    }
    return Optional.empty();
  }

  /**
   * TIFF 6.0: the tag in the first directory. Some writers of WebP keep JPEG's signature before it.
   */
  private static int inDirectory(ByteBuffer exif) {
    ByteBuffer tiff = text(exif, 0, 4).equals("Exif") ? exif.slice(6, exif.limit() - 6) : exif;
    tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int directory = tiff.getInt(4);
    int entries = tiff.getShort(directory) & 0xffff;
    for (int i = 0; i < entries; i++) {
      int entry = directory + 2 + ENTRY_BYTES * i;
      if ((tiff.getShort(entry) & 0xffff) == TAG) {
        int value = tiff.getShort(entry + 8);
        return value >= 1 && value <= 8 ? value : 1;
      }
    }
    return 1;
  }

  private static String text(ByteBuffer bytes, int at, int count) {
    byte[] text = new byte[count];
    bytes.get(at, text);
    return new String(text, ISO_8859_1);
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
