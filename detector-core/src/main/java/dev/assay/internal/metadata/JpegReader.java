package dev.assay.internal.metadata;

import dev.assay.Sentence;
import dev.assay.internal.container.ByteReader;
import dev.assay.internal.container.JpegSegments;
import dev.assay.internal.container.SamsungRecords;
import dev.assay.spi.Block;
import dev.assay.spi.Budget;
import dev.assay.spi.DamagedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * JPEG: the APPn and COM segments before the first scan; EXIF, XMP with its extension, Photoshop's
 * image resources (ITU-T T.81 annex B; XMP part 3, 1.1.3).
 */
final class JpegReader {

  private static final String EXIF = "Exif\0\0";
  private static final String XMP = "http://ns.adobe.com/xap/1.0/\0";
  private static final String EXTENDED_XMP = "http://ns.adobe.com/xmp/extension/\0";
  private static final String PHOTOSHOP = "Photoshop 3.0\0";
  private static final int GUID = 32;

  private JpegReader() {}

  static void read(ByteReader bytes, Findings findings) throws IOException, DamagedException {
    ExtendedXmp extended = new ExtendedXmp();
    ByteArrayOutputStream resources = new ByteArrayOutputStream();
    findings.attempt(() -> segments(bytes, extended, resources, findings));
    findings.attempt(() -> trailer(bytes, findings));
    if (!extended.parts.isEmpty()) {
      findings.attempt(() -> XmpReader.read(extended.whole(), findings));
    }
    if (resources.size() > 0) {
      findings.attempt(() -> IptcReader.readResources(resources.toByteArray(), findings));
    }
  }

  private static void segments(
      ByteReader bytes, ExtendedXmp extended, ByteArrayOutputStream resources, Findings findings)
      throws IOException, DamagedException {
    JpegSegments walker = new JpegSegments(bytes, 0);
    for (Block block = walker.next(); block != null; block = walker.next()) {
      if (block.is("SOS") || block.is("EOI")) {
        return;
      }
      if (block.type().startsWith("APP") || block.is("COM")) {
        Block segment = block;
        findings.attempt(
            () ->
                segment(
                    segment.type(),
                    bytes.read(segment.offset(), (int) segment.length()),
                    extended,
                    resources,
                    findings));
      }
    }
    throw new DamagedException("The JPEG ends before its first scan.");
  }

  private static void segment(
      String type,
      byte[] segment,
      ExtendedXmp extended,
      ByteArrayOutputStream resources,
      Findings findings)
      throws IOException, DamagedException {
    if (type.equals("COM")) {
      findings.add(Carrier.JPEG_COMMENT, "", Text.lenient(segment));
    } else if (type.equals("APP1") && starts(segment, EXIF)) {
      ExifReader.readBlock(segment, findings);
    } else if (type.equals("APP1") && starts(segment, XMP)) {
      XmpReader.read(Arrays.copyOfRange(segment, XMP.length(), segment.length), findings);
    } else if (type.equals("APP1") && starts(segment, EXTENDED_XMP)) {
      extended.add(segment);
    } else if (type.equals("APP13") && starts(segment, PHOTOSHOP)) {
      if (resources.size() > Budget.MAX_PIECE_BYTES) {
        throw new DamagedException(
            "The Photoshop resources are larger than the bound; the rest was not read.");
      }
      resources.write(segment, PHOTOSHOP.length(), segment.length - PHOTOSHOP.length());
    } else if (type.equals("APP15") && pickledFace(segment)) {
      findings.add(Carrier.JPEG_SEGMENT, JpegFields.PICKLED_FACE, "a face's record, not read");
    } else if (starts(segment, "AIGC{")) {
      findings.add(Carrier.JPEG_SEGMENT, "AIGC", Text.lenient(segment).substring(4));
    }
  }

  /** Records in JSON, as the photo editor of Samsung's phones writes them. */
  private static void trailer(ByteReader bytes, Findings findings)
      throws IOException, DamagedException {
    SamsungRecords records = SamsungRecords.of(bytes);
    for (Block record = records.next(); record != null; record = records.next()) {
      if (record.is(JpegFields.SAMSUNG_EDIT)) {
        byte[] text = bytes.piece(Sentence.of("The Samsung record {0}", record.type()), record);
        findings.add(Carrier.SAMSUNG_RECORD, record.type(), Text.lenient(text));
      }
    }
  }

  /** Python's pickle, told by its first byte and the names of its members; never unpickled. */
  private static boolean pickledFace(byte[] segment) {
    return segment.length > 2
        && (segment[0] & 0xFF) == 0x80
        && segment[1] <= 5
        && new String(segment, StandardCharsets.ISO_8859_1).contains("landmarks");
  }

  /** The parts of a packet that is too long for one segment, by their offsets: XMP 3, 1.1.3.1. */
  private static final class ExtendedXmp {
    private static final int HEAD = EXTENDED_XMP.length() + GUID + 8;
    private final SortedMap<Long, byte[]> parts = new TreeMap<>();
    private int length;

    void add(byte[] segment) throws DamagedException {
      if (segment.length < HEAD) {
        throw new DamagedException("An extended XMP segment ends within its head.");
      }
      if (length + segment.length > Budget.MAX_PIECE_BYTES) {
        throw new DamagedException("The extended XMP is larger than the bound; it was not read.");
      }
      long at = Integer.toUnsignedLong(ByteBuffer.wrap(segment).getInt(HEAD - 4));
      if (parts.putIfAbsent(at, Arrays.copyOfRange(segment, HEAD, segment.length)) == null) {
        length += segment.length;
      }
    }

    byte[] whole() {
      ByteArrayOutputStream whole = new ByteArrayOutputStream();
      parts.values().forEach(whole::writeBytes);
      return whole.toByteArray();
    }
  }

  private static boolean starts(byte[] segment, String signature) {
    return segment.length >= signature.length()
        && new String(segment, 0, signature.length(), StandardCharsets.ISO_8859_1)
            .equals(signature);
  }
}
