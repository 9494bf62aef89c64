package dev.assay.internal.format;

import dev.assay.internal.container.ByteReader;
import dev.assay.internal.container.Id3Frames;
import dev.assay.internal.container.IsoBoxes;
import dev.assay.internal.container.PdfAttachments;
import dev.assay.spi.Block;
import dev.assay.spi.DamagedException;
import java.io.IOException;
import java.util.Set;

/** The signatures that take more than a comparison of characters. */
final class Signatures {

  private static final int TS_PACKET = 188;
  private static final int[] TS_STRIDES = {188, 192, 204};

  /** Packets in a row that must begin with the sync byte where the first is not at the start. */
  private static final int TS_SYNCS = 8;

  private static final String START_CODE = "\0\0\u0001";
  private static final Set<Integer> H264_FIRST = Set.of(6, 7, 8, 9);
  private static final Set<Integer> H264_PROFILES =
      Set.of(44, 66, 77, 83, 86, 88, 100, 110, 118, 122, 128, 134, 138, 139, 244);
  private static final int MAX_RUN_IN = 3_000;
  private static final int MAX_TOP_BOXES = 64;
  private static final String MXF_KEY = "\u0006\u000e+4\u0002\u0005\u0001\u0001\r\u0001\u0002";
  private static final String HEIF_BRANDS = "heic heix heim heis hevc hevx mif1 msf1";
  private static final Set<String> TOP_BOXES =
      Set.of(
          "ftyp", "styp", "moov", "moof", "mdat", "free", "skip", "wide", "uuid", "pnot", "sidx",
          "emsg", "prft", "meta", "PICT", "pdin", "ssix", "mfra");

  private Signatures() {}

  /** A JPEG whose first frame header is of this marker, before any other segment. */
  static Signature jpeg(int marker) {
    return Signature.bytes(0xFF, 0xD8, 0xFF, marker);
  }

  static Signature riff(String type) {
    Signature head =
        Signature.starts("RIFF").or(Signature.starts("RF64")).or(Signature.starts("BW64"));
    return head.and(Signature.at(8, type));
  }

  static Signature afterId3(String characters) {
    return (head, bytes) ->
        head.startsWith(characters)
            || (head.startsWith("ID3") && bytes.has(Id3Frames.end(bytes, 0), characters));
  }

  static boolean bmp(String head, ByteReader bytes) throws IOException, DamagedException {
    if (!head.startsWith("BM") || head.length() < 26) {
      return false;
    }
    long header = bytes.u32LittleEndian(14);
    return header >= 12 && header <= 124;
  }

  static boolean tiff(String head, ByteReader bytes) {
    return head.startsWith("II*\0")
        || head.startsWith("MM\0*")
        || head.startsWith("II+\0")
        || head.startsWith("MM\0+");
  }

  static boolean cameraRaw(String head, ByteReader bytes) throws IOException, DamagedException {
    return (head.startsWith("II*\0") && head.startsWith("CR", 8))
        || head.startsWith("FUJIFILMCCD-RAW")
        || head.startsWith("IIU\0")
        || head.startsWith("IIRO")
        || head.startsWith("FOVb")
        || brand(head, bytes).equals("crx ");
  }

  static boolean animatedWebp(String head, ByteReader bytes) throws IOException, DamagedException {
    return riff("WEBP").matches(head, bytes)
        && head.startsWith("VP8X", 12)
        && head.length() > 20
        && (head.charAt(20) & 0x02) != 0;
  }

  static boolean netpbm(String head, ByteReader bytes) {
    return head.length() > 2
        && head.charAt(0) == 'P'
        && head.charAt(1) >= '1'
        && head.charAt(1) <= '6'
        && "\n\r \t".indexOf(head.charAt(2)) >= 0;
  }

  static boolean sgi(String head, ByteReader bytes) {
    return head.startsWith("\u0001\u00da")
        && head.length() > 4
        && head.charAt(2) <= 1
        && (head.charAt(3) == 1 || head.charAt(3) == 2);
  }

  static boolean pcx(String head, ByteReader bytes) {
    return head.length() >= 128
        && head.charAt(0) == 10
        && head.charAt(1) <= 5
        && head.charAt(2) == 1
        && "\u0001\u0002\u0004\b".indexOf(head.charAt(3)) >= 0
        && head.charAt(64) == 0;
  }

  static boolean icon(String head, ByteReader bytes) {
    return head.startsWith("\0\0\u0001\0")
        && head.length() >= 22
        && head.charAt(4) > 0
        && head.charAt(5) == 0
        && head.charAt(9) == 0;
  }

  /** An ISO base media file of this major brand. */
  static Signature iso(String brand) {
    return (head, bytes) -> brand(head, bytes).equals(brand);
  }

  static boolean avif(String head, ByteReader bytes) throws IOException, DamagedException {
    String major = brand(head, bytes);
    boolean generic = major.equals("mif1") || major.equals("msf1");
    String brands = head.substring(0, Math.min(head.length(), 64));
    return major.startsWith("avi")
        || (generic && (brands.contains("avif") || brands.contains("avis")));
  }

  static boolean heic(String head, ByteReader bytes) throws IOException, DamagedException {
    String major = brand(head, bytes);
    return !major.isEmpty() && HEIF_BRANDS.contains(major);
  }

  static boolean m4a(String head, ByteReader bytes) throws IOException, DamagedException {
    return Set.of("M4A ", "M4B ", "M4P ").contains(brand(head, bytes));
  }

  static boolean threeGpp(String head, ByteReader bytes) throws IOException, DamagedException {
    return brand(head, bytes).startsWith("3g");
  }

  static boolean quickTime(String head, ByteReader bytes) throws IOException, DamagedException {
    String major = brand(head, bytes);
    return major.equals("qt  ") || major.equals(NO_BRAND);
  }

  static boolean mp4(String head, ByteReader bytes) throws IOException, DamagedException {
    return !brand(head, bytes).isEmpty();
  }

  /** What {@link #brand} says of a movie without a file type box. */
  private static final String NO_BRAND = "no file type box";

  /**
   * The major brand of an ISO base media file: of its first file or segment type box, whatever
   * boxes come before; {@link #NO_BRAND} if there is none before the movie; empty if it is no such
   * file.
   */
  private static String brand(String head, ByteReader bytes) throws IOException, DamagedException {
    // Text may spell a box's type; its size then is that of four letters.
    boolean sized = head.length() >= 8 && (head.charAt(0) < ' ' || bytes.u32(0) <= bytes.size());
    if (!sized || !TOP_BOXES.contains(head.substring(4, 8))) {
      return "";
    }
    boolean movie = false;
    try {
      IsoBoxes boxes = IsoBoxes.of(bytes);
      for (int i = 0; i < MAX_TOP_BOXES; i++) {
        Block box = boxes.next();
        if (box == null || !TOP_BOXES.contains(box.type())) {
          break;
        }
        if (box.is("ftyp") || box.is("styp")) {
          return box.length() >= 4 ? bytes.fourCc(box.offset()) : "";
        }
        if (box.is("moof") || box.is("sidx")) {
          return "iso6";
        }
        movie |= box.is("moov") || box.is("mdat") || box.is("wide");
        if (box.is("moov")) {
          break;
        }
      }
    } catch (DamagedException e) {
      // What was met before the damage tells.
    }
    return movie ? NO_BRAND : "";
  }

  static boolean webm(String head, ByteReader bytes) {
    // The element DocType, four characters long.
    return head.startsWith("\u001aE\u00df\u00a3") && head.contains("B\u0082\u0084webm");
  }

  /** SMPTE ST 377-1: a header partition pack, after as much of a run-in as is looked at. */
  static boolean mxf(String head, ByteReader bytes) {
    int at = head.indexOf(MXF_KEY);
    return at >= 0 && at < MAX_RUN_IN;
  }

  /** IEC 61834: a header block of the first DIF sequence, of 525 or 625 lines. */
  static boolean dv(String head, ByteReader bytes) {
    return head.startsWith("\u001f\u0007\0")
        && head.length() > 480
        && (head.charAt(3) & 0x7F) == 0x3F
        && head.charAt(80) >> 5 == 1;
  }

  static boolean flash(String head, ByteReader bytes) {
    return (head.startsWith("FWS") || head.startsWith("CWS"))
        && head.length() > 20
        && head.charAt(3) >= 1
        && head.charAt(3) <= 60;
  }

  /**
   * ITU-T H.264, annex B: a start code with a unit that streams begin with (parameter set,
   * delimiter, supplemental information), and a sequence parameter set of a known profile soon
   * after.
   */
  static boolean h264(String head, ByteReader bytes) {
    int first = startCode(head);
    if (first < 0 || first >= head.length() || !H264_FIRST.contains(head.charAt(first) & 0x9F)) {
      return false;
    }
    for (int at = head.indexOf(START_CODE);
        at >= 0 && at + 5 < head.length();
        at = head.indexOf(START_CODE, at + 3)) {
      int unit = head.charAt(at + 3);
      boolean parameters = (unit & 0x9F) == 7 && (unit & 0x60) != 0;
      if (parameters && H264_PROFILES.contains((int) head.charAt(at + 4))) {
        return true;
      }
    }
    return false;
  }

  /** ITU-T H.265, annex B: a start code, then a video parameter set or an access unit delimiter. */
  static boolean hevc(String head, ByteReader bytes) {
    int at = startCode(head);
    return at >= 0 && (head.startsWith("@\u0001", at) || head.startsWith("F\u0001", at));
  }

  private static int startCode(String head) {
    return head.startsWith("\0\0\0\u0001") ? 4 : head.startsWith("\0\0\u0001") ? 3 : -1;
  }

  /**
   * ISO/IEC 13818-1: sync bytes at the distance of packets. At the start, or after the time stamp
   * that camcorders write, three are enough; elsewhere a recording was cut within a packet.
   */
  static boolean transportStream(String head, ByteReader bytes) {
    if (synced(head, 0, TS_PACKET, 3) || synced(head, 4, 192, 3)) {
      return true;
    }
    for (int stride : TS_STRIDES) {
      for (int from = 0; from < stride; from++) {
        if (synced(head, from, stride, TS_SYNCS)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean synced(String head, int from, int stride, int count) {
    if (head.length() <= from + (count - 1) * stride) {
      return false;
    }
    for (int i = 0; i < count; i++) {
      if (head.charAt(from + i * stride) != 0x47) {
        return false;
      }
    }
    return true;
  }

  static boolean aac(String head, ByteReader bytes) throws IOException, DamagedException {
    long at = Id3Frames.end(bytes, 0);
    return at + 2 <= bytes.size() && bytes.u8(at) == 0xFF && (bytes.u8(at + 1) & 0xF6) == 0xF0;
  }

  /** Layer I, and with it the byte order mark of UTF-16 text, is left out. */
  static boolean mp3(String head, ByteReader bytes) {
    if (head.startsWith("ID3")) {
      return true;
    }
    int layer = head.length() > 2 && head.charAt(0) == 0xFF ? head.charAt(1) & 0xE6 : 0;
    return layer == 0xE2 || layer == 0xE4;
  }

  static boolean eac3(String head, ByteReader bytes) {
    return head.startsWith("\u000bw") && head.length() > 6 && head.charAt(5) >> 3 > 10;
  }

  /** A document in which a C2PA manifest is embedded: C2PA 2.2, A.4. */
  static boolean signedPdf(String head, ByteReader bytes) throws IOException, DamagedException {
    return head.startsWith(PdfAttachments.SIGNATURE) && PdfAttachments.has(bytes, "/C2PA_Manifest");
  }
}
