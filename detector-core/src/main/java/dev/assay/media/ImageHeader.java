package dev.assay.media;

import dev.assay.FailureCode;
import dev.assay.MediaException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Reads how large a picture claims to be, before anything is decoded, so that a claim of 100,000 x
 * 100,000 pixels is refused while it costs nothing. Also finds where a JPEG or WebP ends before its
 * picture does.
 *
 * @param width in pixels, as coded
 * @param height in pixels, as coded
 * @param complete whether the end of the picture is in the file; true where the format has no mark
 *     for it
 */
record ImageHeader(long width, long height, boolean complete) {

  private static final int TIFF_ENTRY = 12;

  /**
   * Reads the header.
   *
   * @throws MediaException if there is none, or the format has none that is read here
   */
  static ImageHeader read(Format format, byte[] content) throws MediaException {
    ByteBuffer bytes = ByteBuffer.wrap(content);
    try {
      return switch (format) {
        case JPEG -> jpeg(bytes);
        case PNG -> png(bytes);
        case WEBP, ANIMATED_WEBP -> webp(bytes.order(ByteOrder.LITTLE_ENDIAN));
        case BMP -> bmp(bytes.order(ByteOrder.LITTLE_ENDIAN));
        case TIFF -> tiff(bytes);
        default -> throw new IllegalArgumentException("no header reader for " + format);
      };
    } catch (IndexOutOfBoundsException e) {
      throw new MediaException(FailureCode.CORRUPT, "It ends within its header.", e);
    }
  }

  /** ITU-T T.81, annex B: the frame header of the first scan. */
  private static ImageHeader jpeg(ByteBuffer bytes) throws MediaException {
    int at = 2;
    long width = -1;
    long height = -1;
    while (true) {
      while ((bytes.get(at) & 0xff) != 0xff) {
        at++;
      }
      int marker = bytes.get(at + 1) & 0xff;
      if (marker == 0xff) {
        at++;
        continue;
      }
      at += 2;
      boolean alone = marker == 0x00 || marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8);
      if (alone) {
        continue;
      }
      if (marker == 0xd9) {
        break;
      }
      int length = bytes.getShort(at) & 0xffff;
      boolean frame =
          marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
      if (frame) {
        height = bytes.getShort(at + 3) & 0xffff;
        width = bytes.getShort(at + 5) & 0xffff;
      }
      if (marker == 0xda) {
        break;
      }
      at += Math.max(length, 2);
    }
    if (width < 0) {
      throw new MediaException(FailureCode.CORRUPT, "It is a JPEG without a picture.");
    }
    return new ImageHeader(width, height, endsWithin(bytes, at));
  }

  private static boolean endsWithin(ByteBuffer bytes, int from) {
    for (int i = bytes.limit() - 2; i >= from; i--) {
      if (bytes.get(i) == (byte) 0xff && bytes.get(i + 1) == (byte) 0xd9) {
        return true;
      }
    }
    return false;
  }

  /** ISO/IEC 15948: IHDR comes first. A PNG that is not complete is not decoded at all. */
  private static ImageHeader png(ByteBuffer bytes) {
    return new ImageHeader(bytes.getInt(16) & 0xffffffffL, bytes.getInt(20) & 0xffffffffL, true);
  }

  /** RFC 9649. */
  private static ImageHeader webp(ByteBuffer bytes) throws MediaException {
    boolean complete = (bytes.getInt(4) & 0xffffffffL) + 8 <= bytes.limit();
    return switch (bytes.getInt(12)) {
      case 0x58385056 ->
          new ImageHeader(
              (bytes.getInt(24) & 0xffffff) + 1L,
              (bytes.getInt(26) >>> 8 & 0xffffff) + 1L,
              complete);
      case 0x4c385056 -> {
        long bits = bytes.getInt(21) & 0xffffffffL;
        yield new ImageHeader((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1, complete);
      }
      case 0x20385056 ->
          new ImageHeader(bytes.getShort(26) & 0x3fff, bytes.getShort(28) & 0x3fff, complete);
      default -> throw new MediaException(FailureCode.CORRUPT, "It is a WebP without a picture.");
    };
  }

  private static ImageHeader bmp(ByteBuffer bytes) {
    if (bytes.getInt(14) == 12) {
      return new ImageHeader(bytes.getShort(18) & 0xffff, bytes.getShort(20) & 0xffff, true);
    }
    return new ImageHeader(
        Math.abs((long) bytes.getInt(18)), Math.abs((long) bytes.getInt(22)), true);
  }

  /** TIFF 6.0: ImageWidth and ImageLength of the first directory. */
  private static ImageHeader tiff(ByteBuffer bytes) throws MediaException {
    bytes.order(bytes.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int directory = bytes.getInt(4);
    int entries = bytes.getShort(directory) & 0xffff;
    long width = -1;
    long height = -1;
    for (int i = 0; i < entries; i++) {
      int entry = directory + 2 + TIFF_ENTRY * i;
      int tag = bytes.getShort(entry) & 0xffff;
      long value =
          bytes.getShort(entry + 2) == 3
              ? bytes.getShort(entry + 8) & 0xffff
              : bytes.getInt(entry + 8) & 0xffffffffL;
      if (tag == 256) {
        width = value;
      } else if (tag == 257) {
        height = value;
      }
    }
    if (width < 0 || height < 0) {
      throw new MediaException(FailureCode.CORRUPT, "It is a TIFF without a picture.");
    }
    return new ImageHeader(width, height, true);
  }
}
