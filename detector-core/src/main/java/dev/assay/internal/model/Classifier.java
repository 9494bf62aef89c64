package dev.assay.internal.model;

import dev.assay.ModelException;
import dev.assay.internal.inference.InferenceException;
import dev.assay.internal.inference.OnnxNetwork;
import dev.assay.internal.inference.Tensor;
import dev.assay.internal.sound.Window;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One trained model, ready to score pictures or sound. Owns its network, not its backbone;
 * thread-safe.
 */
final class Classifier implements AutoCloseable {

  private final ModelCard card;
  private final OnnxNetwork network;
  private final @Nullable Backbone backbone;

  /**
   * What the model says of one picture.
   *
   * @param score mean of the logits
   * @param views where it looked, at least one
   * @param logits what it said there
   */
  record Scores(double score, List<View> views, List<Double> logits) {}

  /**
   * Loads a model.
   *
   * @param folder where it lies
   * @param backbone whose features it reads; null if it reads pixels
   * @param threads threads that one inference may use
   * @throws ModelException if its weights are not those of its card, or are no model
   */
  Classifier(ModelFolder<ModelCard> folder, @Nullable Backbone backbone, int threads) {
    this.card = folder.card();
    this.backbone = backbone;
    this.network = folder.network(threads);
  }

  ModelCard card() {
    return card;
  }

  /**
   * Scores a picture.
   *
   * @param views of the picture
   * @param features what backbones said of these views so far
   * @return empty if no view has texture
   * @throws InferenceException if the model fails or gives anything but one finite logit per view
   */
  Optional<Scores> score(PictureViews views, Features features) {
    List<View> seen = views.of(card.views(), side());
    return seen.isEmpty() ? Optional.empty() : Optional.of(score(seen, features));
  }

  /**
   * Scores views.
   *
   * @param seen at least one
   * @param features what backbones said of them so far
   * @throws InferenceException if the model fails or gives anything but one finite logit per view
   */
  Scores score(List<View> seen, Features features) {
    List<Double> logits = backbone == null ? ofPixels(seen) : ofFeatures(backbone, seen, features);
    double score = logits.stream().mapToDouble(Double::doubleValue).sum() / logits.size();
    if (!Double.isFinite(score)) {
      throw new InferenceException("model " + card.id() + " gave a score that is no number");
    }
    return new Scores(score, seen, logits);
  }

  /**
   * Scores a window of sound.
   *
   * @param features what backbones said of it so far
   * @throws InferenceException if the model fails or gives anything but one finite logit
   */
  double score(Window window, Features features) {
    Map<String, Tensor> outputs =
        backbone == null
            ? network.run(Map.of(network.inputs().get(0), tensor(window)))
            : network.run(features.of(backbone, window));
    double logit = logits(outputs, 1).get(0);
    if (!Double.isFinite(logit)) {
      throw new InferenceException("model " + card.id() + " gave a score that is no number");
    }
    return logit;
  }

  /** A window as {@code [1, n]}. */
  static Tensor tensor(Window window) {
    FloatBuffer samples = window.samples();
    return new Tensor(samples, List.of(1L, (long) samples.remaining()));
  }

  /** What a view looks like: the last of the features that the model reads; empty of pixels. */
  List<Float> appearance(View view, Features features) {
    if (backbone == null) {
      return List.of();
    }
    Tensor tensor = features.of(backbone, view).get(network.inputs().get(0));
    if (tensor == null) {
      return List.of();
    }
    FloatBuffer values = tensor.values();
    int width = tensor.size(tensor.shape().size() - 1);
    List<Float> last = new ArrayList<>(width);
    for (int i = values.limit() - width; i < values.limit(); i++) {
      last.add(values.get(i));
    }
    return last;
  }

  /** The card of the backbone whose features it reads; empty where it reads pixels. */
  Optional<BackboneCard> backbone() {
    return Optional.ofNullable(backbone).map(Backbone::card);
  }

  /** Adds the features of each view of a picture that it reads. */
  void addFeatures(PictureViews views, Features features, MeanFeatures mean) {
    if (backbone == null) {
      return;
    }
    for (View view : views.of(card.views(), side())) {
      Tensor tensor = features.of(backbone, view).get(network.inputs().get(0));
      if (tensor != null) {
        mean.add(tensor);
      }
    }
  }

  /** Adds the features of a window of sound that it reads. */
  void addFeatures(Window window, Features features, MeanFeatures mean) {
    if (backbone == null) {
      return;
    }
    Tensor tensor = features.of(backbone, window).get(network.inputs().get(0));
    if (tensor != null) {
      mean.add(tensor);
    }
  }

  /** Side of a view, in pixels. */
  int side() {
    return backbone == null ? pixels().side() : backbone.side();
  }

  private ModelCard.Pixels pixels() {
    return (ModelCard.Pixels) card.input();
  }

  private List<Double> ofPixels(List<View> seen) {
    return logits(network.run(Map.of(pixels().name(), View.tensor(seen, pixels()))), seen.size());
  }

  private List<Double> ofFeatures(Backbone from, List<View> seen, Features features) {
    List<Double> logits = new ArrayList<>();
    for (View view : seen) {
      logits.addAll(logits(network.run(features.of(from, view)), 1));
    }
    return logits;
  }

  private List<Double> logits(Map<String, Tensor> outputs, int views) {
    Tensor output = outputs.get(card.output().name());
    if (output == null || output.values().remaining() != views) {
      throw new InferenceException(
          "model "
              + card.id()
              + " gave no output "
              + card.output().name()
              + " with one value for each of "
              + views
              + " views");
    }
    FloatBuffer values = output.values().duplicate();
    List<Double> logits = new ArrayList<>();
    while (values.hasRemaining()) {
      logits.add((double) values.get());
    }
    return logits;
  }

  @Override
  public void close() {
    network.close();
  }
}
