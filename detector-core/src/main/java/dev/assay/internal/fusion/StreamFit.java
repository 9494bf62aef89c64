package dev.assay.internal.fusion;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.assay.internal.fusion.FusionParameters.Band;
import dev.assay.internal.fusion.FusionParameters.Bounds;
import dev.assay.internal.fusion.FusionParameters.Rates;
import java.util.Objects;

/**
 * How what the models say together was fitted to one stream of media: {@code slope} times their
 * log-likelihood ratio plus {@code intercept}, within bounds.
 *
 * @param slope positive factor
 * @param intercept added after it
 * @param bounds what the result approaches
 * @param thresholds where a probability carries a claim, at a prior of 0.5
 * @param measured how often the answers err on that stream
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record StreamFit(
    double slope, double intercept, Bounds bounds, Band thresholds, Rates measured) {

  public StreamFit {
    Objects.requireNonNull(bounds, "bounds are missing");
    Objects.requireNonNull(thresholds, "thresholds are missing");
    Objects.requireNonNull(measured, "measured is missing");
    if (!(slope > 0 && Double.isFinite(slope) && Double.isFinite(intercept))) {
      throw new IllegalArgumentException(
          "a fit needs a positive slope and a finite intercept: " + slope + ", " + intercept);
    }
  }

  /** The log-likelihood ratio on that stream. */
  public double apply(double ratio) {
    return bounds.apply(slope * ratio + intercept);
  }
}
