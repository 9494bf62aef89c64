package dev.assay.metadata;

import com.drew.imaging.tiff.TiffHandler;
import com.drew.imaging.tiff.TiffProcessingException;
import com.drew.imaging.tiff.TiffReader;
import com.drew.lang.ByteArrayReader;
import com.drew.lang.RandomAccessReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * EXIF: the text fields of IFD0 and of the Exif IFD, and whether there is a position.
 *
 * <p>metadata-extractor walks the directories; the values are taken here, only those that are
 * wanted, so that entries that all point to the same bytes cannot multiply them.
 */
final class ExifReader {

  private static final byte[] JPEG_PREFIX = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);
  private static final int EXIF_IFD = 0x8769;
  private static final int GPS_IFD = 0x8825;
  private static final int USER_COMMENT = 0x9286;
  private static final int TIFF_XMP = 0x02BC;
  private static final int TIFF_IPTC = 0x83BB;
  private static final int TIFF_PHOTOSHOP = 0x8649;
  private static final int TIFF_C2PA = 0xCD41;

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
          Map.entry(0x927C, "MakerNote"),
          Map.entry(0xA433, "LensMake"),
          Map.entry(0xA434, "LensModel"));

  private ExifReader() {}

  /** Reads a block as JPEG, PNG and WebP carry it, with or without JPEG's prefix. */
  static void readBlock(byte[] block, Findings findings) throws IOException, DamagedException {
    byte[] tiff =
        Arrays.mismatch(block, JPEG_PREFIX) == JPEG_PREFIX.length
            ? Arrays.copyOfRange(block, JPEG_PREFIX.length, block.length)
            : block;
    read(new ByteArrayReader(tiff), tiff.length, false, findings);
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

  /** Reads a whole TIFF file, where XMP, IPTC and C2PA are fields as well. */
  static void readTiff(MediaBytes bytes, Findings findings) throws IOException, DamagedException {
    read(new FileReader(bytes), (int) Math.min(Integer.MAX_VALUE, bytes.size()), true, findings);
  }

  private static void read(RandomAccessReader reader, int length, boolean file, Findings findings)
      throws IOException, DamagedException {
    Handler handler = new Handler(findings, length, file);
    try {
      new TiffReader().processTiff(reader, handler, 0);
    } catch (TiffProcessingException | IOException | IllegalArgumentException e) {
      // metadata-extractor reports broken structure as an IOException of its own.
      throw new DamagedException("The EXIF directory is broken; some of its fields were not read.");
    }
    if (handler.broken) {
      throw new DamagedException("The EXIF directory is broken; some of its fields were not read.");
    }
  }

  /** A file as metadata-extractor wants to read it. */
  private static final class FileReader extends RandomAccessReader {

    private final MediaBytes bytes;

    FileReader(MediaBytes bytes) {
      this.bytes = bytes;
    }

    @Override
    public int toUnshiftedOffset(int localOffset) {
      return localOffset;
    }

    @Override
    public byte getByte(int index) throws IOException {
      try {
        return (byte) bytes.u8(index);
      } catch (DamagedException e) {
        throw new IOException(e);
      }
    }

    @Override
    public byte[] getBytes(int index, int count) throws IOException {
      try {
        return bytes.read(index, count);
      } catch (DamagedException e) {
        throw new IOException(e);
      }
    }

    @Override
    protected void validateIndex(int index, int bytesRequested) throws IOException {
      if (!isValidIndex(index, bytesRequested)) {
        throw new IOException("beyond the end");
      }
    }

    @Override
    protected boolean isValidIndex(int index, int bytesRequested) {
      return index >= 0 && bytesRequested >= 0 && (long) index + bytesRequested <= bytes.size();
    }

    @Override
    public long getLength() {
      return bytes.size();
    }
  }

  private static final class Handler implements TiffHandler {

    private final Findings findings;
    private final int length;
    private final boolean file;
    private boolean inExifIfd;
    private boolean exifIfdSeen;
    private boolean broken;

    Handler(Findings findings, int length, boolean file) {
      this.findings = findings;
      this.length = length;
      this.file = file;
    }

    @Override
    public boolean tryEnterSubIfd(int tagId) {
      // Once and one level deep: pointers that form chains or rings lead nowhere.
      if (tagId != EXIF_IFD || inExifIfd || exifIfdSeen) {
        return false;
      }
      inExifIfd = true;
      exifIfdSeen = true;
      return true;
    }

    @Override
    public boolean hasFollowerIfd() {
      return false;
    }

    @Override
    public void endingIFD() {
      inExifIfd = false;
    }

    @Override
    public Long tryCustomProcessFormat(int tagId, int formatCode, long componentCount) {
      return componentCount;
    }

    @Override
    public boolean customProcessTag(
        int tagOffset,
        java.util.Set<Integer> processedIfdOffsets,
        int tiffHeaderOffset,
        RandomAccessReader reader,
        int tagId,
        int byteCount)
        throws IOException {
      try {
        findings.step();
        take(tagId, tagOffset, byteCount, reader);
      } catch (DamagedException e) {
        findings.damaged(e);
      }
      return true;
    }

    private void take(int tagId, int offset, int byteCount, RandomAccessReader reader)
        throws IOException, DamagedException {
      if (tagId == GPS_IFD) {
        findings.add(Carrier.EXIF, "GPS", "present");
        return;
      }
      String name = TEXT_FIELDS.get(tagId);
      boolean block =
          file
              && (tagId == TIFF_XMP
                  || tagId == TIFF_IPTC
                  || tagId == TIFF_PHOTOSHOP
                  || tagId == TIFF_C2PA);
      if (name == null && tagId != USER_COMMENT && !block) {
        return;
      }
      if (byteCount < 0
          || offset < 0
          || byteCount > length - offset
          || byteCount > Findings.VALUE_BYTES) {
        throw new DamagedException(
            "The EXIF field "
                + (name == null ? "0x" + Integer.toHexString(tagId) : name)
                + " points beyond its bounds; it was not read.");
      }
      findings.copy(byteCount);
      byte[] value = reader.getBytes(offset, byteCount);
      if (tagId == USER_COMMENT) {
        findings.add(
            Carrier.EXIF, "UserComment", Text.userComment(value, reader.isMotorolaByteOrder()));
      } else if (name != null) {
        findings.add(Carrier.EXIF, name, Text.lenient(value).strip());
      } else if (tagId == TIFF_XMP) {
        XmpReader.read(value, findings);
      } else if (tagId == TIFF_IPTC) {
        IptcReader.readDatasets(value, findings);
      } else if (tagId == TIFF_PHOTOSHOP) {
        IptcReader.readResources(value, findings);
      } else {
        findings.c2paPresence(C2paPresence.of("TIFF field 0xCD41", byteCount, value));
      }
    }

    @Override
    public void error(String message) {
      broken = true;
    }

    @Override
    public void setTiffMarker(int marker) {}

    @Override
    public void warn(String message) {}

    @Override
    public void setByteArray(int tagId, byte[] bytes) {}

    @Override
    public void setString(int tagId, com.drew.metadata.StringValue string) {}

    @Override
    public void setRational(int tagId, com.drew.lang.Rational rational) {}

    @Override
    public void setRationalArray(int tagId, com.drew.lang.Rational[] array) {}

    @Override
    public void setFloat(int tagId, float float32) {}

    @Override
    public void setFloatArray(int tagId, float[] array) {}

    @Override
    public void setDouble(int tagId, double double64) {}

    @Override
    public void setDoubleArray(int tagId, double[] array) {}

    @Override
    public void setInt8s(int tagId, byte int8s) {}

    @Override
    public void setInt8sArray(int tagId, byte[] array) {}

    @Override
    public void setInt8u(int tagId, short int8u) {}

    @Override
    public void setInt8uArray(int tagId, short[] array) {}

    @Override
    public void setInt16s(int tagId, int int16s) {}

    @Override
    public void setInt16sArray(int tagId, short[] array) {}

    @Override
    public void setInt16u(int tagId, int int16u) {}

    @Override
    public void setInt16uArray(int tagId, int[] array) {}

    @Override
    public void setInt32s(int tagId, int int32s) {}

    @Override
    public void setInt32sArray(int tagId, int[] array) {}

    @Override
    public void setInt32u(int tagId, long int32u) {}

    @Override
    public void setInt32uArray(int tagId, long[] array) {}

    @Override
    public void setInt64s(int tagId, long int64S) {}

    @Override
    public void setInt64sArray(int tagId, long[] array) {}

    @Override
    public void setInt64u(int tagId, long int64U) {}

    @Override
    public void setInt64uArray(int tagId, long[] array) {}
  }
}
