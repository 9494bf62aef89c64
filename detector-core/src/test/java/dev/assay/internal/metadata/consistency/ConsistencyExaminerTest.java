package dev.assay.internal.metadata.consistency;

import static dev.assay.internal.metadata.Containers.exif;
import static dev.assay.internal.metadata.Containers.jpeg;
import static dev.assay.internal.metadata.Containers.jpegExif;
import static dev.assay.internal.metadata.Containers.jpegSegment;
import static dev.assay.internal.metadata.Containers.jpegXmp;
import static dev.assay.internal.metadata.Containers.latin1;
import static dev.assay.internal.metadata.Containers.xmp;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.Evidence;
import dev.assay.Limits;
import dev.assay.internal.container.ByteReader;
import dev.assay.internal.container.JpegTables;
import dev.assay.internal.media.MediaOpener;
import dev.assay.internal.media.OpenedMedia;
import dev.assay.internal.media.Source;
import dev.assay.internal.metadata.BytesMedia;
import dev.assay.internal.metadata.Containers;
import dev.assay.internal.metadata.MetadataReader;
import dev.assay.spi.Budget;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsistencyExaminerTest {

  private static List<Evidence> examine(byte[] file) throws IOException {
    try (ConsistencyExaminer examiner = new ConsistencyExaminer()) {
      return examiner.examine(new BytesMedia(file));
    }
  }

  private static List<String> codes(byte[] file) throws IOException {
    return examine(file).stream().map(Evidence::code).toList();
  }

  /** A frame of 640 by 480 pixels. */
  private static byte[] frame() {
    return jpegSegment(0xC0, new byte[] {8, 1, (byte) 0xE0, 2, (byte) 0x80, 1, 1, 0x11, 0});
  }

  @Test
  void seesThatAPictureIsNotOfItsStatedSize() throws IOException {
    byte[] stated =
        exif(Map.of(), Map.of(0xA002, Containers.u32(1280), 0xA003, Containers.u32(960)));
    Evidence found = examine(jpeg(jpegExif(stated), frame())).get(0);
    assertEquals("consistency.size", found.code());
    assertEquals(640, found.details().get("width"));
    assertEquals(1280, found.details().get("statedWidth"));
    assertEquals(Evidence.Kind.FACT, found.kind());
    assertTrue(found.logLikelihoodRatio().isEmpty());
    byte[] turned =
        exif(Map.of(), Map.of(0xA002, Containers.u32(480), 0xA003, Containers.u32(640)));
    assertEquals(List.of(), codes(jpeg(jpegExif(turned), frame())));
  }

  @Test
  void seesThatAFileWasChangedLater() throws IOException {
    byte[] later =
        exif(
            Map.of(0x0132, "2024:05:01 12:00:00", 0x0131, "GIMP 2.10"),
            Map.of(0x9003, latin1("2024:01:02 03:04:05\0")));
    assertEquals(List.of("consistency.dates"), codes(jpeg(jpegExif(later))));
    byte[] same =
        exif(
            Map.of(0x0132, "2024:01:02 03:04:06"), Map.of(0x9003, latin1("2024:01:02 03:04:05\0")));
    assertEquals(List.of(), codes(jpeg(jpegExif(same))));
    byte[] nonsense =
        exif(Map.of(0x0132, "9999:99:99 99:99:99"), Map.of(0x9003, latin1("0000:00:00\0")));
    assertEquals(List.of(), codes(jpeg(jpegExif(nonsense))));
  }

  @Test
  void comparesDatesAsInstantsWhereTheirOffsetsAreKnown() throws IOException {
    // The same minute in Tokyo and in London, and an hour later.
    assertEquals(
        List.of(), codes(dated("2024:01:02 12:00:00", "+09:00", "2024:01:02 03:00:30", "+00:00")));
    assertEquals(
        List.of("consistency.dates"),
        codes(dated("2024:01:02 12:00:00", "+09:00", "2024:01:02 04:00:00", "+00:00")));
    // Without offsets a difference of zones is none of time.
    assertEquals(List.of(), codes(dated("2024:01:02 03:00:00", "", "2024:01:02 17:00:00", "")));
    assertEquals(
        List.of("consistency.dates"),
        codes(dated("2024:01:02 03:00:00", "", "2024:01:02 17:00:01", "+02:00")));
    assertEquals(
        List.of(), codes(dated("2024:01:02 03:00:00", "a", "2024:01:02 04:00:00", "+99:00")));
  }

  private static byte[] dated(
      String taken, String takenOffset, String changed, String changedOffset) {
    return jpeg(
        jpegExif(
            exif(
                Map.of(0x0132, changed),
                Map.of(
                    0x9003, latin1(taken + "\0"),
                    0x9010, latin1(changedOffset + "\0"),
                    0x9011, latin1(takenOffset + "\0")))));
  }

  @Test
  void listsTheStepsOfEditing() throws IOException {
    byte[] file =
        jpeg(
            jpegXmp(
                xmp(
                    "<xmpMM:History><rdf:Seq><rdf:li stEvt:action=\"saved\""
                        + " stEvt:softwareAgent=\"Adobe Photoshop 25.0\"/><rdf:li"
                        + " stEvt:action=\"converted\"/></rdf:Seq></xmpMM:History>")));
    Evidence found = examine(file).get(0);
    assertEquals("consistency.history", found.code());
    assertEquals(List.of("saved", "converted"), found.details().get("actions"));
    assertEquals(List.of("Adobe Photoshop 25.0"), found.details().get("software"));
  }

  @Test
  void seesAdobesTablesUnderTheNameOfACamera() throws IOException {
    byte[] table = new byte[65];
    java.util.Arrays.fill(table, (byte) 9);
    System.arraycopy(new byte[] {0, 6, 4, 4, 4, 5, 4, 6, 5}, 0, table, 0, 9);
    byte[] camera = jpegExif(exif(0x010F, "NIKON"));
    assertEquals(List.of("consistency.jpeg-tables"), codes(jpeg(camera, jpegSegment(0xDB, table))));
    assertEquals(List.of(), codes(jpeg(jpegSegment(0xDB, table))));
  }

  @Test
  void seesThatAVideoIsNotAsTheCameraLeftIt() throws IOException {
    byte[] camera = Containers.mdtaMeta("com.apple.quicktime.make", "Apple");
    assertEquals(List.of(), codes(Containers.mp4(Containers.box("moov", camera))));
    byte[] writer =
        Containers.box(
            "meta",
            new byte[4],
            Containers.box("ilst", Containers.box("\u00a9too", Containers.data("Lavf60.16.100"))));
    assertEquals(
        List.of("consistency.encoder"),
        codes(Containers.mp4(Containers.box("moov", camera, Containers.box("udta", writer)))));
  }

  @Test
  void metadataOfAnOpenedFileIsReadOnceForAll() throws Exception {
    try (OpenedMedia media =
        MediaOpener.open(
            Source.of(jpeg(jpegExif(exif(0x010F, "NIKON"))), "test"), Limits.defaults())) {
      assertSame(MetadataReader.read(media), MetadataReader.read(media));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 50, 75, 90, 95})
  void knowsTheQualityOfTheCommonLibrary(int quality) throws Exception {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpg").next();
    ImageWriteParam parameters = writer.getDefaultWriteParam();
    parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    parameters.setCompressionQuality(quality / 100f);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(stream);
      writer.write(
          null,
          new IIOImage(new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB), null, null),
          parameters);
    }
    JpegTables tables =
        JpegTables.of(new ByteReader(out.toByteArray(), new Budget(Duration.ofSeconds(9))));
    assertEquals(quality, tables.libraryQuality().orElse(-1), 1);
    assertEquals(16, tables.width());
  }
}
