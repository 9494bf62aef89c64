package dev.assay.internal.model;

import dev.assay.MediaKind;
import dev.assay.internal.fusion.FusionParameters;
import dev.assay.internal.fusion.FusionParameters.Bounds;
import dev.assay.internal.fusion.FusionParameters.Early;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What each of several models adds when all of them judge one file.
 *
 * <p>Each model is calibrated by itself; models that look at the same pixels repeat one another. So
 * their log-likelihood ratios enter a logistic regression fitted on sources left out of training,
 * for each set of models that can have a say together. Its intercept is shared out evenly and its
 * bound shrinks all alike, so that what the models add is one figure per model and sums up to the
 * whole.
 *
 * <p>Models that were not measured with the others, a user's own for example, change nothing of
 * that fit. They have one say together beside it: each adds its own ratio, divided by their number,
 * so that no set of them can outweigh the strongest.
 */
final class Ensemble {

  private static final double NOTHING = 1e-9;

  /** Change in log-odds that is not worth running a model for. */
  private static final double NEGLIGIBLE = 0.05;

  /** A weighted sum within bounds. */
  private record Fit(Map<String, Double> weights, double intercept, Bounds bounds) {}

  private final FusionParameters fitted;

  /** An ensemble by what was fitted. */
  Ensemble(FusionParameters fitted) {
    this.fitted = fitted;
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

  /**
   * The shares of the models that had a say.
   *
   * @param ratios each model's own log-likelihood ratio, by model id
   * @return by model id
   */
  Map<String, Share> shares(MediaKind kind, Map<String, Double> ratios) {
    return shares(
        ratios,
        fitted
            .of(kind)
            .sum(ratios.keySet())
            .map(sum -> new Fit(sum.weights(), sum.intercept(), sum.bounds())));
  }

  /**
   * The shares where one model's score settled the answer and the others of its sum were spared.
   *
   * @param early by what it did
   * @param ratios each model's own log-likelihood ratio, by model id
   * @return by model id
   */
  Map<String, Share> shares(Early early, Map<String, Double> ratios) {
    return shares(
        ratios,
        Optional.of(
            new Fit(Map.of(early.model(), early.weight()), early.intercept(), early.bounds())));
  }

  /** By what a model's score settles the answer, if it does. */
  Optional<Early> settled(MediaKind kind, String model, double score) {
    return Optional.ofNullable(fitted.of(kind).early())
        .filter(early -> early.model().equals(model) && early.settles(score));
  }

  /**
   * Whether what is said of faces can move the answer on the whole.
   *
   * @param whole log-likelihood ratio of the whole
   * @param strongest the largest log-likelihood ratio that a face can have
   */
  boolean facesCount(MediaKind kind, double whole, double strongest) {
    FusionParameters.Faces faces = fitted.of(kind).faces();
    return faces == null || faces.mixed(whole, strongest) - whole > NEGLIGIBLE;
  }

  private Map<String, Share> shares(Map<String, Double> ratios, Optional<Fit> sum) {
    Set<String> measured = sum.map(fit -> fit.weights().keySet()).orElse(Set.of());
    Map<String, Share> shares = new HashMap<>();
    Share equal = new Share(1.0 / Math.max(1, ratios.size() - measured.size()), 0);
    ratios.keySet().stream()
        .filter(model -> !measured.contains(model))
        .forEach(model -> shares.put(model, equal));
    sum.ifPresent(fit -> shares.putAll(bounded(fit, ratios)));
    return shares;
  }

  private static Map<String, Share> bounded(Fit fit, Map<String, Double> ratios) {
    Map<String, Share> linear = new HashMap<>();
    double total = 0;
    for (Map.Entry<String, Double> weight : fit.weights().entrySet()) {
      Share share = new Share(weight.getValue(), fit.intercept() / fit.weights().size());
      linear.put(weight.getKey(), share);
      total += share.of(ratios.getOrDefault(weight.getKey(), 0.0));
    }
    double shrink = Math.abs(total) > NOTHING ? fit.bounds().apply(total) / total : 1;
    linear.replaceAll((model, share) -> new Share(shrink * share.slope(), shrink * share.offset()));
    return linear;
  }
}
