package dev.assay.internal.model;

import dev.assay.MediaKind;
import dev.assay.internal.fusion.FusionParameters;
import dev.assay.internal.fusion.FusionParameters.Bounds;
import dev.assay.internal.fusion.FusionParameters.Early;
import dev.assay.internal.fusion.StreamFit;
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
    return ofStream(kind, shares(ratios, fit(kind, ratios.keySet())), ratios);
  }

  /**
   * The shares where one model's score settled the answer and the others of its sum were spared.
   *
   * @param kind of the media
   * @param early by what it did
   * @param ratios each model's own log-likelihood ratio, by model id
   * @return by model id
   */
  Map<String, Share> shares(MediaKind kind, Early early, Map<String, Double> ratios) {
    Fit fit = new Fit(Map.of(early.model(), early.weight()), early.intercept(), early.bounds());
    return ofStream(kind, shares(ratios, Optional.of(fit)), ratios);
  }

  /** The shares as they were fitted to a user's media, where anything was. */
  private Map<String, Share> ofStream(
      MediaKind kind, Map<String, Share> shares, Map<String, Double> ratios) {
    StreamFit stream = fitted.of(kind).stream();
    if (stream == null || shares.isEmpty()) {
      return shares;
    }
    double total = stream.slope() * sum(shares, ratios) + stream.intercept();
    double shrink = Math.abs(total) > NOTHING ? stream.bounds().apply(total) / total : 1;
    double part = stream.intercept() / shares.size();
    Map<String, Share> all = new HashMap<>(shares);
    all.replaceAll(
        (model, share) ->
            new Share(
                shrink * stream.slope() * share.slope(),
                shrink * (stream.slope() * share.offset() + part)));
    return all;
  }

  /**
   * The weighted sum without its bound, by which parts of one file are compared.
   *
   * @param ratios each model's own log-likelihood ratio, without its bound, by model id
   */
  double unbounded(MediaKind kind, Map<String, Double> ratios) {
    Optional<Fit> sum = fit(kind, ratios.keySet());
    Map<String, Share> shares = besides(sum, ratios.keySet());
    sum.ifPresent(fit -> shares.putAll(linear(fit)));
    return sum(shares, ratios);
  }

  /** By what a model's score settles the answer, if it does. */
  Optional<Early> settled(MediaKind kind, String model, double score) {
    return Optional.ofNullable(fitted.of(kind).early())
        .filter(early -> early.model().equals(model) && early.settles(score));
  }

  /**
   * Whether models say by themselves that all of it is synthetic.
   *
   * @param ratio the sum of their log-likelihood ratios
   */
  boolean isSynthetic(MediaKind kind, double ratio) {
    return 1 / (1 + Math.exp(-ratio)) >= fitted.of(kind).thresholds().synthetic();
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

  private Optional<Fit> fit(MediaKind kind, Set<String> models) {
    return fitted
        .of(kind)
        .sum(models)
        .map(sum -> new Fit(sum.weights(), sum.intercept(), sum.bounds()));
  }

  private static Map<String, Share> shares(Map<String, Double> ratios, Optional<Fit> sum) {
    Map<String, Share> shares = besides(sum, ratios.keySet());
    sum.ifPresent(fit -> shares.putAll(bounded(fit, ratios)));
    return shares;
  }

  /** The shares of models that were not measured with the others. */
  private static Map<String, Share> besides(Optional<Fit> sum, Set<String> models) {
    Set<String> measured = sum.map(fit -> fit.weights().keySet()).orElse(Set.of());
    Share equal = new Share(1.0 / Math.max(1, models.size() - measured.size()), 0);
    Map<String, Share> shares = new HashMap<>();
    models.stream()
        .filter(model -> !measured.contains(model))
        .forEach(model -> shares.put(model, equal));
    return shares;
  }

  private static Map<String, Share> linear(Fit fit) {
    Map<String, Share> shares = new HashMap<>();
    fit.weights()
        .forEach(
            (model, weight) ->
                shares.put(model, new Share(weight, fit.intercept() / fit.weights().size())));
    return shares;
  }

  private static Map<String, Share> bounded(Fit fit, Map<String, Double> ratios) {
    Map<String, Share> shares = linear(fit);
    double total = sum(shares, ratios);
    double shrink = Math.abs(total) > NOTHING ? fit.bounds().apply(total) / total : 1;
    shares.replaceAll((model, share) -> new Share(shrink * share.slope(), shrink * share.offset()));
    return shares;
  }

  private static double sum(Map<String, Share> shares, Map<String, Double> ratios) {
    return shares.entrySet().stream()
        .mapToDouble(share -> share.getValue().of(ratios.getOrDefault(share.getKey(), 0.0)))
        .sum();
  }
}
