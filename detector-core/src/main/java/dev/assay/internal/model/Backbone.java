package dev.assay.internal.model;

import dev.assay.internal.inference.OnnxNetwork;
import dev.assay.internal.inference.Tensor;
import java.util.List;
import java.util.Map;

/** A network whose features several models read. Owns its network; thread-safe. */
final class Backbone implements AutoCloseable {

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
   */
  Map<String, Tensor> features(View view) {
    return network.run(Map.of(card.input().name(), View.tensor(List.of(view), card.input())));
  }

  @Override
  public void close() {
    network.close();
  }
}
