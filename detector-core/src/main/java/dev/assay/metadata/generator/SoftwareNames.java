package dev.assay.metadata.generator;

import dev.assay.metadata.Carrier;
import dev.assay.metadata.DeclaredMetadata;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Fields that name the software or, by misuse, the camera, where they name a generator.
 *
 * <p>The whole value must be the generator's name, with a version at most: a photograph may speak
 * of Midjourney, and Photoshop makes no claim.
 */
final class SoftwareNames {

  private static final Map<Carrier, Set<String>> FIELDS =
      Map.of(
          Carrier.EXIF, Set.of("Software", "Make"),
          Carrier.XMP, Set.of("xmp:CreatorTool", "tiff:Software", "tiff:Make"),
          Carrier.IPTC, Set.of("OriginatingProgram"),
          Carrier.PNG_TEXT, Set.of("Software", "Source"),
          Carrier.MP4_TAG, Set.of("\u00a9too", "\u00a9swr", "com.apple.quicktime.software"),
          Carrier.MATROSKA_TAG, Set.of("ENCODER", "WritingApp"),
          Carrier.RIFF_CHUNK, Set.of("ISFT"),
          Carrier.ID3_FRAME, Set.of("TSSE", "TENC"),
          Carrier.VORBIS_COMMENT, Set.of("ENCODER"));

  private static final String VERSION = "(?:[ /_-]?[vV]?\\d[\\w.+-]{0,30})?";

  private static final Map<String, Pattern> GENERATORS =
      Map.ofEntries(
          generator("Adobe Firefly", "Adobe[ _]Firefly"),
          generator("DALL-E", "(?:OpenAI )?DALL[-\u00b7\u2022 ]?E"),
          generator("ChatGPT", "(?:OpenAI )?ChatGPT|OpenAI|GPT-4o|gpt-image"),
          generator("Sora", "(?:OpenAI )?Sora"),
          generator("Midjourney", "Midjourney"),
          generator(
              "Stable Diffusion",
              "Stable[ -]?Diffusion(?: XL| WebUI| web UI| [0-9A-F]{8})?|stable-diffusion-webui"),
          generator(
              "DreamStudio", "DreamStudio|Stability AI|stability\\.ai|stability[_-]diffusion"),
          generator(
              "FLUX", "FLUX\\.[12](?: ?\\[?(?:dev|pro|schnell)\\]?)?|Black Forest Labs(?: API)?"),
          generator("ComfyUI", "ComfyUI"),
          generator("InvokeAI", "InvokeAI|invoke-ai/InvokeAI"),
          generator("Draw Things", "Draw Things"),
          generator("DiffusionBee", "DiffusionBee"),
          generator("Imagen", "Google (?:Imagen|Gemini|Generative AI)|Imagen"),
          generator("Ideogram", "Ideogram AI|ideogram\\.ai"),
          generator("Leonardo.Ai", "Leonardo[. ]A[iI]"),
          generator("Bing Image Creator", "(?:Microsoft )?Bing Image Creator"),
          generator("Reve", "reve\\.com"),
          generator("Aphrodite AI", "Aphrodite AI"),
          generator("Luma AI", "Luma AI"),
          generator("Runway", "Runway(?:ML| ML| Gen)"),
          generator("Kling", "Kling AI|KlingAI"),
          generator("Recraft", "Recraft(?: AI)?"));

  static final List<GeneratorRule> ALL =
      List.of(
          GeneratorRule.generated(
              "generator-software",
              "",
              "names a generator as what made the media",
              SoftwareNames::software),
          GeneratorRule.edited(
                  "generator-in-history",
                  "",
                  "names a generator in the list of the edits",
                  SoftwareNames::history)
              .asHint());

  private SoftwareNames() {}

  /** The generator that a software field names, if its value is nothing else. */
  static Optional<String> generator(String value) {
    String text = value.strip();
    if (text.length() > 80) {
      return Optional.empty();
    }
    return GENERATORS.entrySet().stream()
        .filter(entry -> entry.getValue().matcher(text).matches())
        .map(Map.Entry::getKey)
        .sorted()
        .findFirst();
  }

  private static Map.Entry<String, Pattern> generator(String name, String pattern) {
    return Map.entry(
        name, Pattern.compile("(?:" + pattern + ")" + VERSION, Pattern.CASE_INSENSITIVE));
  }

  private static Optional<Declaration> software(DeclaredMetadata metadata) {
    return metadata.fields().stream()
        .filter(f -> FIELDS.getOrDefault(f.carrier(), Set.of()).contains(f.name()))
        .flatMap(f -> generator(f.value()).map(name -> Declaration.at(f).by(name)).stream())
        .findFirst();
  }

  private static Optional<Declaration> history(DeclaredMetadata metadata) {
    return metadata
        .all(Carrier.XMP, "xmpMM:History/softwareAgent")
        .flatMap(f -> generator(f.value()).map(name -> Declaration.at(f).by(name)).stream())
        .findFirst();
  }
}
