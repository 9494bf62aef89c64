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
 * @param pictures how many the file says it holds, at least 1; 1 for an animated WebP, whose frames
 *     are counted when it is taken apart
 * @param complete whether the end of the picture is in the file; true where the format has no mark
 *     for it
 */
record ImageHeader(long width, long height, int pictures, boolean complete) {

  /** Encoders write about ten; a file of a million would cost a million passes. */
  private static final int MOST_SCANS = 200;

  private static final int TIFF_ENTRY = 12;
  private static final int MOST_PAGES = 10_000;
  private static final int DNG_VERSION = 0xc612;
  private static final int COLOUR_FILTER_ARRAY = 32803;
  private static final int LINEAR_RAW = 34892;

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

  /** ITU-T T.81, annex B: the frame header before the first scan, and the scans up to the end. */
  private static ImageHeader jpeg(ByteBuffer bytes) throws MediaException {
    long width = -1;
    long height = -1;
    int scans = 0;
    boolean complete = false;
    int at = 2;
    while (!complete && (at = marker(bytes, at)) >= 0) {
      int marker = bytes.get(at + 1) & 0xff;
      at += 2;
      complete = marker == 0xd9;
      boolean segment = marker >= 0xc0 && !complete;
      if (!segment || (scans > 0 && at + 2 > bytes.limit())) {
        continue;
      }
      boolean frame = marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
      if (frame && scans == 0) {
        height = bytes.getShort(at + 3) & 0xffff;
        width = bytes.getShort(at + 5) & 0xffff;
      }
      scans += marker == 0xda ? 1 : 0;
      at += Math.max(bytes.getShort(at) & 0xffff, 2);
    }
    if (width < 0 || scans == 0) {
      throw new MediaException(FailureCode.CORRUPT, "It is a JPEG without a picture.");
    }
    if (scans > MOST_SCANS) {
      throw new MediaException(
          FailureCode.CORRUPT,
          "It has " + scans + " scans; a picture is coded in a few, and each costs a pass.");
    }
    return new ImageHeader(width, height, 1, complete);
  }

  /** Where the next marker is, passing over coded data; -1 if there is none. */
  private static int marker(ByteBuffer bytes, int from) {
    for (int at = from; at + 1 < bytes.limit(); at++) {
      if (bytes.get(at) == (byte) 0xff) {
        int code = bytes.get(at + 1) & 0xff;
        boolean alone = code <= 0x01 || code == 0xff || (code >= 0xd0 && code <= 0xd8);
        if (!alone) {
          return at;
        }
      }
    }
    return -1;
  }

  /**
   * ISO/IEC 15948: IHDR comes first, and acTL, where there is an animation, before the pixels. A
   * PNG that is not complete is not decoded at all.
   */
  private static ImageHeader png(ByteBuffer bytes) {
    long pictures = 1;
    for (long at = 8; at + 12 <= bytes.limit() && bytes.getInt((int) at + 4) != 0x49444154; ) {
      if (bytes.getInt((int) at + 4) == 0x6163544c) {
        pictures = Math.max(1, bytes.getInt((int) at + 8));
      }
      at += 12 + (bytes.getInt((int) at) & 0xffffffffL);
    }
    return new ImageHeader(
        bytes.getInt(16) & 0xffffffffL, bytes.getInt(20) & 0xffffffffL, (int) pictures, true);
  }

  /** RFC 9649. */
  private static ImageHeader webp(ByteBuffer bytes) throws MediaException {
    boolean complete = (bytes.getInt(4) & 0xffffffffL) + 8 <= bytes.limit();
    return switch (bytes.getInt(12)) {
      case 0x58385056 ->
          new ImageHeader(
              (bytes.getInt(24) & 0xffffff) + 1L,
              (bytes.getInt(26) >>> 8 & 0xffffff) + 1L,
              1,
              complete);
      case 0x4c385056 -> {
        long bits = bytes.getInt(21) & 0xffffffffL;
        yield new ImageHeader((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1, 1, complete);
      }
      case 0x20385056 ->
          new ImageHeader(bytes.getShort(26) & 0x3fff, bytes.getShort(28) & 0x3fff, 1, complete);
      default -> throw new MediaException(FailureCode.CORRUPT, "It is a WebP without a picture.");
    };
  }

  private static ImageHeader bmp(ByteBuffer bytes) {
    if (bytes.getInt(14) == 12) {
      return new ImageHeader(bytes.getShort(18) & 0xffff, bytes.getShort(20) & 0xffff, 1, true);
    }
    return new ImageHeader(
        Math.abs((long) bytes.getInt(18)), Math.abs((long) bytes.getInt(22)), 1, true);
  }

  /** TIFF 6.0: ImageWidth and ImageLength of the first directory, and how many directories. */
  private static ImageHeader tiff(ByteBuffer bytes) throws MediaException {
    bytes.order(bytes.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int directory = bytes.getInt(4);
    long width = value(bytes, directory, 256, -1);
    long height = value(bytes, directory, 257, -1);
    if (width < 0 || height < 0) {
      throw new MediaException(FailureCode.CORRUPT, "It is a TIFF without a picture.");
    }
    long photometric = value(bytes, directory, 262, -1);
    if (reduced(bytes, directory)
        || value(bytes, directory, DNG_VERSION, -1) >= 0
        || photometric == COLOUR_FILTER_ARRAY
        || photometric == LINEAR_RAW) {
      throw new MediaException(
          FailureCode.UNSUPPORTED_FORMAT,
          "It is a camera's raw file, of which only the preview could be decoded here.");
    }
    return new ImageHeader(width, height, pages(bytes, directory), true);
  }

  private static int pages(ByteBuffer bytes, int first) {
    int pages = 0;
    int directory = first;
    // A chain that bites its tail ends here too.
    for (int i = 0; i < MOST_PAGES && directory > 0 && directory + 2 <= bytes.limit(); i++) {
      int next = directory + 2 + TIFF_ENTRY * (bytes.getShort(directory) & 0xffff);
      if (next < 0 || next + 4 > bytes.limit()) {
        break;
      }
      pages += reduced(bytes, directory) ? 0 : 1;
      directory = bytes.getInt(next);
    }
    return Math.max(1, pages);
  }

  /** Whether a directory says that its picture is a smaller one of another's. */
  private static boolean reduced(ByteBuffer bytes, int directory) {
    return (value(bytes, directory, 254, 0) & 1) != 0;
  }

  private static long value(ByteBuffer bytes, int directory, int tag, long otherwise) {
    int entries = bytes.getShort(directory) & 0xffff;
    for (int i = 0; i < entries; i++) {
      int entry = directory + 2 + TIFF_ENTRY * i;
      if ((bytes.getShort(entry) & 0xffff) == tag) {
        return bytes.getShort(entry + 2) == 3
            ? bytes.getShort(entry + 8) & 0xffff
            : bytes.getInt(entry + 8) & 0xffffffffL;
      }
    }
    return otherwise;
  }
}
