package dev.assay.internal.metadata.generator;

import static dev.assay.internal.metadata.Containers.jpeg;
import static dev.assay.internal.metadata.Containers.jpegXmp;
import static dev.assay.internal.metadata.Containers.sourceType;
import static dev.assay.internal.metadata.Containers.xmp;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.Evidence;
import dev.assay.internal.metadata.BytesMedia;
import dev.assay.internal.metadata.Containers;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VocabularyRulesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "algorithmicMedia",
        "digitalCapture",
        "computationalCapture",
        "humanEdits",
        "composite",
        "compositeCapture",
        "digitalCreation",
        "softwareImage",
        "algorithmicallyEnhanced",
        "screenCapture",
        "virtualRecording",
        "dataDrivenMedia",
        "negativeFilm",
        "digitalArt"
      })
  void sourceTypesWithoutAGenerativeModelSayNothing(String term) {
    for (String value : List.of(term, "http://cv.iptc.org/newscodes/digitalsourcetype/" + term)) {
      assertEquals(List.of(), BytesMedia.examine(jpeg(jpegXmp(sourceType(value)))));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia",
        "https://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia",
        "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia/",
        "trainedAlgorithmicMedia",
        " trainedAlgorithmicMedia "
      })
  void sourceTypeIsReadInEverySpelling(String value) {
    assertEquals(
        List.of("declared.iptc-trained-algorithmic-media"),
        BytesMedia.codes(jpeg(jpegXmp(sourceType(value)))));
  }

  @Test
  void sourceTypeIsReadAsAttributeAsResourceAndUnderAnotherPrefix() {
    String uri = Containers.AI_SOURCE_TYPE;
    for (String packet :
        List.of(
            xmp("").replace("rdf:about=\"\"", "Iptc4xmpExt:DigitalSourceType=\"" + uri + "\""),
            xmp("<Iptc4xmpExt:DigitalSourceType rdf:resource=\"" + uri + "\"/>"),
            sourceType(uri).replace("Iptc4xmpExt:", "x1:").replace("xmlns:Iptc4xmpExt", "xmlns:x1"),
            sourceType(uri).replace("DigitalSourceType", "DigitalSourcefileType"))) {
      assertEquals(
          List.of("declared.iptc-trained-algorithmic-media"),
          BytesMedia.codes(jpeg(jpegXmp(packet))));
    }
  }

  @Test
  void sourceTypeUnderAForeignNamespaceSaysNothing() {
    String packet =
        sourceType(Containers.AI_SOURCE_TYPE)
            .replace("http://iptc.org/std/Iptc4xmpExt/2008-02-29/", "http://example.org/");
    assertEquals(List.of(), BytesMedia.examine(jpeg(jpegXmp(packet))));
  }

  @Test
  void compositeSaysEditedAndNotGenerated() {
    Evidence evidence =
        BytesMedia.declarations(jpeg(jpegXmp(sourceType("compositeWithTrainedAlgorithmicMedia"))))
            .get(0);
    assertEquals(Optional.of(Evidence.Effect.EDITED), evidence.effect());
    assertTrue(evidence.logLikelihoodRatio().isEmpty(), "an edit does not speak for synthetic");
    assertTrue(evidence.summary().contains("edited"));
    assertFalse(evidence.summary().contains("generated"));
  }

  @Test
  void aiFieldsNameSystemVersionAndPrompt() {
    Evidence evidence =
        BytesMedia.declarations(
                jpeg(
                    jpegXmp(
                        xmp(
                            "<Iptc4xmpExt:AISystemUsed>Example</Iptc4xmpExt:AISystemUsed>"
                                + "<Iptc4xmpExt:AISystemVersionUsed>2</Iptc4xmpExt:AISystemVersionUsed>"
                                + "<Iptc4xmpExt:AIPromptInformation>a lighthouse"
                                + "</Iptc4xmpExt:AIPromptInformation>"))))
            .get(0);
    assertEquals("Example", evidence.details().get("generator"));
    assertEquals("2", evidence.details().get("model"));
    assertEquals("a lighthouse", evidence.details().get("prompt"));
  }

  @Test
  void promptWriterAloneIsADisclosure() {
    assertEquals(
        List.of("declared.iptc-ai-fields"),
        BytesMedia.codes(
            jpeg(
                jpegXmp(
                    xmp(
                        ""
                            + "<Iptc4xmpExt:AIPromptWriterName>Jane</Iptc4xmpExt:AIPromptWriterName>")))));
  }
}
