package dev.assay.metadata.generator;

import static dev.assay.metadata.Containers.exif;
import static dev.assay.metadata.Containers.jpeg;
import static dev.assay.metadata.Containers.jpegExif;
import static dev.assay.metadata.Containers.jpegXmp;
import static dev.assay.metadata.Containers.xmp;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.Evidence;
import dev.assay.metadata.BytesMedia;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SoftwareNamesTest {

  @ParameterizedTest
  @CsvSource({
    "Adobe Firefly, Adobe Firefly",
    "DALL-E 3, DALL-E",
    "DALL·E, DALL-E",
    "Midjourney v6.1, Midjourney",
    "Stable Diffusion XL 1.0, Stable Diffusion",
    "stability.ai, DreamStudio",
    "ComfyUI 0.3.10, ComfyUI",
    "reve.com, Reve",
    "ChatGPT, ChatGPT"
  })
  void softwareThatIsAGeneratorIsNamed(String software, String generator) {
    for (byte[] file :
        List.of(
            jpeg(jpegExif(exif(0x0131, software))),
            jpeg(jpegXmp(xmp("<xmp:CreatorTool>" + software + "</xmp:CreatorTool>"))))) {
      var found = BytesMedia.declarations(file);
      assertEquals(1, found.size());
      assertEquals("declared.generator-software", found.get(0).code());
      assertEquals(generator, found.get(0).details().get("generator"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Adobe Photoshop 25.1 (Macintosh)",
        "Adobe Photoshop 26.9.0 with Adobe Firefly plug-in",
        "GIMP 2.10.36",
        "Picasa",
        "Google",
        "Canva",
        "Adobe Stock Platform",
        "Photos 9.0",
        "Imagenomic",
        "Soraya 2",
        "Fluxus",
        "Recraftsman",
        "Leonardo",
        "Lavf58.76.100",
        "Designer",
        "HDR+ 1.0.585804376zd",
        "Midjourney or a photograph",
        "17.4.1"
      })
  void softwareThatIsNoGeneratorSaysNothing(String software) {
    for (byte[] file :
        List.of(
            jpeg(jpegExif(exif(0x0131, software))),
            jpeg(jpegXmp(xmp("<xmp:CreatorTool>" + software + "</xmp:CreatorTool>"))))) {
      assertEquals(List.of(), BytesMedia.declarations(file));
    }
  }

  @Test
  void generatorInTheHistoryIsAHintOfAnEdit() {
    var evidence = BytesMedia.declarations(RuleExamples.of("generator-in-history")).get(0);
    assertEquals("hint", evidence.details().get("strength"));
    assertEquals(Optional.of(Evidence.Effect.EDITED), evidence.effect());
    assertTrue(evidence.logLikelihoodRatio().isEmpty(), "an edit does not speak for synthetic");
  }
}
