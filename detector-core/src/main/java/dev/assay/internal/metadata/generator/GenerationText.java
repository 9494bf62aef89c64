package dev.assay.internal.metadata.generator;

import dev.assay.internal.metadata.MetadataField;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Generation settings as AUTOMATIC1111's web UI writes them: the prompt, {@code Negative prompt:},
 * then one line of {@code name: value} pairs that starts with {@code Steps:}.
 */
final class GenerationText {

  private static final Pattern SETTINGS =
      Pattern.compile("(?:^|\\n)(Steps: \\d{1,6}, Sampler: [^\\n]*)");
  private static final Pattern PAIR =
      Pattern.compile("\\s*([\\w .\\-/]{1,60}):\\s*(\"(?:\\\\.|[^\"\\\\])*+\"|[^,]*+)(?:,|$)");
  private static final Set<String> INPAINTING =
      Set.of("Mask blur", "Masked content", "Inpaint area", "Masked area padding");
  private static final int MAX_SETTINGS = 64;

  private GenerationText() {}

  /**
   * Whether the settings are those of image-to-image or inpainting, which leave something of a
   * given picture. The second pass of a generation has a strength too, and names its upscaler.
   */
  static boolean fromPicture(Map<String, String> settings) {
    if (settings.keySet().stream().anyMatch(INPAINTING::contains)) {
      return true;
    }
    String strength = settings.getOrDefault("Denoising strength", "");
    boolean secondPass = settings.keySet().stream().anyMatch(name -> name.startsWith("Hires"));
    return strength.matches("0?\\.\\d{1,9}|0") && !secondPass;
  }

  /** Reads the settings, if the text is of this form. */
  static Optional<Declaration> parse(MetadataField field) {
    Matcher found = SETTINGS.matcher(field.value());
    if (!found.find()) {
      return Optional.empty();
    }
    String prompt = field.value().substring(0, found.start());
    int negative = prompt.indexOf("\nNegative prompt:");
    Map<String, String> settings = new LinkedHashMap<>();
    if (negative >= 0) {
      settings.put(
          "Negative prompt", prompt.substring(negative + "\nNegative prompt:".length()).strip());
      prompt = prompt.substring(0, negative);
    }
    String line = found.group(1);
    Matcher pair = PAIR.matcher(line.substring(0, Math.min(line.length(), 16_384)));
    while (settings.size() < MAX_SETTINGS && pair.lookingAt()) {
      settings.put(pair.group(1).strip(), pair.group(2).strip());
      if (pair.hitEnd()) {
        break;
      }
      pair.region(pair.end(), pair.regionEnd());
    }
    return Optional.of(
        Declaration.at(field)
            .withPrompt(prompt)
            .withModel(settings.getOrDefault("Model", ""))
            .with(settings));
  }
}
