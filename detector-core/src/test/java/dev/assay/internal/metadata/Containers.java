package dev.assay.internal.metadata;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** Writes the least of a container that carries a piece of metadata. */
public final class Containers {

  public static final String AI_SOURCE_TYPE =
      "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia";

  private Containers() {}

  public static byte[] latin1(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  public static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  public static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  public static byte[] u32(long value) {
    return ByteBuffer.allocate(4).putInt((int) value).array();
  }

  public static byte[] u16(int value) {
    return ByteBuffer.allocate(2).putShort((short) value).array();
  }

  public static byte[] u32LittleEndian(long value) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt((int) value).array();
  }

  // PNG

  public static byte[] png(byte[]... chunks) {
    return join(
        latin1("\u0089PNG\r\n\u001a\n"),
        pngChunk("IHDR", new byte[] {0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0}),
        join(chunks),
        pngChunk("IDAT", deflate(new byte[4])),
        pngChunk("IEND", new byte[0]));
  }

  public static byte[] pngChunk(String type, byte[] data) {
    CRC32 crc = new CRC32();
    crc.update(latin1(type));
    crc.update(data);
    return join(u32(data.length), latin1(type), data, u32(crc.getValue()));
  }

  public static byte[] pngText(String keyword, String text) {
    return pngChunk("tEXt", join(latin1(keyword), new byte[1], latin1(text)));
  }

  public static byte[] pngCompressedText(String keyword, byte[] text) {
    return pngChunk("zTXt", join(latin1(keyword), new byte[2], deflate(text)));
  }

  public static byte[] pngInternationalText(String keyword, byte[] text, boolean compressed) {
    byte[] head = new byte[] {0, (byte) (compressed ? 1 : 0), 0, 0, 0};
    return pngChunk("iTXt", join(latin1(keyword), head, compressed ? deflate(text) : text));
  }

  public static byte[] deflate(byte[] data) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflater =
        new DeflaterOutputStream(out, new Deflater(Deflater.BEST_COMPRESSION))) {
      deflater.write(data);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  // JPEG

  public static byte[] jpeg(byte[]... segments) {
    return join(latin1("\u00ff\u00d8"), join(segments), latin1("\u00ff\u00da\0\2\u00ff\u00d9"));
  }

  public static byte[] jpegSegment(int marker, byte[] data) {
    return join(new byte[] {(byte) 0xFF, (byte) marker}, u16(data.length + 2), data);
  }

  public static byte[] jpegExif(byte[] tiff) {
    return jpegSegment(0xE1, join(latin1("Exif\0\0"), tiff));
  }

  public static byte[] jpegXmp(String xmp) {
    return jpegSegment(0xE1, join(latin1("http://ns.adobe.com/xap/1.0/\0"), utf8(xmp)));
  }

  /** A JPEG with one record of Samsung's trailer. */
  public static byte[] samsung(String name, String text) {
    byte[] record =
        join(
            new byte[] {0, 0, (byte) 0xA1, 0x0B},
            u32LittleEndian(name.length()),
            latin1(name),
            utf8(text));
    byte[] directory =
        join(
            latin1("SEFH"),
            u32LittleEndian(106),
            u32LittleEndian(1),
            new byte[] {0, 0, (byte) 0xA1, 0x0B},
            u32LittleEndian(record.length),
            u32LittleEndian(record.length));
    return join(jpeg(), record, directory, u32LittleEndian(directory.length), latin1("SEFT"));
  }

  // EXIF

  /** A big-endian TIFF block with the text fields of IFD0, and those of the Exif IFD. */
  public static byte[] exif(Map<Integer, String> ifd0, Map<Integer, byte[]> exifIfd) {
    Map<Integer, byte[]> first = new TreeMap<>();
    ifd0.forEach((tag, text) -> first.put(tag, join(utf8(text), new byte[1])));
    if (exifIfd.isEmpty()) {
      return join(latin1("MM\0*"), u32(8), ifd(first, 8, -1));
    }
    byte[] measured = ifd(first, 8, 0);
    int second = 8 + measured.length;
    return join(
        latin1("MM\0*"), u32(8), ifd(first, 8, second), ifd(new TreeMap<>(exifIfd), second, -1));
  }

  public static byte[] exif(int tag, String text) {
    return exif(Map.of(tag, text), Map.of());
  }

  public static byte[] userComment(String characterSet, byte[] text) {
    return exif(Map.of(), Map.of(0x9286, join(latin1(characterSet), text)));
  }

  private static byte[] ifd(Map<Integer, byte[]> fields, int offset, int exifIfd) {
    int count = fields.size() + (exifIfd >= 0 ? 1 : 0);
    int dataOffset = offset + 2 + 12 * count + 4;
    ByteArrayOutputStream entries = new ByteArrayOutputStream();
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    boolean pointerWritten = exifIfd < 0;
    for (Map.Entry<Integer, byte[]> field : fields.entrySet()) {
      if (!pointerWritten && field.getKey() > 0x8769) {
        entries.writeBytes(join(u16(0x8769), u16(4), u32(1), u32(exifIfd)));
        pointerWritten = true;
      }
      byte[] value = field.getValue();
      boolean number = field.getKey() == 0xA002 || field.getKey() == 0xA003;
      int type = field.getKey() == 0x9286 ? 7 : number ? 4 : 2;
      entries.writeBytes(join(u16(field.getKey()), u16(type), u32(number ? 1 : value.length)));
      if (value.length <= 4) {
        entries.writeBytes(java.util.Arrays.copyOf(value, 4));
      } else {
        entries.writeBytes(u32(dataOffset + data.size()));
        data.writeBytes(value);
      }
    }
    if (!pointerWritten) {
      entries.writeBytes(join(u16(0x8769), u16(4), u32(1), u32(exifIfd)));
    }
    return join(u16(count), entries.toByteArray(), u32(0), data.toByteArray());
  }

  // XMP

  public static String xmp(String properties) {
    return "<?xpacket begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>"
        + "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\" x:xmptk=\"XMP Core 4.4.0\">"
        + "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">"
        + "<rdf:Description rdf:about=\"\""
        + " xmlns:Iptc4xmpExt=\"http://iptc.org/std/Iptc4xmpExt/2008-02-29/\""
        + " xmlns:photoshop=\"http://ns.adobe.com/photoshop/1.0/\""
        + " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\""
        + " xmlns:xmpMM=\"http://ns.adobe.com/xap/1.0/mm/\""
        + " xmlns:stEvt=\"http://ns.adobe.com/xap/1.0/sType/ResourceEvent#\""
        + " xmlns:exif=\"http://ns.adobe.com/exif/1.0/\""
        + " xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
        + " xmlns:TC260=\"http://www.tc260.org.cn/ns/AIGC/1.0/\">"
        + properties
        + "</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end=\"w\"?>   ";
  }

  public static String sourceType(String value) {
    return xmp("<Iptc4xmpExt:DigitalSourceType>" + value + "</Iptc4xmpExt:DigitalSourceType>");
  }

  // RIFF

  public static byte[] riff(String form, byte[]... chunks) {
    byte[] content = join(latin1(form), join(chunks));
    return join(latin1("RIFF"), u32LittleEndian(content.length), content);
  }

  public static byte[] riffChunk(String type, byte[] data) {
    return join(latin1(type), u32LittleEndian(data.length), data, new byte[data.length & 1]);
  }

  public static byte[] webp(byte[]... chunks) {
    return riff("WEBP", riffChunk("VP8X", new byte[10]), join(chunks));
  }

  // GIF

  public static byte[] gif(byte[]... extensions) {
    return join(latin1("GIF89a"), new byte[] {1, 0, 1, 0, 0, 0, 0}, join(extensions), latin1(";"));
  }

  public static byte[] gifComment(String text) {
    return join(new byte[] {0x21, (byte) 0xFE}, subBlocks(latin1(text)));
  }

  public static byte[] subBlocks(byte[] data) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < data.length; i += 255) {
      int size = Math.min(255, data.length - i);
      out.write(size);
      out.write(data, i, size);
    }
    out.write(0);
    return out.toByteArray();
  }

  // ISO base media

  public static byte[] box(String type, byte[]... content) {
    byte[] data = join(content);
    return join(u32(8 + data.length), latin1(type), data);
  }

  public static byte[] mp4(byte[]... boxes) {
    return join(box("ftyp", latin1("isom"), u32(0)), join(boxes));
  }

  /** An MP4 with one item as FFmpeg writes it with use_metadata_tags. */
  public static byte[] mp4WithKey(String key, String value) {
    return mp4(box("moov", box("udta", mdtaMeta(key, value))));
  }

  public static byte[] mdtaMeta(String key, String value) {
    return box(
        "meta",
        u32(0),
        box("hdlr", u32(0), u32(0), latin1("mdta"), new byte[13]),
        box("keys", u32(0), u32(1), box("mdta", utf8(key))),
        box("ilst", join(u32(8 + 16 + utf8(value).length), u32(1), data(value))));
  }

  public static byte[] data(String value) {
    return box("data", u32(1), u32(0), utf8(value));
  }

  // Matroska

  public static byte[] matroskaWithTag(String name, String value) {
    byte[] simple =
        element(0x67C8, join(element(0x45A3, utf8(name)), element(0x4487, utf8(value))));
    byte[] tags = element(0x1254C367, element(0x7373, simple));
    return join(element(0x1A45DFA3, new byte[0]), element(0x18538067, tags));
  }

  public static byte[] element(int id, byte[] content) {
    int idLength = id > 0xFFFFFF || id < 0 ? 4 : 2;
    byte[] idBytes = idLength == 4 ? u32(id) : u16(id);
    return join(idBytes, u32(0x10000000L | content.length), content);
  }

  // Audio

  public static byte[] id3(byte[]... frames) {
    byte[] content = join(frames);
    int n = content.length;
    byte[] size = {
      (byte) (n >> 21 & 127), (byte) (n >> 14 & 127), (byte) (n >> 7 & 127), (byte) (n & 127)
    };
    return join(latin1("ID3\3\0\0"), size, content);
  }

  public static byte[] id3Frame(String id, byte[] data) {
    return join(latin1(id), u32(data.length), new byte[2], data);
  }

  public static byte[] flacWithComment(String... comments) {
    byte[] block = vorbisComments(comments);
    return join(latin1("fLaC"), new byte[] {(byte) 0x84}, new byte[] {0}, u16(block.length), block);
  }

  public static byte[] vorbisComments(String... comments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(u32LittleEndian(4));
    out.writeBytes(latin1("test"));
    out.writeBytes(u32LittleEndian(comments.length));
    for (String comment : comments) {
      out.writeBytes(u32LittleEndian(utf8(comment).length));
      out.writeBytes(utf8(comment));
    }
    return out.toByteArray();
  }

  /** Two Ogg pages: an identification packet and the comment packet. */
  public static byte[] oggWithComment(String... comments) {
    byte[] packet = join(latin1("OpusTags"), vorbisComments(comments));
    return join(oggPage(latin1("OpusHead")), oggPage(packet));
  }

  private static byte[] oggPage(byte[] packet) {
    ByteArrayOutputStream lacing = new ByteArrayOutputStream();
    for (int left = packet.length; left >= 0; left -= 255) {
      lacing.write(Math.min(left, 255));
    }
    return join(
        latin1("OggS"),
        new byte[10],
        u32(7),
        new byte[8],
        new byte[] {(byte) lacing.size()},
        lacing.toByteArray(),
        packet);
  }
}
