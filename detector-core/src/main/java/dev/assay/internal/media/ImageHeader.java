package dev.assay.internal.media;

import dev.assay.FailureCode;
import dev.assay.MediaException;
import dev.assay.internal.container.ByteReader;
import dev.assay.internal.container.Format;
import dev.assay.internal.container.PngChunks;
import dev.assay.internal.container.RiffChunks;
import dev.assay.internal.container.TiffDirectory;
import dev.assay.spi.Block;
import dev.assay.spi.DamagedException;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/**
 * What an image claims before anything is decoded, so that a claim of 100,000 x 100,000 pixels is
 * refused while it costs nothing.
 *
 * @param width in pixels, as coded
 * @param height in pixels, as coded
 * @param pictures how many the file says it holds, at least 1
 * @param end where the picture's end mark ends; 0 where the format has none, -1 if it is missing
 * @param alpha whether the pixels may be transparent
 * @param floats whether the samples are floating-point numbers
 * @param rawBytes bytes that each pixel takes while it is decoded with all that is coded of it; 0
 *     where it is decoded to three bytes at once
 * @param coding what is unusual in how the pixels are coded, for a message; empty if nothing is
 */
record ImageHeader(
    long width,
    long height,
    int pictures,
    long end,
    boolean alpha,
    boolean floats,
    long rawBytes,
    String coding) {

  private static final int TIFF_WIDTH = 256;
  private static final int TIFF_HEIGHT = 257;
  private static final int TIFF_BITS = 258;
  private static final int TIFF_COMPRESSION = 259;
  private static final int TIFF_PHOTOMETRIC = 262;
  private static final int TIFF_SAMPLE_FORMAT = 339;
  private static final int TIFF_SAMPLES = 277;
  private static final int TIFF_REDUCED = 254;
  private static final int MAX_PAGES = 10_000;
  private static final int DNG_VERSION = 0xc612;
  private static final int COLOUR_FILTER_ARRAY = 32803;
  private static final int LINEAR_RAW = 34892;
  private static final int FLOATS = 3;

  /** Whether the end of the picture is in the file, as far as the format tells. */
  boolean complete() {
    return end >= 0;
  }

  /**
   * Reads the header of an image that OpenCV decodes.
   *
   * @throws MediaException if there is none
   */
  static ImageHeader read(Format format, ByteReader bytes) throws MediaException, IOException {
    try {
      return switch (format) {
        case JPEG -> JpegPicture.header(bytes);
        case PNG -> png(bytes);
        case WEBP, ANIMATED_WEBP -> webp(bytes);
        case BMP -> bmp(bytes);
        case TIFF -> tiff(bytes);
        case NETPBM -> netpbm(bytes);
        default -> throw new IllegalArgumentException("no header reader for " + format);
      };
    } catch (DamagedException e) {
      throw new MediaException(FailureCode.CORRUPT, "It ends within its header.", e);
    }
  }

  private static ImageHeader of(long width, long height) {
    return new ImageHeader(width, height, 1, 0, false, false, 0, "");
  }

  /** ISO/IEC 15948: IHDR comes first, and acTL, where there is an animation, before the pixels. */
  private static ImageHeader png(ByteReader bytes)
      throws MediaException, IOException, DamagedException {
    PngChunks chunks = new PngChunks(bytes);
    Block first = chunks.next();
    if (first != null && first.is("CgBI")) {
      throw new MediaException(
          FailureCode.UNSUPPORTED_FORMAT,
          "It is a PNG of Apple's variant CgBI, as Xcode writes them into applications.");
    }
    if (first == null || !first.is("IHDR")) {
      throw new MediaException(FailureCode.CORRUPT, "It is a PNG without a header.");
    }
    long at = first.offset();
    boolean alpha = (bytes.u8(at + 9) & 4) != 0;
    long pictures = 1;
    for (Block chunk = chunks.next(); chunk != null && !chunk.is("IDAT"); chunk = chunks.next()) {
      if (chunk.is("acTL")) {
        pictures = Math.max(1, bytes.u32(chunk.offset()));
      }
      alpha |= chunk.is("tRNS");
    }
    int count = (int) Math.min(pictures, Integer.MAX_VALUE);
    int rawBytes = !alpha ? 0 : bytes.u8(at + 8) == 16 ? 8 : 4;
    return new ImageHeader(bytes.u32(at), bytes.u32(at + 4), count, 0, alpha, false, rawBytes, "");
  }

  /** RFC 9649. */
  private static ImageHeader webp(ByteReader bytes)
      throws MediaException, IOException, DamagedException {
    long end = bytes.u32LittleEndian(4) + 8 <= bytes.size() ? 0 : -1;
    Block chunk = RiffChunks.of(bytes).next();
    String type = chunk == null ? "" : chunk.type();
    long at = RiffChunks.HEAD + 8;
    return switch (type) {
      case "VP8X" ->
          new ImageHeader(
              u24(bytes, at + 4) + 1,
              u24(bytes, at + 7) + 1,
              1,
              end,
              (bytes.u8(at) & 0x10) != 0,
              false,
              4,
              "");
      case "VP8L" -> {
        long bits = bytes.u32LittleEndian(at + 1);
        boolean alpha = (bits >> 28 & 1) != 0;
        yield new ImageHeader(
            (bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1, 1, end, alpha, false, 4, "");
      }
      case "VP8 " ->
          new ImageHeader(
              u16(bytes, at + 6) & 0x3fff,
              u16(bytes, at + 8) & 0x3fff,
              1,
              end,
              false,
              false,
              0,
              "");
      default -> throw new MediaException(FailureCode.CORRUPT, "It is a WebP without a picture.");
    };
  }

  private static ImageHeader bmp(ByteReader bytes) throws IOException, DamagedException {
    if (bytes.u32LittleEndian(14) == 12) {
      return of(u16(bytes, 18), u16(bytes, 20));
    }
    return of(
        Math.abs((long) (int) bytes.u32LittleEndian(18)),
        Math.abs((long) (int) bytes.u32LittleEndian(22)));
  }

  /** Netpbm: two numbers after the signature, with white space and comments between. */
  private static ImageHeader netpbm(ByteReader bytes) throws IOException, DamagedException {
    long[] numbers = new long[2];
    long at = 2;
    for (int i = 0; i < numbers.length; i++) {
      int c = bytes.u8(at);
      while (c <= ' ' || c == '#') {
        if (c == '#') {
          at = bytes.indexOf('\n', at, bytes.size());
          if (at < 0) {
            throw new DamagedException("The header has no end.");
          }
        }
        c = bytes.u8(++at);
      }
      while (c >= '0' && c <= '9' && numbers[i] < Integer.MAX_VALUE) {
        numbers[i] = numbers[i] * 10 + c - '0';
        c = bytes.u8(++at);
      }
    }
    return of(numbers[0], numbers[1]);
  }

  /** TIFF 6.0 and BigTIFF: the first directory's picture, and how many directories there are. */
  private static ImageHeader tiff(ByteReader bytes)
      throws MediaException, IOException, DamagedException {
    TiffDirectory.Structure tiff = TiffDirectory.Structure.at(bytes, 0);
    TiffDirectory first = tiff.first();
    long width = first.number(tiff, TIFF_WIDTH, -1);
    long height = first.number(tiff, TIFF_HEIGHT, -1);
    if (width < 0 || height < 0) {
      throw new MediaException(FailureCode.CORRUPT, "It is a TIFF without a picture.");
    }
    long photometric = first.number(tiff, TIFF_PHOTOMETRIC, -1);
    if (reduced(tiff, first)
        || first.entry(DNG_VERSION).isPresent()
        || photometric == COLOUR_FILTER_ARRAY
        || photometric == LINEAR_RAW) {
      throw new MediaException(
          FailureCode.UNSUPPORTED_FORMAT,
          "It is a camera's raw file, of which only the preview could be decoded here.");
    }
    boolean floats = first.number(tiff, TIFF_SAMPLE_FORMAT, 1) == FLOATS;
    long sample = Math.max(1, first.number(tiff, TIFF_BITS, 1)) / 8;
    return new ImageHeader(
        width,
        height,
        pages(tiff, first),
        0,
        false,
        floats,
        floats ? Math.max(1, first.number(tiff, TIFF_SAMPLES, 1)) * sample : 0,
        tiffCoding(tiff, first));
  }

  private static String tiffCoding(TiffDirectory.Structure tiff, TiffDirectory directory)
      throws IOException, DamagedException {
    long bits = directory.number(tiff, TIFF_BITS, 1);
    long format = directory.number(tiff, TIFF_SAMPLE_FORMAT, 1);
    if (format != 1 || bits > 16) {
      return bits
          + "-bit "
          + (format == FLOATS ? "floating-point" : format == 2 ? "signed" : "integer")
          + " samples";
    }
    long compression = directory.number(tiff, TIFF_COMPRESSION, 1);
    return switch ((int) compression) {
      case 1, 5, 7, 8, 32773, 32946 -> "";
      case 2, 3, 4 -> "fax compression";
      case 6 -> "old-style JPEG compression";
      case 34712 -> "JPEG 2000 compression";
      case 34887 -> "LERC compression";
      case 34925 -> "LZMA compression";
      case 50000 -> "Zstandard compression";
      case 50001 -> "WebP compression";
      case 50002 -> "JPEG XL compression";
      default -> "compression " + compression;
    };
  }

  private static int pages(TiffDirectory.Structure tiff, TiffDirectory first) throws IOException {
    int pages = 0;
    TiffDirectory directory = first;
    Set<Long> seen = new HashSet<>();
    try {
      while (pages < MAX_PAGES) {
        pages += reduced(tiff, directory) ? 0 : 1;
        if (directory.next() == 0 || !seen.add(directory.next())) {
          break;
        }
        directory = tiff.directory(directory.next());
      }
    } catch (DamagedException e) {
      // What comes after a broken directory is not counted.
    }
    return Math.max(1, pages);
  }

  /** Whether a directory says that its picture is a smaller one of another's. */
  private static boolean reduced(TiffDirectory.Structure tiff, TiffDirectory directory)
      throws IOException, DamagedException {
    return (directory.number(tiff, TIFF_REDUCED, 0) & 1) != 0;
  }

  private static int u16(ByteReader bytes, long at) throws IOException, DamagedException {
    return bytes.u8(at) | bytes.u8(at + 1) << 8;
  }

  private static long u24(ByteReader bytes, long at) throws IOException, DamagedException {
    return u16(bytes, at) | (long) bytes.u8(at + 2) << 16;
  }
}
