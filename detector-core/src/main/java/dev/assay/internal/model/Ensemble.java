package dev.assay.internal.model;

import dev.assay.MediaKind;
import dev.assay.internal.fusion.FusionParameters;
import dev.assay.internal.fusion.FusionParameters.Sum;
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
    Optional<Sum> sum = fitted.of(kind).sum(ratios.keySet());
    Set<String> measured = sum.map(fit -> fit.weights().keySet()).orElse(Set.of());
    Map<String, Share> shares = new HashMap<>();
    Share equal = new Share(1.0 / Math.max(1, ratios.size() - measured.size()), 0);
    ratios.keySet().stream()
        .filter(model -> !measured.contains(model))
        .forEach(model -> shares.put(model, equal));
    sum.ifPresent(fit -> shares.putAll(bounded(fit, ratios)));
    return shares;
  }

  private static Map<String, Share> bounded(Sum fit, Map<String, Double> ratios) {
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
