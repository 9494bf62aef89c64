package dev.assay.internal.metadata.generator;

import static dev.assay.internal.metadata.Containers.exif;
import static dev.assay.internal.metadata.Containers.join;
import static dev.assay.internal.metadata.Containers.jpeg;
import static dev.assay.internal.metadata.Containers.jpegExif;
import static dev.assay.internal.metadata.Containers.jpegSegment;
import static dev.assay.internal.metadata.Containers.jpegXmp;
import static dev.assay.internal.metadata.Containers.latin1;
import static dev.assay.internal.metadata.Containers.png;
import static dev.assay.internal.metadata.Containers.pngText;
import static dev.assay.internal.metadata.Containers.u16;
import static dev.assay.internal.metadata.Containers.u32;
import static dev.assay.internal.metadata.Containers.xmp;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.Evidence;
import dev.assay.internal.metadata.BytesMedia;
import dev.assay.internal.metadata.Containers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

public class HostedGeneratorsTest {

  @Test
  void wordsAboutGeneratorsInCaptionsAndKeywordsSayNothing() {
    String words = "made with Midjourney, DALL-E and Stable Diffusion? No: a real photograph";
    byte[] iptc =
        join(
            dataset(120, words),
            dataset(25, "Midjourney"),
            dataset(25, "AI"),
            dataset(5, "DALL-E"));
    byte[] file =
        jpeg(
            jpegExif(
                exif(
                    Map.of(0x010E, words, 0x013B, "Midjourney", 0x8298, "Stable Diffusion"),
                    Map.of())),
            jpegXmp(
                xmp(
                    "<dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">"
                        + words
                        + "</rdf:li></rdf:Alt></dc:description><dc:subject><rdf:Bag>"
                        + "<rdf:li>Midjourney</rdf:li><rdf:li>ComfyUI</rdf:li></rdf:Bag>"
                        + "</dc:subject><photoshop:Credit>Jane Doe, made with Google AI lens"
                        + "</photoshop:Credit>")),
            jpegSegment(0xED, photoshop(iptc)),
            jpegSegment(0xFE, latin1(words)));
    assertEquals(List.of(), BytesMedia.declarations(file));
    assertEquals(
        List.of(),
        BytesMedia.declarations(
            png(
                pngText("Description", words),
                pngText("Title", words),
                pngText("Comment", words))));
  }

  @Test
  void midjourneyNeedsTheJobNumberAtTheEnd() {
    assertEquals(
        List.of(),
        BytesMedia.examine(
            png(pngText("Description", "The printer said Job ID: 4711 and stopped"))));
  }

  @Test
  void midjourneyPromptIsGivenWithoutTheJobNumber() {
    Evidence evidence = BytesMedia.declarations(RuleExamples.of("midjourney")).get(0);
    assertEquals("a lighthouse --ar 4:3 --v 5.2", evidence.details().get("prompt"));
  }

  @Test
  void grokNeedsBothFields() {
    String signature = "Signature: " + "Ab0+/".repeat(20);
    assertEquals(List.of(), BytesMedia.declarations(jpeg(jpegExif(exif(0x010E, signature)))));
  }

  @Test
  void openAiLabsIsReadFromItsMakerNote() {
    byte[] note =
        exif(Map.of(), Map.of(0x927C, latin1("OpenAI--ImageGeneration--generation-0123456789\0")));
    assertEquals(List.of("declared.openai-labs"), BytesMedia.codes(jpeg(jpegExif(note))));
  }

  @Test
  void creditIsReadFromIptcAsWell() {
    byte[] file = jpeg(jpegSegment(0xED, photoshop(dataset(110, "Made with Google AI"))));
    assertEquals(List.of("declared.google-ai"), BytesMedia.codes(file));
  }

  @Test
  void cleanUpSaysEditedAndNotGenerated() {
    Evidence evidence = BytesMedia.declarations(RuleExamples.of("apple-clean-up")).get(0);
    assertEquals(Optional.of(Evidence.Effect.EDITED), evidence.effect());
    assertTrue(evidence.logLikelihoodRatio().isEmpty(), "an edit does not speak for synthetic");
    assertFalse(evidence.summary().contains("generated"));
  }

  @Test
  void sunoIsReadFromItsPageAddressAndFromOgg() {
    byte[] page =
        Containers.id3(
            Containers.id3Frame(
                "WOAS", latin1("https://suno.com/song/01234567-89ab-cdef-0123-456789abcdef")));
    assertEquals(List.of("declared.suno"), BytesMedia.codes(page));
    assertEquals(
        List.of("declared.suno"),
        BytesMedia.codes(Containers.oggWithComment("COMMENT=made with suno; created=2025")));
    assertEquals(
        List.of(),
        BytesMedia.codes(Containers.oggWithComment("COMMENT=not made with suno, by hand")));
  }

  public static byte[] dataset(int number, String text) {
    return join(new byte[] {0x1C, 2, (byte) number}, u16(text.length()), latin1(text));
  }

  public static byte[] photoshop(byte[] iptc) {
    return join(
        latin1("Photoshop 3.0\0"),
        latin1("8BIM"),
        u16(0x0404),
        u16(0),
        u32(iptc.length),
        iptc,
        new byte[iptc.length % 2]);
  }
}
