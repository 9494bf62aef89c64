package dev.assay.internal.metadata.generator;

import static dev.assay.internal.metadata.BytesMedia.detail;
import static dev.assay.internal.metadata.BytesMedia.parameter;
import static dev.assay.internal.metadata.Containers.exif;
import static dev.assay.internal.metadata.Containers.latin1;
import static dev.assay.internal.metadata.Containers.png;
import static dev.assay.internal.metadata.Containers.pngText;
import static dev.assay.internal.metadata.Containers.riffChunk;
import static dev.assay.internal.metadata.Containers.webp;
import static dev.assay.internal.metadata.generator.RuleExamples.COMFY_PROMPT;
import static dev.assay.internal.metadata.generator.RuleExamples.COMFY_WORKFLOW;
import static dev.assay.internal.metadata.generator.RuleExamples.WEBUI;
import static dev.assay.internal.metadata.generator.RuleExamples.webuiComment;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
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

class OpenSourceGeneratorsTest {

  private static Evidence only(byte[] file) {
    List<Evidence> found = BytesMedia.declarations(file);
    assertEquals(1, found.size(), found.toString());
    return found.get(0);
  }

  @Test
  void settingsInACaptionAreTakenApart() {
    Evidence evidence = only(RuleExamples.BY_NAME.get("mochi-diffusion"));
    assertEquals("a lighthouse; calm", detail(evidence, "prompt"));
    assertEquals("example", detail(evidence, "model"));
    assertEquals("42", parameter(evidence, "Seed"));
    assertEquals("512x512", parameter(evidence, "Size"));
  }

  @Test
  void webuiSettingsAreTakenApart() {
    Evidence evidence = only(png(pngText("parameters", WEBUI)));
    assertEquals("a lighthouse at dusk, (oil painting:1.2)", detail(evidence, "prompt"));
    assertEquals("example", detail(evidence, "model"));
    assertEquals("PNG text chunk 'parameters'", detail(evidence, "where"));
    assertEquals("blurry, text", parameter(evidence, "Negative prompt"));
    assertEquals("25", parameter(evidence, "Steps"));
    assertEquals("Euler a", parameter(evidence, "Sampler"));
    assertEquals("\"a: 12, b: 34\"", parameter(evidence, "Lora hashes"));
    assertEquals("v1.9.4", parameter(evidence, "Version"));
  }

  @Test
  void webuiSettingsInUserCommentAreReadInEveryEncoding() {
    for (byte[] file :
        List.of(
            webuiComment("UNICODE\0", WEBUI.getBytes(UTF_16BE)),
            webuiComment("UNICODE\0", WEBUI.getBytes(UTF_16LE)),
            webuiComment("UNICODE\0", ("\uFEFF" + WEBUI).getBytes(UTF_16LE)),
            webuiComment("UNICODE\0", WEBUI.getBytes(UTF_8)),
            webuiComment("ASCII\0\0\0", WEBUI.getBytes(UTF_8)),
            webuiComment("JIS\0\0\0\0\0", WEBUI.getBytes(UTF_8)),
            webuiComment("\0\0\0\0\0\0\0\0", WEBUI.getBytes(UTF_8)),
            webuiComment("", WEBUI.getBytes(UTF_8)))) {
      Evidence evidence = only(file);
      assertEquals("declared.stable-diffusion-webui", evidence.code());
      assertEquals("a lighthouse at dusk, (oil painting:1.2)", evidence.details().get("prompt"));
      assertEquals("EXIF field 'UserComment'", evidence.details().get("where"));
    }
  }

  @Test
  void nonLatinPromptSurvivesUtf16() {
    String text = WEBUI.replace("a lighthouse at dusk", "\u706f\u5854\u7684\u9ec4\u660f");
    Evidence evidence = only(webuiComment("UNICODE\0", text.getBytes(UTF_16BE)));
    assertTrue(detail(evidence, "prompt").startsWith("\u706f\u5854"));
  }

  @Test
  void webuiSettingsAreReadFromCompressedAndLateTextChunks() {
    byte[] compressed = png(Containers.pngCompressedText("parameters", latin1(WEBUI)));
    byte[] international =
        png(Containers.pngInternationalText("parameters", WEBUI.getBytes(UTF_8), true));
    byte[] behindPixels =
        Containers.join(
            java.util.Arrays.copyOf(png(), png().length - 12),
            pngText("parameters", WEBUI),
            Containers.pngChunk("IEND", new byte[0]));
    for (byte[] file : List.of(compressed, international, behindPixels)) {
      assertEquals("declared.stable-diffusion-webui", only(file).code());
    }
  }

  @Test
  void longPromptIsCut() {
    Evidence evidence = only(png(pngText("parameters", "x".repeat(5_000) + "\n" + WEBUI)));
    assertEquals("x".repeat(2_000) + "\u2026", detail(evidence, "prompt"));
  }

  @Test
  void comfyGraphNamesModelPromptAndSettings() {
    Evidence evidence = only(png(pngText("prompt", COMFY_PROMPT)));
    assertEquals("example.safetensors", detail(evidence, "model"));
    assertEquals("a lighthouse", detail(evidence, "prompt"));
    assertEquals("42", parameter(evidence, "seed"));
  }

  @Test
  void comfyGraphInMakeAndModelIsNoCamera() {
    byte[] block =
        exif(
            Map.of(0x010F, "workflow:" + COMFY_WORKFLOW, 0x0110, "prompt:" + COMFY_PROMPT),
            Map.of());
    List<Evidence> found = BytesMedia.examine(webp(riffChunk("EXIF", block)));
    assertEquals(List.of("declared.comfyui"), found.stream().map(Evidence::code).toList());
  }

  @Test
  void comfyGraphIsReadFromVideoAndSound() {
    for (byte[] file :
        List.of(
            Containers.mp4WithKey("prompt", COMFY_PROMPT),
            Containers.mp4WithKey("workflow", COMFY_WORKFLOW),
            Containers.matroskaWithTag("prompt", COMFY_PROMPT),
            Containers.matroskaWithTag("WORKFLOW", COMFY_WORKFLOW),
            Containers.flacWithComment("prompt=" + COMFY_PROMPT))) {
      assertEquals("declared.comfyui", only(file).code());
    }
  }

  @Test
  void promptThatIsNoGraphSaysNothing() {
    for (String value :
        List.of(
            "What do you see?",
            "{\"question\":\"What do you see?\"}",
            "{\"a\":{\"class_type\":7}}",
            "{\"nodes\":[1,2,3]}",
            "[{\"class_type\":\"KSampler\"}]",
            "{")) {
      assertEquals(
          List.of(), BytesMedia.examine(png(pngText("prompt", value), pngText("workflow", value))));
    }
  }

  @Test
  void textWithoutTheFormOfSettingsSaysNothing() {
    for (String value :
        List.of(
            "Steps: first boil the water. Sampler: Anna",
            "We took 25 steps, with Sampler: Euler",
            "exposure=1/60",
            "{\"prompt\":\"a lighthouse\"}")) {
      assertEquals(List.of(), BytesMedia.examine(png(pngText("parameters", value))));
    }
  }

  @Test
  void invokeAiIsReadInItsOlderForms() {
    byte[] dream =
        png(pngText("Dream", "\"a lighthouse\" -s 30 -S 42 -W 512 -H 512 -C 7.5 -A k_lms"));
    byte[] second =
        png(
            pngText(
                "sd-metadata",
                "{\"app_id\":\"invoke-ai/InvokeAI\",\"model_weights\":\"example\","
                    + "\"image\":{\"prompt\":[{\"prompt\":\"a lighthouse\"}],\"steps\":30}}"));
    byte[] tight =
        png(pngText("Dream", "\"a lighthouse, oil\" -s50 -W512 -H512 -C7.5 -Ak_lms -F -S42"));
    assertEquals("declared.invokeai", only(dream).code());
    assertEquals("declared.invokeai", only(tight).code());
    assertEquals("a lighthouse", only(second).details().get("prompt"));
    assertEquals(List.of(), BytesMedia.examine(png(pngText("Dream", "I had a \"dream\""))));
  }

  @Test
  void novelAiIsReadFromExif() {
    byte[] block =
        exif(
            Map.of(
                0x010D,
                "AI generated image",
                0x010E,
                "a lighthouse",
                0x0131,
                "NovelAI Diffusion V4"),
            Map.of());
    Evidence evidence = only(webp(riffChunk("EXIF", block)));
    assertEquals("declared.novelai", evidence.code());
    assertEquals("a lighthouse", evidence.details().get("prompt"));
  }

  @Test
  void fooocusIsReadFromExifAndFromOldComments() {
    byte[] old =
        png(
            pngText(
                "Comment",
                "{\"prompt\":\"a\",\"negative_prompt\":\"b\",\"base_model\":\"example\"}"));
    assertEquals("declared.fooocus", only(old).code());
    assertEquals(
        "declared.fooocus",
        only(Containers.jpeg(Containers.jpegExif(exif(0x0131, "Fooocus v2.5.5")))).code());
  }

  @Test
  void swarmUiIsReadFromUserComment() {
    byte[] file = webuiComment("ASCII\0\0\0", latin1("{\"sui_image_params\":{\"prompt\":\"a\"}}"));
    assertEquals("declared.swarmui", only(file).code());
  }

  @Test
  void processingWithoutSamplingIsNoGeneration() {
    Evidence evidence = only(RuleExamples.of("comfyui-processing"));
    assertEquals("hint", evidence.details().get("strength"));
    assertEquals(Optional.of(Evidence.Effect.PROCESSED), evidence.effect());
    assertTrue(evidence.logLikelihoodRatio().isEmpty(), "an edit does not speak for synthetic");
    assertFalse(evidence.summary().contains("generated"));
  }
}
