package dev.assay.internal.still;

import dev.assay.FailureCode;
import dev.assay.MediaException;
import dev.assay.Sentence;
import dev.assay.internal.container.ByteReader;
import dev.assay.internal.container.TiffDirectory;
import dev.assay.spi.DamagedException;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** TIFF 6.0 and BigTIFF. */
public final class TiffStill implements StillFormat {

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
  private static final int TIFF_PROFILE = 34675;
  private static final int TIFF_ORIENTATION = 0x0112;

  /** The first directory's picture, and how many directories there are. */
  @Override
  public ImageHeader header(ByteReader bytes) throws MediaException, IOException, DamagedException {
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

  /** OpenCV turns TIFFs itself, whatever the flag says, and tile by tile. */
  @Override
  public Decodable decodable(byte[] content, ImageHeader header, ByteReader bytes)
      throws IOException {
    return new Decodable(unturned(content, bytes), "");
  }

  /** A TIFF that says nothing of its orientation. */
  private static byte[] unturned(byte[] content, ByteReader bytes) throws IOException {
    try {
      TiffDirectory.Structure tiff = TiffDirectory.Structure.at(bytes, 0);
      TiffDirectory.Entry entry = tiff.first().entry(TIFF_ORIENTATION).orElse(null);
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

  @Override
  public OptionalLong exif(ByteReader bytes) {
    return OptionalLong.of(0);
  }

  @Override
  public DeclaredColour colour(ByteReader bytes) throws IOException, DamagedException {
    Optional<TiffDirectory.Entry> entry =
        TiffDirectory.Structure.at(bytes, 0).first().entry(TIFF_PROFILE);
    return entry.isEmpty()
        ? DeclaredColour.NONE
        : new DeclaredColour.Profile(
            bytes.piece(
                Sentence.of("A colour profile"), entry.get().offset(), entry.get().length()));
  }
}
