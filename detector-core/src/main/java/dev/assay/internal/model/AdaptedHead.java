package dev.assay.internal.model;

import dev.assay.ContentFeatures;
import dev.assay.MediaKind;
import dev.assay.internal.fusion.FusionParameters.Bounds;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Optional;

/**
 * A linear head that a user fitted to one generator, on the features that the shipped models read.
 *
 * @param id of the head, of {@code a-z}, {@code 0-9} and hyphens
 * @param version when it was fitted
 * @param system the generator, as its owner calls it
 * @param kind of the media
 * @param sha256 of its coefficients' file
 * @param share of this generator among the synthetic media that is met, strictly between 0 and 1
 * @param slope of the calibration
 * @param intercept of the calibration
 * @param bound largest log-likelihood ratio that its data carries
 * @param coefficients by kind of view, one for each feature
 */
public record AdaptedHead(
    String id,
    String version,
    String system,
    MediaKind kind,
    String sha256,
    double share,
    double slope,
    double intercept,
    double bound,
    ContentFeatures coefficients) {

  /** Most coefficients' magnitude is far below this; what is above is no head. */
  private static final double LARGEST = 1e6;

  public AdaptedHead {
    if (!(share > 0 && share < 1 && slope > 0 && bound > 0 && Double.isFinite(intercept))) {
      throw new IllegalArgumentException(
          "a head needs a share between 0 and 1, a positive slope and bound, and an intercept");
    }
    for (FloatBuffer values : coefficients.views().values()) {
      for (int i = 0; i < values.limit(); i++) {
        if (!(Math.abs(values.get(i)) < LARGEST)) {
          throw new IllegalArgumentException("a coefficient is no number or too large");
        }
      }
    }
  }

  /**
   * The log-likelihood ratio of this generator having made it, against real media.
   *
   * @param means of the features, by kind of view
   * @return empty where a kind of view is missing, or has other features
   */
  public Optional<Double> ratio(Map<String, FloatBuffer> means) {
    double score = 0;
    for (Map.Entry<String, FloatBuffer> view : coefficients.views().entrySet()) {
      FloatBuffer weights = view.getValue();
      FloatBuffer values = means.get(view.getKey());
      if (values == null || values.limit() != weights.limit()) {
        return Optional.empty();
      }
      for (int i = 0; i < weights.limit(); i++) {
        score += (double) weights.get(i) * values.get(i);
      }
    }
    return Optional.of(new Bounds(bound, bound).apply(slope * score + intercept));
  }

  /**
   * What it adds to what the shipped models say: synthetic media is a mixture of what they know and
   * of this generator, so that a head that sees nothing of its generator takes nothing away.
   *
   * @param others log-likelihood ratio of the shipped models
   * @param own that of this head
   */
  public double added(double others, double own) {
    double mixed = Math.log((1 - share) * Math.exp(others) + share * Math.exp(own));
    return Math.max(0, mixed - others);
  }
}
