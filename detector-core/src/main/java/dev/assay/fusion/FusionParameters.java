package dev.assay.fusion;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.assay.MediaKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * What fusion was fitted to: data that ships beside the models, never figures in code.
 *
 * @param weights weight of each model's log-likelihood ratio in the sum, by model id
 * @param thresholds where a probability carries a claim
 * @param declarations how much a declaration of each strength weighs
 */
public record FusionParameters(
    Map<String, Double> weights,
    Thresholds thresholds,
    Map<String, DeclarationCounts> declarations) {

  private static final String WEIGHTS = "/dev/assay/models/fusion.json";
  private static final String DECLARATIONS = "/dev/assay/models/declarations.json";
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .build();

  /**
   * Where a probability carries a claim, by kind of media.
   *
   * @param image for pictures
   * @param video for clips
   */
  public record Thresholds(Band image, Band video) {

    /**
     * The thresholds for a kind of media; sound, for which no classifier ships, goes by those of
     * pictures.
     */
    Band of(MediaKind kind) {
      return kind == MediaKind.VIDEO ? video : image;
    }
  }

  /**
   * The inconclusive middle.
   *
   * @param synthetic probability from which media is called synthetic
   * @param authentic probability up to which media is called authentic, less than {@code synthetic}
   */
  public record Band(double synthetic, double authentic) {
    public Band {
      if (!(authentic >= 0 && authentic < synthetic && synthetic <= 1)) {
        throw new IllegalArgumentException(
            "thresholds must satisfy 0 <= authentic < synthetic <= 1: "
                + authentic
                + ", "
                + synthetic);
      }
    }
  }

  /**
   * How often a declaration of one strength was met, in files as they were found.
   *
   * @param synthetic synthetic files looked at
   * @param declaredSynthetic how many of them carried such a declaration
   * @param real real files looked at
   * @param declaredReal how many of them carried such a declaration
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record DeclarationCounts(
      long synthetic, long declaredSynthetic, long real, long declaredReal) {
    public DeclarationCounts {
      if (declaredSynthetic < 0
          || declaredReal < 0
          || synthetic < declaredSynthetic
          || real < declaredReal) {
        throw new IllegalArgumentException("counts of declarations contradict each other");
      }
    }

    /**
     * The natural log-likelihood ratio of such a declaration: the ratio of the two shares, each
     * with half a file added to either side (Jeffreys' prior), so that what was never met is not
     * taken for impossible.
     */
    double logLikelihoodRatio() {
      return Math.log(share(declaredSynthetic, synthetic) / share(declaredReal, real));
    }

    private static double share(long count, long of) {
      return (count + 0.5) / (of + 1.0);
    }
  }

  /** The form of {@code fusion.json}. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  private record WeightsFile(int format, Map<String, Double> weights, Thresholds thresholds) {}

  /** The form of {@code declarations.json}. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  private record DeclarationsFile(int format, Map<String, DeclarationCounts> strengths) {}

  public FusionParameters {
    weights = Map.copyOf(weights);
    declarations = Map.copyOf(declarations);
  }

  /** The parameters that ship with the models. */
  public static FusionParameters shipped() {
    WeightsFile fitted = read(WEIGHTS, WeightsFile.class);
    DeclarationsFile counted = read(DECLARATIONS, DeclarationsFile.class);
    return new FusionParameters(fitted.weights(), fitted.thresholds(), counted.strengths());
  }

  private static <T> T read(String resource, Class<T> form) {
    try (InputStream stream = FusionParameters.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IOException(resource + " is not there; is detector-models on the class path?");
      }
      return JSON.readValue(stream, form);
    } catch (IOException e) {
      throw new UncheckedIOException("The fusion parameters cannot be read: " + e.getMessage(), e);
    }
  }
}
