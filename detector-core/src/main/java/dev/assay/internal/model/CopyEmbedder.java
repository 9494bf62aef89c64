package dev.assay.internal.model;

import dev.assay.internal.inference.InferenceException;
import dev.assay.internal.inference.OnnxNetwork;
import dev.assay.internal.inference.Tensor;
import dev.assay.known.Embedding;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;

/** Says where pictures lie among others. Owns its network; thread-safe. */
final class CopyEmbedder implements AutoCloseable {

  private static final int HEX = 16;

  private final CopyEmbeddingCard card;
  private final long network;
  private final OnnxNetwork weights;

  /**
   * Loads the network.
   *
   * @param backbone whose features it reads
   */
  CopyEmbedder(ModelFolder<CopyEmbeddingCard> folder, BackboneCard backbone, int threads) {
    this.card = folder.card();
    this.network = part(card.sha256()) ^ Long.rotateLeft(part(backbone.sha256()), 1);
    this.weights = folder.network(threads);
  }

  private static long part(String sha256) {
    return Long.parseUnsignedLong(sha256.substring(0, HEX), HEX);
  }

  /**
   * Where a picture lies.
   *
   * @param features the mean over its whole views
   * @param shape of the features of one view
   */
  Embedding of(FloatBuffer features, List<Long> shape) {
    Tensor output =
        weights
            .run(Map.of(weights.inputs().get(0), new Tensor(features, shape)))
            .get(card.output());
    if (output == null || output.values().remaining() != Embedding.DIMENSIONS) {
      throw new InferenceException(
          "model "
              + card.id()
              + " gave no output "
              + card.output()
              + " of "
              + Embedding.DIMENSIONS);
    }
    return Embedding.of(network, output.values());
  }

  @Override
  public void close() {
    weights.close();
  }
}
