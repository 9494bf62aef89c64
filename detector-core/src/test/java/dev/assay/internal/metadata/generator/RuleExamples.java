package dev.assay.internal.metadata.generator;

import static dev.assay.internal.metadata.Containers.exif;
import static dev.assay.internal.metadata.Containers.jpeg;
import static dev.assay.internal.metadata.Containers.jpegExif;
import static dev.assay.internal.metadata.Containers.jpegXmp;
import static dev.assay.internal.metadata.Containers.latin1;
import static dev.assay.internal.metadata.Containers.png;
import static dev.assay.internal.metadata.Containers.pngChunk;
import static dev.assay.internal.metadata.Containers.pngText;
import static dev.assay.internal.metadata.Containers.sourceType;
import static dev.assay.internal.metadata.Containers.userComment;
import static dev.assay.internal.metadata.Containers.xmp;

import dev.assay.internal.metadata.Containers;
import java.util.Map;
import java.util.Objects;

/** For each trace, a file that carries it and nothing else. */
public final class RuleExamples {

  public static final String WEBUI =
      "a lighthouse at dusk, (oil painting:1.2)\n"
          + "Negative prompt: blurry, text\n"
          + "Steps: 25, Sampler: Euler a, CFG scale: 7, Seed: 235284042, Size: 512x400,"
          + " Model hash: c0d1994c73, Model: example, Lora hashes: \"a: 12, b: 34\", Version: v1.9.4";

  public static final String COMFY_PROMPT =
      "{\"3\":{\"class_type\":\"KSampler\",\"inputs\":{\"seed\":42,\"steps\":20,\"cfg\":NaN}},"
          + "\"4\":{\"class_type\":\"CheckpointLoaderSimple\","
          + "\"inputs\":{\"ckpt_name\":\"example.safetensors\"}},"
          + "\"6\":{\"class_type\":\"CLIPTextEncode\",\"inputs\":{\"text\":\"a lighthouse\"}}}";

  public static final String COMFY_WORKFLOW =
      "{\"last_node_id\":3,\"nodes\":[{\"id\":3,\"type\":\"KSampler\"}],\"links\":[]}";

  public static final String AIGC =
      "{\"Label\":\"1\",\"ContentProducer\":\"001191110102MACQD9K64010000\","
          + "\"ProduceID\":\"42\",\"ReservedCode1\":\"\"}";

  private static final String UUID = "01234567-89ab-cdef-0123-456789abcdef";

  public static final Map<String, byte[]> BY_NAME =
      Map.ofEntries(
          Map.entry("stable-diffusion-webui", png(pngText("parameters", WEBUI))),
          Map.entry("comfyui", png(pngText("prompt", COMFY_PROMPT))),
          Map.entry(
              "stable-diffusion-webui-edited",
              png(
                  pngText(
                      "parameters",
                      "a lighthouse\nSteps: 25, Sampler: Euler a, Seed: 2, Denoising"
                          + " strength: 0.3"))),
          Map.entry(
              "invokeai-edited",
              png(
                  pngText(
                      "invokeai_metadata",
                      "{\"generation_mode\":\"inpaint\",\"positive_prompt\":\"a lighthouse\"}"))),
          Map.entry("generator-name", png(pngText("Software", "Grok"))),
          Map.entry(
              "comfyui-edited",
              png(
                  pngText(
                      "prompt",
                      "{\"1\":{\"class_type\":\"LoadImage\",\"inputs\":{\"image\":\"a.png\"}},"
                          + "\"2\":{\"class_type\":\"FaceDetailer\",\"inputs\":{\"image\":[\"1\",0]}},"
                          + "\"3\":{\"class_type\":\"SaveImage\",\"inputs\":{\"images\":[\"2\",0]}}}"))),
          Map.entry(
              "comfyui-ambiguous",
              png(
                  pngText(
                      "prompt",
                      "{\"1\":{\"class_type\":\"LoadImage\",\"inputs\":{\"image\":\"a.png\"}},"
                          + "\"2\":{\"class_type\":\"OpenAIDalle3\",\"inputs\":{\"prompt\":\"a\"}},"
                          + "\"3\":{\"class_type\":\"SaveImage\",\"inputs\":{\"images\":[\"1\",0]}},"
                          + "\"4\":{\"class_type\":\"SaveImage\",\"inputs\":{\"images\":[\"2\",0]}}}"))),
          Map.entry(
              "comfyui-processing",
              png(pngText("prompt", "{\"1\":{\"class_type\":\"ImageUpscale\",\"inputs\":{}}}"))),
          Map.entry(
              "invokeai",
              png(
                  pngText(
                      "invokeai_metadata",
                      "{\"generation_mode\":\"txt2img\",\"positive_prompt\":\"a lighthouse\","
                          + "\"seed\":7,\"model\":{\"name\":\"example\"}}"))),
          Map.entry(
              "novelai",
              png(
                  pngText("Title", "AI generated image"),
                  pngText("Software", "NovelAI"),
                  pngText("Description", "a lighthouse"),
                  pngText("Source", "NovelAI Diffusion V4 37442FCA"),
                  pngText("Comment", "{\"steps\": 28, \"seed\": 7}"))),
          Map.entry(
              "fooocus", png(pngText("fooocus_scheme", "a1111"), pngText("parameters", WEBUI))),
          Map.entry(
              "swarmui",
              png(
                  pngText(
                      "parameters",
                      "{\"sui_image_params\":{\"prompt\":\"a lighthouse\",\"model\":\"example\","
                          + "\"swarm_version\":\"0.9\"}}"))),
          Map.entry(
              "swarmui-edited",
              png(
                  pngText(
                      "parameters",
                      "{\"sui_image_params\":{\"prompt\":\"a lighthouse\",\"model\":\"example\","
                          + "\"initimagecreativity\":0.6,\"swarm_version\":\"0.9\"}}"))),
          Map.entry(
              "easy-diffusion-edited",
              png(
                  pngText("prompt", "a lighthouse"),
                  pngText("prompt_strength", "0.8"),
                  pngText("use_stable_diffusion_model", "example"))),
          Map.entry(
              "easy-diffusion",
              png(
                  pngText("prompt", "a lighthouse"),
                  pngText("use_stable_diffusion_model", "example"))),
          Map.entry(
              "draw-things",
              jpeg(
                  jpegXmp(
                      xmp(
                          "<exif:UserComment><rdf:Alt><rdf:li xml:lang=\"x-default\">"
                              + "{&quot;c&quot;:&quot;a lighthouse&quot;,&quot;seed&quot;:7,"
                              + "&quot;steps&quot;:20,&quot;sampler&quot;:&quot;Euler&quot;}"
                              + "</rdf:li></rdf:Alt></exif:UserComment>")))),
          Map.entry(
              "mochi-diffusion",
              jpeg(
                  jpegXmp(
                      xmp(
                          "<xmp:CreatorTool>Mochi Diffusion</xmp:CreatorTool><dc:description>"
                              + "Include in Image: a lighthouse; calm; Exclude from Image: text;"
                              + " Model: example; Steps: 25; Seed: 42; Size: 512x512;"
                              + "</dc:description>")))),
          Map.entry("hugging-face-job", png(pngText("hf-job-id", UUID))),
          Map.entry(
              "midjourney",
              png(pngText("Description", "a lighthouse --ar 4:3 --v 5.2 Job ID: " + UUID))),
          Map.entry(
              "grok",
              jpeg(
                  jpegExif(
                      exif(
                          Map.of(0x010E, "Signature: " + "Ab0+/".repeat(20), 0x013B, UUID),
                          Map.of())))),
          Map.entry(
              "openai-labs",
              png(pngChunk("eXIf", userComment("ASCII\0\0\0", latin1("Made with OpenAI Labs"))))),
          Map.entry("google-ai", jpeg(jpegXmp(credit("Made with Google AI")))),
          Map.entry("google-ai-edited", jpeg(jpegXmp(credit("Edited with Google AI")))),
          Map.entry("apple-clean-up", jpeg(jpegXmp(credit("Apple Photos Clean Up")))),
          Map.entry(
              "dreamina",
              jpeg(
                  jpegExif(
                      exif(0x010E, "{\"product\":\"dreamina\",\"exportType\":\"generation\"}")))),
          Map.entry(
              "luma",
              png(pngText("Comment", "Generated by Luma AI's Uni-1 model (https://lumalabs.ai)"))),
          Map.entry(
              "suno",
              Containers.id3(
                  Containers.id3Frame(
                      "COMM", latin1("\0eng\0made with suno; created=2025-01-01; id=" + UUID)))),
          Map.entry(
              "iptc-trained-algorithmic-media",
              jpeg(jpegXmp(sourceType(Containers.AI_SOURCE_TYPE)))),
          Map.entry(
              "iptc-composite-with-trained-algorithmic-media",
              jpeg(jpegXmp(sourceType("compositeWithTrainedAlgorithmicMedia")))),
          Map.entry(
              "iptc-composite-synthetic",
              jpeg(
                  jpegXmp(
                      sourceType(
                          "https://cv.iptc.org/newscodes/digitalsourcetype/compositeSynthetic/")))),
          Map.entry(
              "iptc-trained-algorithmic-data",
              jpeg(
                  jpegXmp(sourceType("http://c2pa.org/digitalsourcetype/trainedAlgorithmicData")))),
          Map.entry(
              "iptc-ai-fields",
              jpeg(
                  jpegXmp(
                      xmp("<Iptc4xmpExt:AISystemUsed>Example Model</Iptc4xmpExt:AISystemUsed>")))),
          Map.entry("china-aigc-label", png(pngText("AIGC", AIGC))),
          Map.entry(
              "china-aigc-label-suspected", png(pngText("AIGC", "{\"AIGC\":{\"Label\":\"3\"}}"))),
          Map.entry(
              "samsung-gen-ai",
              Containers.samsung(
                  "PhotoEditor_Re_Edit_Data", "{\"originalPath\":\"x\",\"genAIType\":1}")),
          Map.entry(
              "faceswap-face",
              png(
                  pngChunk(
                      "iTXt",
                      Containers.join(
                          latin1("faceswap"),
                          new byte[5],
                          latin1("{'alignments': {'x': 1}, 'source': {}}"))))),
          Map.entry(
              "deepfacelab-face",
              jpeg(
                  Containers.jpegSegment(
                      0xEF, latin1("\u0080\u0004\u0095face_type landmarks source_filename")))),
          Map.entry("generator-software", jpeg(jpegExif(exif(0x0131, "Adobe Firefly 1.0")))),
          Map.entry(
              "generator-in-history",
              jpeg(
                  jpegXmp(
                      xmp(
                          "<xmpMM:History><rdf:Seq><rdf:li stEvt:action=\"saved\""
                              + " stEvt:softwareAgent=\"Adobe Firefly\"/></rdf:Seq>"
                              + "</xmpMM:History>")))));

  private RuleExamples() {}

  public static byte[] of(String name) {
    return Objects.requireNonNull(BY_NAME.get(name), () -> "no example for " + name);
  }

  public static String credit(String value) {
    return xmp("<photoshop:Credit>" + value + "</photoshop:Credit>");
  }

  public static byte[] webuiComment(String characterSet, byte[] text) {
    return jpeg(jpegExif(userComment(characterSet, text)));
  }
}
