package dev.assay.internal.metadata;

import static dev.assay.internal.metadata.Containers.exif;
import static dev.assay.internal.metadata.Containers.join;
import static dev.assay.internal.metadata.Containers.jpeg;
import static dev.assay.internal.metadata.Containers.jpegSegment;
import static dev.assay.internal.metadata.Containers.latin1;
import static dev.assay.internal.metadata.Containers.png;
import static dev.assay.internal.metadata.Containers.riff;
import static dev.assay.internal.metadata.Containers.riffChunk;
import static dev.assay.internal.metadata.Containers.sourceType;
import static dev.assay.internal.metadata.Containers.u32;
import static dev.assay.internal.metadata.Containers.utf8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.assay.internal.metadata.generator.RuleExamples;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CarriersTest {

  private static final byte[] XMP = utf8(sourceType(Containers.AI_SOURCE_TYPE));
  private static final byte[] EXIF = exif(0x0131, "Adobe Firefly");
  private static final String XMP_CODE = "declared.iptc-trained-algorithmic-media";
  private static final String EXIF_CODE = "declared.generator-software";

  @Test
  void xmpIsReadFromEveryContainer() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("JPEG", jpeg(jpegSegment(0xE1, join(latin1("http://ns.adobe.com/xap/1.0/\0"), XMP))));
    files.put("JPEG, extended", extendedXmp());
    files.put("PNG", png(Containers.pngInternationalText("XML:com.adobe.xmp", XMP, false)));
    files.put(
        "PNG with JPEG's signature before the packet",
        png(
            Containers.pngInternationalText(
                "XML:com.adobe.xmp", join(latin1("http://ns.adobe.com/xap/1.0/\0"), XMP), false)));
    files.put("WebP", Containers.webp(riffChunk("XMP ", XMP)));
    files.put("WAV", riff("WAVE", riffChunk("_PMX", XMP)));
    files.put(
        "GIF",
        Containers.gif(
            join(latin1("!\u00ff\u000bXMP DataXMP"), XMP, new byte[] {1}, magicTrailer())));
    files.put(
        "TIFF",
        Containers.exif(
            Map.of(0x02BC, new String(XMP, java.nio.charset.StandardCharsets.UTF_8)), Map.of()));
    files.put("MP4 uuid", Containers.mp4(Containers.box("uuid", xmpUuid(), XMP)));
    files.put(
        "MP4 udta",
        Containers.mp4(
            Containers.box("moov", Containers.box("udta", Containers.box("XMP_", XMP)))));
    files.put(
        "JPEG XL", join(Containers.box("JXL ", u32(0x0D0A870A)), Containers.box("xml ", XMP)));
    files.put("MP3", Containers.id3(Containers.id3Frame("PRIV", join(latin1("XMP\0"), XMP))));
    files.put(
        "UTF-16",
        jpeg(
            jpegSegment(
                0xE1,
                join(
                    latin1("http://ns.adobe.com/xap/1.0/\0"),
                    sourceType(Containers.AI_SOURCE_TYPE)
                        .getBytes(java.nio.charset.StandardCharsets.UTF_16BE)))));
    files.forEach((name, file) -> assertEquals(List.of(XMP_CODE), BytesMedia.codes(file), name));
  }

  @Test
  void exifIsReadFromEveryContainer() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("JPEG", jpeg(Containers.jpegExif(EXIF)));
    files.put("PNG", png(Containers.pngChunk("eXIf", EXIF)));
    files.put("PNG raw profile", png(rawProfile()));
    files.put("WebP", Containers.webp(riffChunk("EXIF", EXIF)));
    files.put(
        "WebP with prefix", Containers.webp(riffChunk("EXIF", join(latin1("Exif\0\0"), EXIF))));
    files.put("TIFF", EXIF);
    files.put(
        "JPEG XL",
        join(Containers.box("JXL ", u32(0x0D0A870A)), Containers.box("Exif", u32(0), EXIF)));
    files.forEach((name, file) -> assertEquals(List.of(EXIF_CODE), BytesMedia.codes(file), name));
  }

  @Test
  void heifItemsAreRead() {
    assertEquals(
        List.of(XMP_CODE, EXIF_CODE),
        BytesMedia.codes(HeifFiles.heic(EXIF, sourceType(Containers.AI_SOURCE_TYPE))));
  }

  @Test
  void gifCommentIsRead() {
    assertEquals(
        List.of("declared.stable-diffusion-webui"),
        BytesMedia.codes(Containers.gif(Containers.gifComment(RuleExamples.WEBUI))));
  }

  @Test
  void iTunesFreeFormItemIsReadByItsName() {
    byte[] item =
        Containers.box(
            "----",
            Containers.box("mean", u32(0), latin1("com.apple.iTunes")),
            Containers.box("name", u32(0), latin1("AIGC")),
            Containers.data(RuleExamples.AIGC));
    byte[] meta =
        Containers.box(
            "meta",
            u32(0),
            Containers.box("hdlr", u32(0), u32(0), latin1("mdir"), new byte[13]),
            Containers.box("ilst", item));
    assertEquals(
        List.of("declared.china-aigc-label"),
        BytesMedia.codes(Containers.mp4(Containers.box("moov", Containers.box("udta", meta)))));
  }

  @Test
  void metadataBehindTheSoundAndPicturesIsRead() {
    byte[] file =
        Containers.mp4(
            Containers.box("mdat", new byte[300_000]),
            Containers.box("moov", Containers.mdtaMeta("AIGC", RuleExamples.AIGC)));
    assertEquals(List.of("declared.china-aigc-label"), BytesMedia.codes(file));
  }

  private static byte[] rawProfile() {
    byte[] block = join(latin1("Exif\0\0"), EXIF);
    String hex = HexFormat.of().formatHex(block).replaceAll("(.{72})", "$1\n");
    String text = "\nexif\n" + String.format("%8d", block.length) + "\n" + hex + "\n";
    return Containers.pngCompressedText("Raw profile type exif", latin1(text));
  }

  private static byte[] extendedXmp() {
    int cut = XMP.length / 2;
    byte[] head = latin1("http://ns.adobe.com/xmp/extension/\0" + "A".repeat(32));
    byte[] first = join(head, u32(XMP.length), u32(0), Arrays.copyOf(XMP, cut));
    byte[] second = join(head, u32(XMP.length), u32(cut), Arrays.copyOfRange(XMP, cut, XMP.length));
    return jpeg(jpegSegment(0xE1, second), jpegSegment(0xE1, first));
  }

  private static byte[] magicTrailer() {
    byte[] trailer = new byte[257];
    for (int i = 0; i < 256; i++) {
      trailer[i] = (byte) (255 - i);
    }
    return trailer;
  }

  private static byte[] xmpUuid() {
    return HexFormat.of().parseHex("be7acfcb97a942e89c71999491e3afac");
  }
}
