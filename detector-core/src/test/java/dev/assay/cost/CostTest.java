package dev.assay.cost;

import static dev.assay.internal.metadata.Containers.box;
import static dev.assay.internal.metadata.Containers.id3;
import static dev.assay.internal.metadata.Containers.id3Frame;
import static dev.assay.internal.metadata.Containers.join;
import static dev.assay.internal.metadata.Containers.jpeg;
import static dev.assay.internal.metadata.Containers.jpegSegment;
import static dev.assay.internal.metadata.Containers.latin1;
import static dev.assay.internal.metadata.Containers.mp4;
import static dev.assay.internal.metadata.Containers.png;
import static dev.assay.internal.metadata.Containers.pngInternationalText;
import static dev.assay.internal.metadata.Containers.pngText;
import static dev.assay.internal.metadata.Containers.riff;
import static dev.assay.internal.metadata.Containers.riffChunk;
import static dev.assay.internal.metadata.Containers.u16;
import static dev.assay.internal.metadata.Containers.u32;
import static dev.assay.internal.metadata.Containers.u32LittleEndian;
import static dev.assay.internal.metadata.Containers.utf8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.internal.metadata.Containers;
import dev.assay.spi.Budget;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a file may cost: twice the units, at most twice the cost; never more than a multiple of what
 * the budget lets pass; nothing once its time is over.
 */
@Tag("long")
class CostTest {

  /** What a byte that the budget lets pass may take in memory until it is text, fields, words. */
  private static final int PER_BYTE = 24;

  private static final long WINDOW = 1 << 20;
  private static final Duration AMPLE = Duration.ofMinutes(5);

  /**
   * A kind of file.
   *
   * @param units how many of what it repeats
   * @param file a file of so many
   */
  record Kind(String name, int units, IntFunction<byte[]> file) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Kind> kinds() {
    return Stream.of(
        new Kind(
            "PNG: packets of broken XMP, compressed",
            12,
            n -> png(times(n, pngInternationalText("XML:com.adobe.xmp", brokenXmp(), true)))),
        new Kind(
            "PNG: profiles, compressed",
            12,
            n -> png(times(n, pngInternationalText("parameters", new byte[4 << 20], true)))),
        new Kind("PNG: graphs of ComfyUI", 40, n -> png(times(n, pngText("prompt", graph())))),
        new Kind("PNG: objects of JSON", 40, n -> png(times(n, pngText("Comment", members())))),
        new Kind("PNG: text", 20_000, n -> png(times(n, pngText("k", "v")))),
        new Kind("WAV: tags that reach beyond their chunks", 2_000, CostTest::reachingTags),
        new Kind("ID3: frames", 20_000, n -> id3(times(n, id3Frame("TXXX", utf8("\3key\0value"))))),
        new Kind("HEIF: items of one extent of negative length", 8_000, CostTest::negativeItems),
        new Kind("HEIF: items that share their bytes", 8_000, CostTest::sharedItems),
        new Kind("JPEG: parts of extended XMP", 20_000, CostTest::extendedXmp),
        new Kind("JPEG: records of Samsung's that overlap", 1_000, CostTest::samsungRecords),
        new Kind("JPEG: pictures of an index, all one", 900, CostTest::multiPicture),
        new Kind("JPEG: comments", 20_000, n -> jpeg(times(n, jpegSegment(0xFE, utf8("text"))))),
        new Kind(
            "JPEG: packets of XMP",
            100,
            n ->
                jpeg(
                    times(
                        n,
                        Containers.jpegXmp(
                            Containers.xmp("<dc:title>x</dc:title>".repeat(2_000)))))),
        new Kind("MP4: free boxes", 40_000, n -> mp4(times(n, box("free")))),
        new Kind(
            "MP4: items of iTunes' list",
            10_000,
            n ->
                mp4(
                    box(
                        "moov",
                        box(
                            "udta",
                            box(
                                "meta",
                                u32(0),
                                box("hdlr", new byte[21]),
                                box("ilst", times(n, box("\u00a9too", Containers.data("x"))))))))),
        new Kind("TIFF: fields that share their bytes", 1_000, n -> tiff(n, 1 << 20)),
        new Kind(
            "GIF: comments", 20_000, n -> Containers.gif(times(n, Containers.gifComment("text")))),
        new Kind(
            "GIF: packets of XMP that never end",
            200,
            n ->
                Containers.gif(
                    times(
                        n,
                        join(
                            latin1("!\u00ff\u000bXMP DataXMP"),
                            Containers.subBlocks(utf8("<a ".repeat(100))))))),
        new Kind(
            "Matroska: tags",
            20_000,
            n ->
                join(
                    Containers.element(0x1A45DFA3, new byte[0]),
                    Containers.element(
                        0x18538067,
                        Containers.element(
                            0x1254C367,
                            Containers.element(
                                0x7373,
                                times(
                                    n,
                                    Containers.element(
                                        0x67C8,
                                        join(
                                            Containers.element(0x45A3, utf8("n")),
                                            Containers.element(0x4487, utf8("v")))))))))),
        new Kind(
            "FLAC: comments",
            10_000,
            n ->
                join(
                    latin1("fLaC"),
                    times(
                        n,
                        join(
                            new byte[] {4, 0},
                            u16(Containers.vorbisComments("A=b").length),
                            Containers.vorbisComments("A=b"))))),
        new Kind(
            "Ogg: pages of one packet",
            500,
            n -> join(Containers.oggWithComment("A=b"), times(n, oggPage()))),
        new Kind(
            "XMP: elements",
            20_000,
            n -> png(pngInternationalText("XML:com.adobe.xmp", elements(n), false))),
        new Kind(
            "XMP: attributes of one element",
            5_000,
            n -> png(pngInternationalText("XML:com.adobe.xmp", attributes(n), false))),
        new Kind(
            "IPTC: datasets",
            10_000,
            n -> tiffField(0x83BB, times(n, new byte[] {0x1C, 2, 25, 0, 1, 'k'}))));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void costGrowsNoFasterThanTheFile(Kind kind) throws IOException {
    byte[] file = kind.file().apply(kind.units());
    byte[] larger = kind.file().apply(2 * kind.units());
    Spent.on(file, new Budget(AMPLE));
    Spent single = Spent.on(file, new Budget(AMPLE));
    Spent twice = Spent.on(larger, new Budget(AMPLE));
    String both = single + ", twice as many units: " + twice;
    assertTrue(twice.bytes() <= 2.2 * single.bytes() + WINDOW, both);
    assertTrue(twice.millis() <= 3 * single.millis() + 300, both);
    assertTrue(twice.bytes() <= PER_BYTE * (Budget.MAX_COPIED_BYTES + larger.length), both);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void nothingGoesOnWhenTimeIsUp(Kind kind) throws IOException {
    byte[] file = kind.file().apply(2 * kind.units());
    Spent spent = Spent.on(file, new Budget(Duration.ZERO));
    assertTrue(spent.bytes() <= 8 * WINDOW, spent::toString);
  }

  private static byte[] times(int count, byte[] unit) {
    return join(Collections.nCopies(count, unit).toArray(new byte[0][]));
  }

  /** As many nodes as are read, each fed by the next. */
  private static String graph() {
    StringBuilder graph = new StringBuilder("{");
    for (int i = 0; i < 5_000; i++) {
      graph.append(i == 0 ? "" : ",").append('"').append(i);
      graph.append("\":{\"class_type\":\"K\",\"inputs\":{\"model\":[\"");
      graph.append(i + 1).append("\",0]}}");
    }
    return graph.append('}').toString();
  }

  private static String members() {
    StringBuilder object = new StringBuilder("{");
    for (int i = 0; i < 20_000; i++) {
      object.append(i == 0 ? "" : ",").append('"').append(i).append("\":[0]");
    }
    return object.append('}').toString();
  }

  private static byte[] brokenXmp() {
    return utf8("<a:a a:a=\"x ".repeat((4 << 20) / 12));
  }

  private static byte[] elements(int count) {
    return utf8(Containers.xmp("<dc:title>x</dc:title>".repeat(count)));
  }

  private static byte[] attributes(int count) {
    StringBuilder text = new StringBuilder("<a xmlns:b='urn:b'");
    for (int i = 0; i < count; i++) {
      text.append(" b:n").append(i).append("='v'");
    }
    return utf8(text.append("/>").toString());
  }

  private static byte[] reachingTags(int count) {
    byte[] head = join(latin1("ID3\3\0\0"), new byte[] {0, 64, 0, 0});
    return riff(
        "WAVE", times(count, riffChunk("id3 ", head)), riffChunk("data", new byte[1 << 20]));
  }

  private static byte[] items(int count, byte[] extent) {
    ByteArrayOutputStream information = new ByteArrayOutputStream();
    ByteArrayOutputStream locations = new ByteArrayOutputStream();
    for (int i = 1; i <= count; i++) {
      information.writeBytes(
          box("infe", u32(0x02000000), u16(i), u16(0), latin1("mime"), new byte[1]));
      locations.writeBytes(join(u16(i), u16(0), u16(1), extent));
    }
    return join(
        box("ftyp", latin1("heic"), u32(0)),
        box(
            "meta",
            u32(0),
            box("hdlr", u32(0), u32(0), latin1("pict"), new byte[13]),
            box("iinf", u32(0), u16(count), information.toByteArray()),
            box("iloc", u32(0), u16(0x8800), u16(count), locations.toByteArray())),
        box("mdat", new byte[1 << 20]));
  }

  /** The first makes the count of copied bytes negative, where nobody looks; the others use it. */
  private static byte[] negativeItems(int count) {
    return items(count, join(new byte[8], u32(0x80000000L), u32(1 << 20)));
  }

  private static byte[] sharedItems(int count) {
    return items(count, join(new byte[8], u32(0), u32(1 << 20)));
  }

  private static byte[] extendedXmp(int count) {
    ByteArrayOutputStream parts = new ByteArrayOutputStream();
    for (int i = 0; i < count; i++) {
      parts.writeBytes(
          jpegSegment(
              0xE1,
              join(
                  latin1("http://ns.adobe.com/xmp/extension/\0"),
                  new byte[32],
                  u32(count),
                  u32(i),
                  new byte[] {'x'})));
    }
    return jpeg(parts.toByteArray());
  }

  /** All records end with the last byte before the directory, and begin far ahead of it. */
  private static byte[] samsungRecords(int count) {
    String name = "PhotoEditor_Re_Edit_Data";
    int size = 1 << 20;
    byte[] unit =
        join(new byte[] {0, 0, (byte) 0xA1, 0x0B}, u32LittleEndian(name.length()), latin1(name));
    byte[] records = join(times(count, unit), new byte[size]);
    ByteArrayOutputStream entries = new ByteArrayOutputStream();
    for (int i = 0; i < count; i++) {
      entries.writeBytes(
          join(
              new byte[] {0, 0, (byte) 0xA1, 0x0B},
              u32LittleEndian(records.length - (long) i * unit.length),
              u32LittleEndian(size)));
    }
    byte[] directory =
        join(latin1("SEFH"), u32LittleEndian(106), u32LittleEndian(count), entries.toByteArray());
    return join(jpeg(), records, directory, u32LittleEndian(directory.length), latin1("SEFT"));
  }

  /** An index whose entries all point at a second picture with XMP of its own. */
  private static byte[] multiPicture(int count) {
    byte[] second = jpeg(Containers.jpegXmp("x".repeat(30_000)));
    byte[] list = new byte[16 * (count + 1)];
    int head = 2 + 4 + 4;
    int first = head + 8 + 2 + 12 + 4 + list.length + 4;
    for (int i = 1; i <= count; i++) {
      System.arraycopy(u32(first - head), 0, list, 16 * i + 8, 4);
    }
    byte[] index =
        join(
            latin1("MPF\0MM\0*"),
            u32(8),
            u16(1),
            join(u16(0xB002), u16(7), u32(list.length), u32(26)),
            u32(0),
            list);
    return join(
        latin1("\u00ff\u00d8"), jpegSegment(0xE2, index), latin1("\u00ff\u00da\0\2"), second);
  }

  private static byte[] tiff(int fields, int shared) {
    ByteArrayOutputStream entries = new ByteArrayOutputStream();
    for (int i = 0; i < fields; i++) {
      entries.writeBytes(join(u16(0x010E), u16(2), u32(shared), u32(8 + 2 + 12L * fields + 4)));
    }
    return join(
        latin1("MM\0*"), u32(8), u16(fields), entries.toByteArray(), u32(0), new byte[shared]);
  }

  private static byte[] tiffField(int tag, byte[] content) {
    return join(
        latin1("MM\0*"),
        u32(8),
        u16(1),
        join(u16(tag), u16(7), u32(content.length), u32(26)),
        u32(0),
        content);
  }

  private static byte[] oggPage() {
    byte[] lacing = new byte[255];
    java.util.Arrays.fill(lacing, (byte) 255);
    return join(
        latin1("OggS"),
        new byte[10],
        u32(7),
        new byte[8],
        new byte[] {(byte) 255},
        lacing,
        new byte[255 * 255]);
  }
}
