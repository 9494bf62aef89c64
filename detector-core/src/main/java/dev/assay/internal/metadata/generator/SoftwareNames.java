package dev.assay.internal.metadata.generator;

import dev.assay.internal.metadata.Carrier;
import dev.assay.internal.metadata.DeclaredMetadata;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Fields that name the software that made the media, where they name a generator.
 *
 * <p>The whole value must be the product's name, with a version at most: a photograph may speak of
 * Midjourney, and Photoshop makes no claim. Where the name is a word of a living language or of a
 * person (Imagen, Sora, Runway, Gemini), its maker must stand beside it. Fields that name a camera,
 * a person or a place (Make, Artist, TENC, PNG's Source and Author) do not count.
 */
final class SoftwareNames {

  private static final Map<Carrier, Set<String>> FIELDS =
      Map.of(
          Carrier.EXIF, Set.of("Software"),
          Carrier.XMP, Set.of("xmp:CreatorTool", "tiff:Software"),
          Carrier.IPTC, Set.of("OriginatingProgram"),
          Carrier.PNG_TEXT, Set.of("Software", "Generator", "generator"),
          Carrier.MP4_TAG, Set.of("\u00a9too", "\u00a9swr", "com.apple.quicktime.software"),
          Carrier.MATROSKA_TAG, Set.of("ENCODER", "WritingApp"),
          Carrier.RIFF_CHUNK, Set.of("ISFT"),
          Carrier.ID3_FRAME, Set.of("TSSE"),
          Carrier.VORBIS_COMMENT, Set.of("ENCODER"));

  private static final String VERSION = "(?:[ /_-]?[vV]?\\d[\\w.+-]{0,30})?";
  private static final int MAX_CHARS = 120;

  /** A product by the names that nothing else has. */
  static final Map<String, Pattern> PRODUCTS =
      Map.ofEntries(
          generator("Adobe Firefly", "Adobe[ _]Firefly"),
          generator("DALL-E", "(?:OpenAI )?DALL[-\u00b7\u2022 ]?E"),
          generator("ChatGPT", "(?:OpenAI )?ChatGPT|OpenAI|(?:OpenAI )?(?:GPT-4o|gpt-image)"),
          generator("Sora", "OpenAI[ -]Sora|Sora by OpenAI"),
          generator("Midjourney", "Midjourney"),
          generator(
              "Stable Diffusion",
              "Stable[ -]?Diffusion(?: XL| WebUI| web UI| [0-9A-F]{8})?|stable-diffusion-webui"
                  + "|Stable UI - Create images with Stable Diffusion using the AI Horde|AI Horde"),
          generator(
              "DreamStudio", "DreamStudio|Stability AI|stability\\.ai|stability[_-]diffusion"),
          generator(
              "FLUX",
              "FLUX\\.[12](?:[ -]?\\[?(?:dev|pro|schnell|klein|flex|kontext|ultra)\\]?)*"
                  + "|Black Forest Labs(?: API| FLUX.{0,20})?"),
          generator("ComfyUI", "ComfyUI"),
          generator("InvokeAI", "InvokeAI|invoke-ai/InvokeAI"),
          generator("DiffusionBee", "DiffusionBee"),
          generator(
              "Google AI",
              "Google (?:AI )?(?:Imagen|Gemini|Veo|Flow|Whisk|Nano Banana(?: Pro)?|Generative AI)"
                  + "|Nano Banana(?: Pro)?|Gemini (?:\\d[.\\d]* )?(?:Flash|Pro) Image"),
          generator("Ideogram", "Ideogram[ .]AI"),
          generator("Leonardo.Ai", "Leonardo[. ]A[iI]"),
          generator("Bing Image Creator", "(?:Microsoft )?Bing Image Creator"),
          generator("Reve", "reve\\.(?:com|art)|Reve (?:AI|Image)"),
          generator("Aphrodite AI", "Aphrodite AI"),
          generator("Luma AI", "Luma AI|Luma (?:Labs )?Dream Machine|Luma (?:Ray|Photon)"),
          generator("Runway", "Runway(?:ML| ML| AI)|Runway Gen"),
          generator("Kling", "Kling[ .]?AI|Kuaishou Kling"),
          generator("Recraft", "Recraft(?: AI)?"),
          generator("Grok", "(?:xAI|X\\.AI) Grok|Grok Imagine|Aurora by xAI"),
          generator("Seedream", "(?:ByteDance )?Seed(?:ream|ance)"),
          generator("Dreamina", "(?:ByteDance |CapCut )?Dreamina|Jimeng AI"),
          generator("Hailuo", "Hailuo AI|MiniMax Hailuo|MiniMax AI"),
          generator("Pika", "Pika Labs|Pika AI|pika\\.art"),
          generator("PixVerse", "PixVerse(?: AI)?"),
          generator("Veo", "Google DeepMind Veo"),
          generator("Qwen-Image", "(?:Alibaba )?Qwen-Image(?:-Edit)?"),
          generator("HunyuanImage", "(?:Tencent )?Hunyuan(?:Image|Video)"),
          generator("Krea", "Krea[ .]AI"),
          generator("NightCafe", "NightCafe (?:Studio|Creator)"),
          generator("Playground AI", "Playground AI"),
          generator("HeyGen", "HeyGen"),
          generator("Synthesia", "Synthesia\\.io|Synthesia AI"),
          generator("Suno", "Suno[ .]?AI|suno\\.com"),
          generator("Udio", "Udio[ .]?AI|udio\\.com"),
          generator("ElevenLabs", "Eleven ?Labs(?:\\.io)?"));

  /** Coined names that stand alone, which something else may bear too. */
  static final Map<String, Pattern> SHORT_NAMES =
      Map.ofEntries(
          generator("Grok", "Grok"),
          generator("Ideogram", "Ideogram"),
          generator("Kling", "Kling"),
          generator("Hailuo", "Hailuo"),
          generator("Krea", "Krea"),
          generator("Suno", "Suno"),
          generator("Udio", "Udio"),
          generator("Draw Things", "Draw Things"));

  static final List<GeneratorRule> ALL =
      List.of(
          GeneratorRule.generated(
              "generator-software",
              "",
              "names a generator as what made the media",
              metadata -> software(metadata, PRODUCTS)),
          GeneratorRule.generated(
                  "generator-name",
                  "",
                  "holds a generator's name, which other programs may use too",
                  metadata -> software(metadata, SHORT_NAMES))
              .asHint(),
          GeneratorRule.edited(
                  "generator-in-history",
                  "",
                  "names a generator in the list of the edits",
                  SoftwareNames::history)
              .asHint());

  private SoftwareNames() {}

  /** Whether a value is nothing but a generator's name. */
  static boolean isGenerator(String value) {
    return generator(value, PRODUCTS).or(() -> generator(value, SHORT_NAMES)).isPresent();
  }

  private static Optional<String> generator(String value, Map<String, Pattern> names) {
    String text = value.strip();
    if (text.length() > MAX_CHARS) {
      return Optional.empty();
    }
    return names.entrySet().stream()
        .filter(entry -> entry.getValue().matcher(text).matches())
        .map(Map.Entry::getKey)
        .sorted()
        .findFirst();
  }

  private static Map.Entry<String, Pattern> generator(String name, String pattern) {
    return Map.entry(
        name, Pattern.compile("(?:" + pattern + ")" + VERSION, Pattern.CASE_INSENSITIVE));
  }

  private static Optional<Declaration> software(
      DeclaredMetadata metadata, Map<String, Pattern> names) {
    return metadata.fields().stream()
        .filter(f -> FIELDS.getOrDefault(f.carrier(), Set.of()).contains(f.name()))
        .flatMap(f -> generator(f.value(), names).map(name -> Declaration.at(f).by(name)).stream())
        .findFirst();
  }

  private static Optional<Declaration> history(DeclaredMetadata metadata) {
    return metadata
        .all(Carrier.XMP, "xmpMM:History/softwareAgent")
        .flatMap(
            f -> generator(f.value(), PRODUCTS).map(name -> Declaration.at(f).by(name)).stream())
        .findFirst();
  }
}
