package dev.assay.model;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.assay.MediaKind;
import dev.assay.resource.ShippedData;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What each of several models adds when all of them judge one file.
 *
 * <p>Each model is calibrated by itself; models that look at the same pixels repeat one another. So
 * their log-likelihood ratios enter a logistic regression fitted on sources left out of training,
 * for each set of models that can have a say together. Its intercept is shared out evenly and its
 * bound shrinks all alike, so that what the models add is one figure per model and sums up to the
 * whole.
 *
 * @param image the fits for images
 * @param video the fits for videos
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Ensemble(Fits image, Fits video) {

  private static final String FILE = "/dev/assay/models/fusion.json";
  private static final double NOTHING = 1e-9;

  /**
   * The fits for one kind of media.
   *
   * @param sums one for each set of models
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Fits(List<Sum> sums) {
    public Fits {
      sums = List.copyOf(sums);
    }
  }

  /**
   * How the log-likelihood ratios of a set of models add up.
   *
   * @param weights by model id
   * @param intercept added to the sum
   * @param bounds what the result approaches
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Sum(Map<String, Double> weights, double intercept, Bounds bounds) {
    public Sum {
      weights = Map.copyOf(weights);
      if (!Double.isFinite(intercept)) {
        throw new IllegalArgumentException("an intercept must be finite: " + weights);
      }
    }
  }

  /**
   * The strongest claims that the data behind a fit carries, which sums approach smoothly.
   *
   * @param synthetic bound of log-likelihood ratios above 0
   * @param authentic bound of those below 0, a positive number
   */
  public record Bounds(double synthetic, double authentic) {
    public Bounds {
      if (!(synthetic > 0 && authentic > 0)) {
        throw new IllegalArgumentException(
            "bounds must be positive: " + synthetic + ", " + authentic);
      }
    }

    double apply(double ratio) {
      double bound = ratio > 0 ? synthetic : authentic;
      return bound * Math.tanh(ratio / bound);
    }
  }

  /**
   * How a model's own log-likelihood ratio becomes what it adds.
   *
   * @param slope factor
   * @param offset added after it
   */
  record Share(double slope, double offset) {
    double of(double ratio) {
      return slope * ratio + offset;
    }
  }

  /** The fits that ship with the models. */
  static Ensemble shipped() {
    return ShippedData.read(FILE, Ensemble.class);
  }

  /**
   * The shares of the models that had a say.
   *
   * @param ratios each model's own log-likelihood ratio, by model id
   * @return by model id; models that no sum was fitted for, a user's own among them, have an equal
   *     say
   */
  Map<String, Share> shares(MediaKind kind, Map<String, Double> ratios) {
    int models = ratios.size();
    Optional<Sum> fitted =
        (kind == MediaKind.VIDEO ? video : image)
            .sums().stream()
                .filter(sum -> sum.weights().keySet().equals(ratios.keySet()))
                .findFirst();
    Map<String, Share> linear = new HashMap<>();
    double total = 0;
    for (Map.Entry<String, Double> model : ratios.entrySet()) {
      Share share =
          fitted
              .map(
                  sum ->
                      new Share(
                          sum.weights().getOrDefault(model.getKey(), 0.0),
                          sum.intercept() / models))
              .orElse(new Share(1.0 / models, 0));
      linear.put(model.getKey(), share);
      total += share.of(model.getValue());
    }
    double sum = total;
    double shrink =
        fitted
            .filter(fit -> Math.abs(sum) > NOTHING)
            .map(fit -> fit.bounds().apply(sum) / sum)
            .orElse(1.0);
    linear.replaceAll((model, share) -> new Share(shrink * share.slope(), shrink * share.offset()));
    return linear;
  }
}
