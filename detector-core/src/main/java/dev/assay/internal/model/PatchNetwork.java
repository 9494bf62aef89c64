package dev.assay.internal.model;

import dev.assay.internal.inference.InferenceException;
import dev.assay.internal.inference.OnnxNetwork;
import dev.assay.internal.inference.Tensor;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A network that reads a backbone's tokens of the patches of several squares as one grid, and says
 * of each patch, and of all, whether it was changed. Owns its network, not its backbone;
 * thread-safe.
 */
final class PatchNetwork implements AutoCloseable {

  private final LocalEditsCard card;
  private final OnnxNetwork network;
  private final Backbone backbone;

  /**
   * What was found.
   *
   * @param score log-odds that any part was changed
   * @param patches log-odds of each patch
   */
  record Found(double score, PatchScores patches) {}

  PatchNetwork(ModelFolder<LocalEditsCard> folder, Backbone backbone, int threads) {
    this.card = folder.card();
    this.backbone = backbone;
    this.network = folder.network(threads);
  }

  LocalEditsCard card() {
    return card;
  }

  /** Side of a square, in pixels. */
  int side() {
    return backbone.side();
  }

  /**
   * Looks at squares.
   *
   * @param features what backbones said of them so far
   * @throws InferenceException if the backbone gives no tokens, or the network anything but finite
   *     log-odds
   */
  Found find(Tiles tiles, Features features) {
    List<Tensor> tokens = new ArrayList<>();
    for (View view : tiles.views()) {
      Tensor seen = features.withPatches(backbone, view).get(card.tokens());
      if (seen == null || seen.shape().size() != 4) {
        throw new InferenceException(
            "the backbone " + backbone.card().id() + " gave no output " + card.tokens());
      }
      tokens.add(seen);
    }
    int along = (int) Math.round(Math.sqrt(tokens.get(0).size(2)));
    int columns = along * tiles.columns();
    int rows = along * tiles.rows();
    Map<String, Tensor> outputs =
        network.run(Map.of(network.inputs().get(0), grid(tiles, tokens, along)));
    FloatBuffer patches = values(outputs, card.output().patches(), columns * rows);
    List<Float> scores = new ArrayList<>(columns * rows);
    while (patches.hasRemaining()) {
      scores.add(finite(patches.get()));
    }
    double score = finite(values(outputs, card.output().picture(), 1).get(0));
    return new Found(score, new PatchScores(tiles.part(), columns, rows, scores));
  }

  private float finite(float score) {
    if (!Float.isFinite(score)) {
      throw new InferenceException("model " + card.id() + " gave a score that is no number");
    }
    return score;
  }

  private FloatBuffer values(Map<String, Tensor> outputs, String name, int count) {
    Tensor output = outputs.get(name);
    if (output == null || output.values().remaining() != count) {
      throw new InferenceException(
          "model " + card.id() + " gave no output " + name + " with " + count + " values");
    }
    return output.values().duplicate();
  }

  /**
   * The tokens of all squares as one grid, {@code [1, rows, columns, blocks * width]}: those of a
   * place one block after the other.
   */
  private static Tensor grid(Tiles tiles, List<Tensor> tokens, int along) {
    int blocks = tokens.get(0).size(1);
    int patches = tokens.get(0).size(2);
    int width = tokens.get(0).size(3);
    int columns = along * tiles.columns();
    int rows = along * tiles.rows();
    float[] grid = new float[rows * columns * blocks * width];
    for (int tile = 0; tile < tokens.size(); tile++) {
      FloatBuffer values = tokens.get(tile).values();
      int left = tile % tiles.columns() * along;
      int top = tile / tiles.columns() * along;
      for (int patch = 0; patch < patches; patch++) {
        int place = (top + patch / along) * columns + left + patch % along;
        for (int block = 0; block < blocks; block++) {
          values.get(
              (block * patches + patch) * width, grid, (place * blocks + block) * width, width);
        }
      }
    }
    return new Tensor(
        FloatBuffer.wrap(grid), List.of(1L, (long) rows, (long) columns, (long) blocks * width));
  }

  @Override
  public void close() {
    network.close();
  }
}
