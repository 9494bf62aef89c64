package dev.assay.metadata;

import static dev.assay.metadata.Containers.exif;
import static dev.assay.metadata.Containers.join;
import static dev.assay.metadata.Containers.jpeg;
import static dev.assay.metadata.Containers.jpegExif;
import static dev.assay.metadata.Containers.jpegSegment;
import static dev.assay.metadata.Containers.latin1;
import static dev.assay.metadata.Containers.png;
import static dev.assay.metadata.Containers.u16;
import static dev.assay.metadata.Containers.u32;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.Evidence;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FactsTest {

  @Test
  void missingMetadataGivesNothing() {
    for (byte[] file :
        List.of(
            png(),
            jpeg(),
            Containers.webp(),
            Containers.gif(),
            Containers.mp4(),
            latin1("a text file"),
            new byte[1],
            new byte[0])) {
      assertEquals(List.of(), BytesMedia.examine(file));
    }
  }

  @Test
  void cameraIsAFactAndItsPositionIsNotGiven() {
    byte[] block =
        exif(
            Map.of(0x010F, "NIKON CORPORATION", 0x0110, "NIKON Z 9", 0x0131, "Ver.02.00"),
            Map.of(0x9003, latin1("2024:01:02 03:04:05\0")));
    Evidence evidence = BytesMedia.examine(jpeg(jpegExif(block))).get(0);
    assertEquals(Evidence.Kind.FACT, evidence.kind());
    assertEquals("metadata.camera", evidence.code());
    assertEquals("NIKON Z 9", evidence.details().get("model"));
    assertEquals("2024:01:02 03:04:05", evidence.details().get("taken"));
    assertEquals(false, evidence.details().get("positionPresent"));
  }

  @Test
  void phoneVideoNamesItsCameraAndThatThereIsAPosition() {
    byte[] file =
        Containers.mp4(
            Containers.box(
                "moov",
                Containers.mdtaMeta("com.apple.quicktime.model", "iPhone 15 Pro"),
                Containers.mdtaMeta("com.apple.quicktime.location.ISO6709", "+12.3456-012.3456/")));
    Evidence evidence = BytesMedia.examine(file).get(0);
    assertEquals("metadata.camera", evidence.code());
    assertEquals("iPhone 15 Pro", evidence.details().get("model"));
    assertEquals(true, evidence.details().get("positionPresent"));
    assertFalse(evidence.toString().contains("12.3456"));
  }

  @Test
  void softwareWithoutACameraIsAFactOfItsOwn() {
    assertEquals(
        List.of("metadata.software"),
        BytesMedia.codes(jpeg(jpegExif(exif(0x0131, "Adobe Photoshop 25.1 (Macintosh)")))));
  }

  @Test
  void generatorInTheCameraFieldIsNoCamera() {
    assertEquals(
        List.of("declared.generator-software"),
        BytesMedia.codes(jpeg(jpegExif(exif(0x010F, "Ideogram AI")))));
  }

  @Test
  void manifestIsAFactAndNoSignOfAi() {
    byte[] store = latin1("....jumb....jumdc2pa\0 digitalsourcetype/digitalCapture");
    for (byte[] file :
        List.of(
            png(Containers.pngChunk("caBX", store)),
            jpeg(jpegSegment(0xEB, join(latin1("JP"), u16(1), u32(1), store))),
            Containers.webp(Containers.riffChunk("C2PA", store)),
            Containers.gif(
                join(latin1("!\u00ff\u000bC2PA_GIF\1\0\0"), Containers.subBlocks(store))),
            Containers.mp4(
                Containers.box(
                    "uuid",
                    java.util.HexFormat.of().parseHex("d8fec3d61b0e483c92975828877ec481"),
                    u32(0),
                    latin1("manifest\0"),
                    new byte[8],
                    store)),
            Containers.id3(
                Containers.id3Frame("GEOB", join(latin1("\0application/c2pa\0\0\0"), store))))) {
      List<Evidence> found = BytesMedia.examine(file);
      assertEquals(1, found.size(), found.toString());
      assertEquals("provenance.c2pa-present", found.get(0).code());
      assertEquals(Evidence.Kind.FACT, found.get(0).kind());
      assertTrue(found.get(0).summary().contains("not a sign of AI"));
    }
  }

  @Test
  void aiSourceTypeIsFoundAcrossPacketsOfAManifest() {
    byte[] store = latin1("....jumb....jumdc2pa\0" + Containers.AI_SOURCE_TYPE);
    int cut = store.length - 5;
    byte[] first = java.util.Arrays.copyOf(store, cut);
    byte[] second =
        join(
            java.util.Arrays.copyOf(store, 8),
            java.util.Arrays.copyOfRange(store, cut, store.length));
    byte[] file =
        jpeg(
            jpegSegment(0xEB, join(latin1("JP"), u16(1), u32(1), first)),
            jpegSegment(0xEB, join(latin1("JP"), u16(1), u32(2), second)));
    assertEquals(
        List.of("declared.c2pa-ai-source-type", "provenance.c2pa-present"), BytesMedia.codes(file));
  }
}
