package dev.assay.internal.metadata;

import static dev.assay.internal.metadata.Containers.exif;
import static dev.assay.internal.metadata.Containers.jpeg;
import static dev.assay.internal.metadata.Containers.jpegExif;
import static dev.assay.internal.metadata.Containers.latin1;
import static dev.assay.internal.metadata.Containers.png;
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
  void cameraInTheSameFileWeighsAgainstADeclaration() {
    byte[] alone = jpeg(jpegExif(exif(Map.of(0x0131, "Midjourney v6"), Map.of())));
    byte[] withCamera =
        jpeg(
            jpegExif(
                exif(Map.of(0x0131, "Midjourney v6", 0x010F, "PENTAX", 0x0110, "K-x"), Map.of())));
    Evidence first = BytesMedia.declarations(alone).get(0);
    Evidence second = BytesMedia.declarations(withCamera).get(0);
    assertTrue(second.summary().contains("PENTAX K-x"), second.summary());
    assertTrue(
        second.logLikelihoodRatio().getAsDouble() < first.logLikelihoodRatio().getAsDouble() - 1);
    assertTrue(second.logLikelihoodRatio().getAsDouble() >= 0);
  }

  @Test
  void generatorInTheCameraFieldIsNeitherACameraNorADeclaration() {
    assertEquals(List.of(), BytesMedia.codes(jpeg(jpegExif(exif(0x010F, "Ideogram AI")))));
  }
}
