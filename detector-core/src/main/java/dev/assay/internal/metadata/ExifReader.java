package dev.assay.internal.metadata;

import dev.assay.Sentence;
import dev.assay.internal.container.ByteReader;
import dev.assay.internal.container.TiffDirectory;
import dev.assay.spi.DamagedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * EXIF (CIPA DC-008): the text fields of the first directory and of the Exif directory, and whether
 * there is a position; of TIFF files also the fields that hold XMP, IPTC and C2PA.
 */
final class ExifReader {

  private static final String JPEG_PREFIX = "Exif\0\0";
  private static final int EXIF_IFD = 0x8769;
  private static final int GPS_IFD = 0x8825;
  private static final int USER_COMMENT = 0x9286;
  private static final int PIXEL_WIDTH = 0xA002;
  private static final int PIXEL_HEIGHT = 0xA003;
  private static final int TIFF_XMP = 0x02BC;
  private static final int TIFF_IPTC = 0x83BB;
  private static final int TIFF_PHOTOSHOP = 0x8649;

  private static final Map<Integer, String> TEXT_FIELDS =
      Map.ofEntries(
          Map.entry(0x010D, "DocumentName"),
          Map.entry(0x010E, "ImageDescription"),
          Map.entry(0x010F, "Make"),
          Map.entry(0x0110, "Model"),
          Map.entry(0x0131, "Software"),
          Map.entry(0x0132, "DateTime"),
          Map.entry(0x013B, "Artist"),
          Map.entry(0x013C, "HostComputer"),
          Map.entry(0x8298, "Copyright"),
          Map.entry(0x9003, "DateTimeOriginal"),
          Map.entry(0x9004, "DateTimeDigitized"),
          Map.entry(0x9010, "OffsetTime"),
          Map.entry(0x9011, "OffsetTimeOriginal"),
          Map.entry(0x927C, "MakerNote"),
          Map.entry(0x9C9B, "XPTitle"),
          Map.entry(0x9C9C, "XPComment"),
          Map.entry(0x9C9D, "XPAuthor"),
          Map.entry(0x9C9E, "XPKeywords"),
          Map.entry(0x9C9F, "XPSubject"),
          Map.entry(0xA433, "LensMake"),
          Map.entry(0xA434, "LensModel"));

  private ExifReader() {}

  /** Reads a block as JPEG, PNG and WebP carry it, with or without JPEG's prefix. */
  static void readBlock(byte[] block, Findings findings) throws IOException, DamagedException {
    ByteReader bytes = findings.reader(block);
    read(bytes, bytes.has(0, JPEG_PREFIX) ? JPEG_PREFIX.length() : 0, false, findings);
  }

  /** Reads a block as boxes and HEIF items carry it: the offset of the TIFF header comes first. */
  static void readPrefixed(byte[] block, Findings findings) throws IOException, DamagedException {
    long skip =
        block.length < 4
            ? block.length
            : 4 + Integer.toUnsignedLong(ByteBuffer.wrap(block).getInt());
    if (skip >= block.length) {
      throw new DamagedException("The EXIF block points beyond its end; it was not read.");
    }
    readBlock(Arrays.copyOfRange(block, (int) skip, block.length), findings);
  }

  /** Reads a whole TIFF file. */
  static void readTiff(ByteReader bytes, Findings findings) throws IOException, DamagedException {
    read(bytes, 0, true, findings);
  }

  private static void read(ByteReader bytes, long start, boolean file, Findings findings)
      throws IOException, DamagedException {
    TiffDirectory.Structure tiff = TiffDirectory.Structure.at(bytes, start);
    TiffDirectory first = tiff.first();
    fields(bytes, tiff, first, file, findings);
    // Once and one level deep, so that pointers in a cycle lead nowhere.
    Optional<TiffDirectory.Entry> pointer = first.entry(EXIF_IFD);
    if (pointer.isPresent()) {
      fields(bytes, tiff, tiff.directory(tiff.number(pointer.get())), false, findings);
    }
  }

  private static void fields(
      ByteReader bytes,
      TiffDirectory.Structure tiff,
      TiffDirectory directory,
      boolean file,
      Findings findings)
      throws IOException {
    for (TiffDirectory.Entry entry : directory.entries()) {
      findings.attempt(() -> field(bytes, tiff, entry, file, findings));
    }
    if (!directory.whole()) {
      findings.damaged(
          new DamagedException("The EXIF directory is broken; some of its fields were not read."));
    }
  }

  private static void field(
      ByteReader bytes,
      TiffDirectory.Structure tiff,
      TiffDirectory.Entry entry,
      boolean file,
      Findings findings)
      throws IOException, DamagedException {
    if (entry.tag() == GPS_IFD) {
      findings.add(Carrier.EXIF, "GPS", "present");
      return;
    }
    if (entry.tag() == PIXEL_WIDTH || entry.tag() == PIXEL_HEIGHT) {
      findings.add(
          Carrier.EXIF,
          entry.tag() == PIXEL_WIDTH ? "PixelXDimension" : "PixelYDimension",
          Long.toString(tiff.number(entry)));
      return;
    }
    String name = TEXT_FIELDS.get(entry.tag());
    if (entry.tag() == USER_COMMENT) {
      byte[] value = value(bytes, "UserComment", entry);
      findings.add(Carrier.EXIF, "UserComment", Text.userComment(value, !tiff.littleEndian()));
    } else if (name != null) {
      byte[] value = value(bytes, name, entry);
      findings.add(Carrier.EXIF, name, Text.exif(value, !tiff.littleEndian()).strip());
    } else if (file) {
      block(bytes, entry, findings);
    }
  }

  private static void block(ByteReader bytes, TiffDirectory.Entry entry, Findings findings)
      throws IOException, DamagedException {
    switch (entry.tag()) {
      case TIFF_XMP -> XmpReader.read(value(bytes, "XMP", entry), findings);
      case TIFF_IPTC -> IptcReader.readDatasets(value(bytes, "IPTC", entry), findings);
      case TIFF_PHOTOSHOP -> IptcReader.readResources(value(bytes, "Photoshop", entry), findings);
      default -> {}
    }
  }

  private static byte[] value(ByteReader bytes, String name, TiffDirectory.Entry entry)
      throws IOException, DamagedException {
    return bytes.piece(Sentence.of("The EXIF field {0}", name), entry.offset(), entry.length());
  }
}
