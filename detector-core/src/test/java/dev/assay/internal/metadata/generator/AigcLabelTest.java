package dev.assay.internal.metadata.generator;

import static dev.assay.internal.metadata.Containers.jpeg;
import static dev.assay.internal.metadata.Containers.jpegExif;
import static dev.assay.internal.metadata.Containers.jpegSegment;
import static dev.assay.internal.metadata.Containers.jpegXmp;
import static dev.assay.internal.metadata.Containers.latin1;
import static dev.assay.internal.metadata.Containers.png;
import static dev.assay.internal.metadata.Containers.pngText;
import static dev.assay.internal.metadata.Containers.userComment;
import static dev.assay.internal.metadata.Containers.utf8;
import static dev.assay.internal.metadata.Containers.xmp;
import static dev.assay.internal.metadata.generator.RuleExamples.AIGC;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.assay.Evidence;
import dev.assay.internal.metadata.BytesMedia;
import dev.assay.internal.metadata.Containers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AigcLabelTest {

  private static final String WRAPPED = "{\"AIGC\":" + AIGC + "}";

  @Test
  void labelIsReadInEveryContainer() {
    String escaped = AIGC.replace("\"", "&quot;");
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("PNG text", png(pngText("AIGC", AIGC)));
    files.put("PNG text, wrapped", png(pngText("AIGC", WRAPPED)));
    files.put(
        "PNG XMP",
        png(
            Containers.pngInternationalText(
                "XML:com.adobe.xmp",
                utf8(xmp("<TC260:AIGC>" + escaped + "</TC260:AIGC>")),
                false)));
    files.put(
        "JPEG XMP attribute",
        jpeg(jpegXmp(xmp("").replace("rdf:about=\"\"", "TC260:AIGC=\"" + escaped + "\""))));
    files.put("EXIF", jpeg(jpegExif(userComment("ASCII\0\0\0", utf8(WRAPPED)))));
    files.put("JPEG segment", jpeg(jpegSegment(0xE9, latin1("AIGC" + AIGC))));
    files.put(
        "WebP XMP",
        Containers.webp(
            Containers.riffChunk("XMP ", utf8(xmp("<TC260:AIGC>" + escaped + "</TC260:AIGC>")))));
    files.put("MP4", Containers.mp4WithKey("AIGC", AIGC));
    files.put(
        "MP4, meta under moov",
        Containers.mp4(Containers.box("moov", Containers.mdtaMeta("AIGC", AIGC))));
    files.put("Matroska", Containers.matroskaWithTag("AIGC", AIGC));
    files.put(
        "AVI",
        Containers.riff(
            "AVI ",
            Containers.riffChunk(
                "LIST",
                Containers.join(latin1("INFO"), Containers.riffChunk("AIGC", utf8(AIGC + "\0"))))));
    files.put("WAV", Containers.riff("WAVE", Containers.riffChunk("AIGC", utf8(AIGC))));
    files.put("MP3", Containers.id3(Containers.id3Frame("TXXX", latin1("\0AIGC\0" + AIGC))));
    files.put("FLAC", Containers.flacWithComment("AIGC=" + AIGC));
    files.put("Ogg", Containers.oggWithComment("AIGC=" + AIGC));
    files.forEach(
        (container, file) ->
            assertEquals(List.of("declared.china-aigc-label"), BytesMedia.codes(file), container));
  }

  @Test
  void labelNamesItsProducer() {
    assertEquals(
        "001191110102MACQD9K64010000",
        BytesMedia.declarations(png(pngText("AIGC", AIGC))).get(0).details().get("generator"));
  }

  @Test
  void otherTextUnderTheNameSaysNothing() {
    for (String value : List.of("AIGC", "{\"Label\":\"0\"}", "{\"Label\":\"\"}", "{}", "[1]")) {
      assertEquals(List.of(), BytesMedia.examine(png(pngText("AIGC", value))));
    }
    assertEquals(
        List.of(),
        BytesMedia.examine(jpeg(jpegExif(userComment("ASCII\0\0\0", utf8("{\"Label\":\"1\"}"))))));
  }

  @Test
  void labelIsHeldAgainstItsStandard() {
    Evidence whole = BytesMedia.declarations(png(pngText("AIGC", AIGC))).get(0);
    assertEquals("null", BytesMedia.parameter(whole, "faults"));
    String broken = "{\"Label\":\"1\",\"ContentProducer\":\"001X\",\"ProduceID\":\"\"}";
    Evidence faulty = BytesMedia.declarations(png(pngText("AIGC", broken))).get(0);
    assertEquals(
        "ProduceID is missing, ContentProducer is no code of 27 characters",
        BytesMedia.parameter(faulty, "faults"));
  }
}
