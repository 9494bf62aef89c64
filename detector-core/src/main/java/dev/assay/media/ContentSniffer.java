package dev.assay.media;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.assay.FailureCode;
import dev.assay.MediaException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.mime.MimeTypes;

/**
 * Recognises a file by the first bytes of its content, never by its name.
 *
 * <p>The formats that can be decoded are recognised by their signatures, after their
 * specifications; Apache Tika names what else it may be, for the message.
 */
final class ContentSniffer {

  /** How many bytes from the start of a file are looked at. */
  static final int HEAD_BYTES = 4096;

  private static final int TS_PACKET = 188;

  /** Camcorders write a time stamp before each packet of a transport stream. */
  private static final int STAMP = 4;

  private ContentSniffer() {}

  /**
   * Recognises a file.
   *
   * @param head the first {@link #HEAD_BYTES} bytes, or all where there are fewer
   * @throws MediaException if it is no media, or of a format that is not known here
   */
  static Format recognise(byte[] head) throws MediaException {
    String start = new String(head, 0, Math.min(head.length, 64), ISO_8859_1);
    if (start.startsWith("\u00ff\u00d8\u00ff")) {
      return Format.JPEG;
    }
    if (start.startsWith("\u0089PNG\r\n\u001a\n")) {
      return Format.PNG;
    }
    if (start.startsWith("GIF87a") || start.startsWith("GIF89a")) {
      return Format.GIF;
    }
    if (start.startsWith("BM")
        && head.length >= 26
        && little(head, 14, 4) >= 12
        && little(head, 14, 4) <= 124) {
      return Format.BMP;
    }
    if (start.startsWith("II*\0") || start.startsWith("MM\0*")) {
      return start.startsWith("CR", 8) ? Format.CAMERA_RAW : Format.TIFF;
    }
    if (start.startsWith("RIFF") && start.length() >= 12) {
      return riff(head, start);
    }
    if (start.startsWith("ftyp", 4)) {
      return isoBaseMedia(start);
    }
    if (start.startsWith("moov", 4)
        || start.startsWith("mdat", 4)
        || start.startsWith("\0\0\0\bwide")
        || start.startsWith("\0\0\0\bfree")
        || start.startsWith("\0\0\0\bskip")) {
      return Format.QUICKTIME;
    }
    if (start.startsWith("\u00ff\n") || start.startsWith("\0\0\0\fJXL \r\n\u0087\n")) {
      return Format.JPEG_XL;
    }
    if (start.startsWith("\0\0\0\fjP  \r\n\u0087\n") || start.startsWith("\u00ffO\u00ffQ")) {
      return Format.JPEG_2000;
    }
    if (start.startsWith("8BPS")) {
      return Format.PHOTOSHOP;
    }
    if (start.startsWith("\u001aE\u00df\u00a3")) {
      // The element DocType, four characters long.
      return new String(head, ISO_8859_1).contains("B\u0082\u0084webm")
          ? Format.WEBM
          : Format.MATROSKA;
    }
    if (start.startsWith("FLV\u0001")) {
      return Format.FLV;
    }
    if (start.startsWith("0&\u00b2u\u008ef\u00cf\u0011")) {
      return Format.ASF;
    }
    if (start.startsWith("OggS")) {
      return Format.OGG;
    }
    if (start.startsWith("\0\0\u0001\u00ba")) {
      return Format.MPEG_PS;
    }
    if (start.startsWith("\0\0\u0001\u00b3")) {
      return Format.MPEG_VIDEO;
    }
    if (transportStream(head, 0, TS_PACKET) || transportStream(head, STAMP, STAMP + TS_PACKET)) {
      return Format.MPEG_TS;
    }
    if (start.startsWith("fLaC")) {
      return Format.FLAC;
    }
    if (start.startsWith("FORM") && (start.startsWith("AIFF", 8) || start.startsWith("AIFC", 8))) {
      return Format.AIFF;
    }
    if (start.startsWith("ID3")) {
      return Format.MP3;
    }
    if (head.length > 2 && (head[0] & 0xff) == 0xff) {
      // Layer I, and with it the mark of UTF-16 text, is left out.
      int layer = head[1] & 0xe6;
      if (layer == 0xe2 || layer == 0xe4) {
        return Format.MP3;
      }
      if ((head[1] & 0xf6) == 0xf0) {
        return Format.AAC;
      }
    }
    return other(head);
  }

  private static boolean transportStream(byte[] head, int from, int packet) {
    return head.length > from + 2 * packet
        && head[from] == 0x47
        && head[from + packet] == 0x47
        && head[from + 2 * packet] == 0x47;
  }

  private static Format riff(byte[] head, String start) throws MediaException {
    return switch (start.substring(8, 12)) {
      case "WEBP" ->
          start.startsWith("VP8X", 12) && head.length > 20 && (head[20] & 0x02) != 0
              ? Format.ANIMATED_WEBP
              : Format.WEBP;
      case "WAVE" -> Format.WAV;
      case "AVI " -> Format.AVI;
      default -> other(head);
    };
  }

  private static Format isoBaseMedia(String start) {
    String major = start.substring(8, Math.min(12, start.length()));
    String brands = start.substring(8);
    boolean generic = major.equals("mif1") || major.equals("msf1");
    if (major.startsWith("avi")
        || (generic && (brands.contains("avif") || brands.contains("avis")))) {
      return Format.AVIF;
    }
    return switch (major) {
      case "heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1" -> Format.HEIC;
      case "qt  " -> Format.QUICKTIME;
      case "M4A ", "M4B ", "M4P " -> Format.M4A;
      case "crx " -> Format.CAMERA_RAW;
      case "jp2 " -> Format.JPEG_2000;
      case "jxl " -> Format.JPEG_XL;
      default -> major.startsWith("3g") ? Format.THREE_GPP : Format.MP4;
    };
  }

  private static Format other(byte[] head) throws MediaException {
    String type = tika(head);
    if (type.equals("image/svg+xml")) {
      return Format.SVG;
    }
    if (type.startsWith("image/") || type.startsWith("video/") || type.startsWith("audio/")) {
      throw new MediaException(
          FailureCode.UNSUPPORTED_FORMAT, "It is " + type + ", which cannot be decoded here.");
    }
    throw new MediaException(
        FailureCode.NOT_MEDIA,
        type.equals("application/octet-stream")
            ? "Its content is no image, video or audio."
            : "Its content is " + type + ".");
  }

  private static String tika(byte[] head) {
    try {
      return MimeTypes.getDefaultMimeTypes()
          .detect(new ByteArrayInputStream(head), new Metadata())
          .toString()
          .toLowerCase(Locale.ROOT);
    } catch (IOException e) {
      throw new UncheckedIOException("an array cannot fail to be read", e);
    }
  }

  private static long little(byte[] bytes, int offset, int count) {
    long value = 0;
    for (int i = count - 1; i >= 0; i--) {
      value = value << 8 | (bytes[offset + i] & 0xff);
    }
    return value;
  }
}
