package dev.assay.internal.media;

import dev.assay.internal.container.BlockWalker;
import dev.assay.internal.container.ByteReader;
import dev.assay.internal.container.Format;
import dev.assay.internal.container.JpegSegments;
import dev.assay.internal.container.PngChunks;
import dev.assay.internal.container.RiffChunks;
import dev.assay.internal.container.TiffDirectory;
import dev.assay.spi.Block;
import dev.assay.spi.DamagedException;
import java.io.IOException;
import java.util.Arrays;
import org.opencv.core.Core;
import org.opencv.core.Mat;

/**
 * Turns pictures upright, as the EXIF orientation tag (0x0112, values 1 to 8) or the display matrix
 * of a container says.
 */
final class Orientation {

  private static final int TAG = 0x0112;

  private Orientation() {}

  /**
   * The EXIF orientation of a JPEG, PNG, WebP or TIFF: 1 to 8, and 1 where there is none that is
   * valid.
   */
  static int of(Format format, ByteReader bytes) throws IOException {
    try {
      return switch (format) {
        case JPEG -> inBlocks(bytes, new JpegSegments(bytes, 0), "APP1", "SOS");
        case PNG -> inBlocks(bytes, new PngChunks(bytes), "eXIf", "IEND");
        case WEBP, ANIMATED_WEBP -> inBlocks(bytes, RiffChunks.of(bytes), "EXIF", "");
        case TIFF -> inDirectory(bytes, 0);
        default -> 1;
      };
    } catch (DamagedException e) {
      // Broken metadata must not cost the picture; the metadata examiner reports it.
      return 1;
    }
  }

  private static int inBlocks(ByteReader bytes, BlockWalker blocks, String type, String last)
      throws IOException, DamagedException {
    for (Block block = blocks.next(); block != null; block = blocks.next()) {
      if (block.is(last)) {
        return 1;
      }
      boolean prefixed = bytes.has(block.offset(), "Exif\0\0");
      if (block.is(type) && (prefixed || !type.equals("APP1"))) {
        // Some writers of WebP keep JPEG's prefix.
        return inDirectory(bytes, block.offset() + (prefixed ? 6 : 0));
      }
    }
    return 1;
  }

  private static int inDirectory(ByteReader bytes, long start)
      throws IOException, DamagedException {
    TiffDirectory.Structure tiff = TiffDirectory.Structure.at(bytes, start);
    long value = tiff.first().number(tiff, TAG, 1);
    return value >= 1 && value <= 8 ? (int) value : 1;
  }

  /** A TIFF that says nothing of its orientation. */
  static byte[] withoutTag(byte[] content, ByteReader bytes) throws IOException {
    try {
      TiffDirectory.Structure tiff = TiffDirectory.Structure.at(bytes, 0);
      TiffDirectory.Entry entry = tiff.first().entry(TAG).orElse(null);
      if (entry == null || entry.length() < 1 || tiff.number(entry) == 1) {
        return content;
      }
      byte[] copy = content.clone();
      int last = (int) (entry.offset() + entry.length() / entry.count()) - 1;
      Arrays.fill(copy, (int) entry.offset(), last + 1, (byte) 0);
      copy[tiff.littleEndian() ? (int) entry.offset() : last] = 1;
      return copy;
    } catch (DamagedException e) {
      return content;
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
