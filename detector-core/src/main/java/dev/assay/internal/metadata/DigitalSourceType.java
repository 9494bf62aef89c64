package dev.assay.internal.metadata;

import dev.assay.Evidence.Effect;
import java.util.Locale;
import java.util.Optional;

/**
 * The terms of IPTC's digital source type vocabulary, and C2PA's addition to it, that name a
 * generative model; the same set that C2PA calls GenAI. {@code algorithmicMedia} is none of them:
 * it stands for procedural media without a trained model.
 */
public enum DigitalSourceType {
  TRAINED_ALGORITHMIC_MEDIA(
      "trainedAlgorithmicMedia", "iptc-trained-algorithmic-media", Effect.GENERATED),
  COMPOSITE_WITH_TRAINED_ALGORITHMIC_MEDIA(
      "compositeWithTrainedAlgorithmicMedia",
      "iptc-composite-with-trained-algorithmic-media",
      Effect.EDITED),
  COMPOSITE_SYNTHETIC("compositeSynthetic", "iptc-composite-synthetic", Effect.EDITED),
  TRAINED_ALGORITHMIC_DATA(
      "trainedAlgorithmicData", "iptc-trained-algorithmic-data", Effect.GENERATED);

  private final String term;
  private final String rule;
  private final Effect effect;

  DigitalSourceType(String term, String rule, Effect effect) {
    this.term = term;
    this.rule = rule;
    this.effect = effect;
  }

  /** The term as the vocabulary spells it. */
  public String term() {
    return term;
  }

  /** Name of the rule that this term is in XMP. */
  public String rule() {
    return rule;
  }

  /** Whether it stands for generated or for edited media. */
  public Effect effect() {
    return effect;
  }

  /** Reads a bare term or a URI of the vocabulary, with http or https and with a slash after it. */
  public static Optional<DigitalSourceType> of(String value) {
    String text = value.strip();
    if (text.endsWith("/")) {
      text = text.substring(0, text.length() - 1);
    }
    String path = text.toLowerCase(Locale.ROOT);
    int slash = text.lastIndexOf('/');
    if (slash >= 0
        && !path.startsWith("http://cv.iptc.org/newscodes/digitalsourcetype/")
        && !path.startsWith("https://cv.iptc.org/newscodes/digitalsourcetype/")
        && !path.startsWith("http://c2pa.org/digitalsourcetype/")
        && !path.startsWith("https://c2pa.org/digitalsourcetype/")) {
      return Optional.empty();
    }
    String last = text.substring(slash + 1);
    for (DigitalSourceType type : values()) {
      if (type.term.equalsIgnoreCase(last)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}
