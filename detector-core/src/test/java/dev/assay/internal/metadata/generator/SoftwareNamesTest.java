package dev.assay.internal.metadata.generator;

import static dev.assay.internal.metadata.Containers.exif;
import static dev.assay.internal.metadata.Containers.jpeg;
import static dev.assay.internal.metadata.Containers.jpegExif;
import static dev.assay.internal.metadata.Containers.jpegXmp;
import static dev.assay.internal.metadata.Containers.xmp;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.Evidence;
import dev.assay.internal.metadata.BytesMedia;
import dev.assay.internal.metadata.Containers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
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

  /** One or more of what each product was met or is documented to write. */
  private static final Map<String, List<String>> WRITTEN =
      Map.ofEntries(
          Map.entry("Adobe Firefly", List.of("Adobe Firefly", "Adobe_Firefly 3.0")),
          Map.entry("DALL-E", List.of("DALL-E 3", "OpenAI DALL\u00b7E")),
          Map.entry("ChatGPT", List.of("ChatGPT", "OpenAI", "gpt-image-1", "GPT-4o")),
          Map.entry("Sora", List.of("OpenAI Sora 2", "Sora by OpenAI")),
          Map.entry("Midjourney", List.of("Midjourney", "Midjourney v7")),
          Map.entry(
              "Stable Diffusion",
              List.of(
                  "Stable Diffusion XL 1.0",
                  "Stable UI - Create images with Stable Diffusion using the AI Horde")),
          Map.entry("DreamStudio", List.of("stability.ai", "DreamStudio")),
          Map.entry("FLUX", List.of("FLUX.1 [dev]", "FLUX.2 pro", "Black Forest Labs API")),
          Map.entry("ComfyUI", List.of("ComfyUI 0.3.10")),
          Map.entry("InvokeAI", List.of("InvokeAI", "invoke-ai/InvokeAI 5.4")),
          Map.entry("DiffusionBee", List.of("DiffusionBee")),
          Map.entry(
              "Google AI",
              List.of("Google Gemini", "Google Imagen 4", "Nano Banana Pro", "Google Veo 3")),
          Map.entry("Ideogram", List.of("Ideogram AI", "Ideogram.ai")),
          Map.entry("Leonardo.Ai", List.of("Leonardo.Ai")),
          Map.entry("Bing Image Creator", List.of("Microsoft Bing Image Creator")),
          Map.entry("Reve", List.of("reve.com", "Reve Image 1.0")),
          Map.entry("Aphrodite AI", List.of("Aphrodite AI")),
          Map.entry("Luma AI", List.of("Luma AI", "Luma Dream Machine 1.6", "Luma Ray 2")),
          Map.entry("Runway", List.of("RunwayML", "Runway Gen-4")),
          Map.entry("Kling", List.of("Kling AI", "Kuaishou Kling 2.1")),
          Map.entry("Recraft", List.of("Recraft V3", "Recraft AI")),
          Map.entry("Grok", List.of("xAI Grok", "Grok Imagine", "Aurora by xAI")),
          Map.entry("Seedream", List.of("Seedream 4.0", "ByteDance Seedance 1.0")),
          Map.entry("Dreamina", List.of("CapCut Dreamina", "Jimeng AI")),
          Map.entry("Hailuo", List.of("Hailuo AI 02", "MiniMax Hailuo")),
          Map.entry("Pika", List.of("Pika Labs", "pika.art")),
          Map.entry("PixVerse", List.of("PixVerse V5")),
          Map.entry("Veo", List.of("Google DeepMind Veo 3")),
          Map.entry("Qwen-Image", List.of("Qwen-Image", "Alibaba Qwen-Image-Edit")),
          Map.entry("HunyuanImage", List.of("HunyuanImage 3.0", "Tencent HunyuanVideo")),
          Map.entry("Krea", List.of("Krea AI")),
          Map.entry("NightCafe", List.of("NightCafe Studio")),
          Map.entry("Playground AI", List.of("Playground AI")),
          Map.entry("HeyGen", List.of("HeyGen")),
          Map.entry("Synthesia", List.of("Synthesia.io")),
          Map.entry("Suno", List.of("Suno AI", "suno.com")),
          Map.entry("Udio", List.of("Udio AI")),
          Map.entry("ElevenLabs", List.of("ElevenLabs", "Eleven Labs")));

  static Stream<String> products() {
    return SoftwareNames.PRODUCTS.keySet().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("products")
  void everyProductIsKnownByWhatItWrites(String product) {
    assertTrue(WRITTEN.containsKey(product), "no example of " + product);
    for (String software : WRITTEN.get(product)) {
      for (byte[] file :
          List.of(
              Containers.png(Containers.pngText("Software", software)),
              jpeg(jpegExif(exif(0x0131, software))))) {
        var found = BytesMedia.declarations(file);
        assertEquals(1, found.size(), software + " " + found);
        assertEquals("declared.generator-software", found.get(0).code());
        assertEquals(product, found.get(0).details().get("generator"), software);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Grok", "Ideogram", "Kling", "Hailuo", "Krea", "Suno", "Udio", "Draw Things"})
  void aCoinedNameAloneIsAHint(String software) {
    var found = BytesMedia.declarations(jpeg(jpegExif(exif(0x0131, software))));
    assertEquals("declared.generator-name", found.get(0).code());
    assertEquals("hint", found.get(0).details().get("strength"));
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
