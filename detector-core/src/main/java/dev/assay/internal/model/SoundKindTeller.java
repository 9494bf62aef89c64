package dev.assay.internal.model;

import dev.assay.internal.inference.InferenceException;
import dev.assay.internal.inference.OnnxNetwork;
import dev.assay.internal.inference.Tensor;
import dev.assay.internal.sound.Window;
import java.nio.FloatBuffer;

/** Tells what a window of sound holds. Owns its network, not its backbone; thread-safe. */
final class SoundKindTeller implements AutoCloseable {

  private final SoundKindCard card;
  private final OnnxNetwork network;
  private final Backbone backbone;

  SoundKindTeller(ModelFolder<SoundKindCard> folder, Backbone backbone, int threads) {
    this.card = folder.card();
    this.backbone = backbone;
    this.network = folder.network(threads);
  }

  /** The kind whose logit is the largest; {@link SoundKind#OTHER} where none is positive. */
  SoundKind of(Window window, Features features) {
    Tensor output = network.run(features.of(backbone, window)).get(card.output());
    if (output == null || output.values().remaining() != card.kinds().size()) {
      throw new InferenceException(
          "model " + card.id() + " gave no output " + card.output() + " with a value a kind");
    }
    FloatBuffer logits = output.values();
    SoundKind found = SoundKind.OTHER;
    float most = 0;
    for (int i = 0; i < card.kinds().size(); i++) {
      if (logits.get(i) > most) {
        most = logits.get(i);
        found = SoundKind.of(card.kinds().get(i));
      }
    }
    return found;
  }

  @Override
  public void close() {
    network.close();
  }
}
