package dev.assay.internal.model;

import dev.assay.internal.inference.InferenceException;
import dev.assay.internal.inference.OnnxNetwork;
import dev.assay.internal.inference.Tensor;
import dev.assay.internal.sound.Window;
import java.util.List;
import java.util.Map;

/** A network whose features several models read. Owns its network; thread-safe. */
final class Backbone implements AutoCloseable {

  /** Most values that an output on a whole view has; those of single patches have more. */
  private static final int OF_VIEW = 100_000;

  private final BackboneCard card;
  private final OnnxNetwork network;

  Backbone(ModelFolder<BackboneCard> folder, int threads) {
    this.card = folder.card();
    this.network = folder.network(threads);
  }

  BackboneCard card() {
    return card;
  }

  /**
   * The features of one view. One view per run: a network with dynamically quantised activations
   * takes their range over the run, so that the features of a view would depend on its neighbours.
   *
   * @param patches whether what it says of single patches is asked for too
   */
  Map<String, Tensor> features(View view, boolean patches) {
    ModelCard.Pixels pixels = pixels();
    return network.run(
        Map.of(pixels.name(), View.tensor(List.of(view), pixels)),
        patches ? Long.MAX_VALUE : OF_VIEW);
  }

  /** The features of one window of sound. */
  Map<String, Tensor> features(Window window) {
    if (card.input() instanceof ModelCard.Samples samples) {
      return network.run(Map.of(samples.name(), Classifier.tensor(window)));
    }
    throw new InferenceException("the backbone " + card.id() + " reads no sound");
  }

  /** Side of a view, in pixels. */
  int side() {
    return pixels().side();
  }

  private ModelCard.Pixels pixels() {
    if (card.input() instanceof ModelCard.Pixels pixels) {
      return pixels;
    }
    throw new InferenceException("the backbone " + card.id() + " reads no pictures");
  }

  @Override
  public void close() {
    network.close();
  }
}
