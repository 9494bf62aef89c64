package dev.assay.fusion;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.assay.MediaKind;
import dev.assay.resource.ShippedData;
import java.util.Map;

/**
 * What fusion was fitted to: data that ships beside the models, never figures in code.
 *
 * @param weights weight of each model's log-likelihood ratio in the sum, by model id
 * @param thresholds where a probability carries a claim
 */
public record FusionParameters(Map<String, Double> weights, Thresholds thresholds) {

  private static final String WEIGHTS = "/dev/assay/models/fusion.json";

  /**
   * Where a probability carries a claim, by kind of media.
   *
   * @param image for pictures
   * @param video for clips
   */
  public record Thresholds(Band image, Band video) {

    /**
     * The thresholds for a kind of media; audio, for which no classifier ships, goes by those of
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

  /** The form of {@code fusion.json}. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  private record WeightsFile(int format, Map<String, Double> weights, Thresholds thresholds) {}

  public FusionParameters {
    weights = Map.copyOf(weights);
  }

  /** The parameters that ship with the models. */
  public static FusionParameters shipped() {
    WeightsFile fitted = ShippedData.read(WEIGHTS, WeightsFile.class);
    return new FusionParameters(fitted.weights(), fitted.thresholds());
  }
}
