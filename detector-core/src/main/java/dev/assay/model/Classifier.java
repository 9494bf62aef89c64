package dev.assay.model;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.Batchifier;
import ai.djl.translate.TranslateException;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorContext;
import dev.assay.ModelException;
import dev.assay.Picture;
import dev.assay.natives.OnnxRuntime;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * One trained model, ready to score pictures. Thread-safe: predictors are pooled, the weights are
 * shared.
 *
 * <p>Owns native memory; {@link #close} frees it and must not run while a picture is being scored.
 */
final class Classifier implements AutoCloseable {

  private static final String ENGINE = "OnnxRuntime";

  private final ModelCard card;
  private final CropGrid grid;
  private final Model model;
  private final Queue<Predictor<Batch, float[]>> idle = new ConcurrentLinkedQueue<>();

  /** Crops as one tensor. */
  private record Batch(FloatBuffer values, Shape shape) {}

  /**
   * What the model says of one picture.
   *
   * @param score mean of the logits
   * @param crops where it looked
   * @param logits what it said there
   */
  record Scores(double score, List<CropGrid.Crop> crops, List<Double> logits) {}

  private Classifier(ModelCard card, Model model) {
    this.card = card;
    this.grid = new CropGrid(card);
    this.model = model;
  }

  /**
   * Loads a model.
   *
   * @param folder where it lies
   * @param threads threads that one inference may use
   * @throws ModelException if its weights are not those of its card, or are no model
   */
  static Classifier load(ModelFolder folder, int threads) {
    byte[] weights = folder.verifiedWeights();
    OnnxRuntime.prepare();
    Model model = empty(folder.card().id());
    try {
      model.load(
          new ByteArrayInputStream(weights),
          Map.of("intraOpNumThreads", Integer.toString(threads), "interOpNumThreads", "1"));
      return new Classifier(folder.card(), model);
    } catch (IOException | MalformedModelException | RuntimeException | LinkageError e) {
      model.close();
      throw new ModelException(
          "Model "
              + folder.card().id()
              + " in "
              + folder.origin()
              + " cannot be loaded: "
              + e.getMessage(),
          e);
    }
  }

  private static Model empty(String id) {
    try {
      return Model.newInstance(id, Device.cpu(), ENGINE);
    } catch (RuntimeException | LinkageError e) {
      throw new ModelException(
          "ONNX Runtime cannot be loaded: "
              + e.getMessage()
              + ". Check that its jar for this platform is on the class path and that the cache and"
              + " temporary folders can be written and run from.",
          e);
    }
  }

  ModelCard card() {
    return card;
  }

  /**
   * Scores a picture.
   *
   * @throws ModelException if the model fails or gives anything but one finite logit a crop
   */
  Scores score(Picture picture) {
    List<CropGrid.Crop> crops = grid.crops(picture.width(), picture.height());
    Batch batch =
        new Batch(
            grid.tensor(picture, crops),
            new Shape(crops.size(), 3, card.input().height(), card.input().width()));
    float[] logits = predict(batch);
    if (logits.length != crops.size()) {
      throw new ModelException(
          "Model "
              + card.id()
              + " gave "
              + logits.length
              + " values for "
              + crops.size()
              + " crops.");
    }
    List<Double> perCrop = new ArrayList<>(logits.length);
    double sum = 0;
    for (float logit : logits) {
      perCrop.add((double) logit);
      sum += logit;
    }
    double score = sum / logits.length;
    if (!Double.isFinite(score)) {
      throw new ModelException("Model " + card.id() + " gave a score that is no number.");
    }
    return new Scores(score, crops, perCrop);
  }

  private float[] predict(Batch batch) {
    Predictor<Batch, float[]> predictor = borrow();
    try {
      return predictor.predict(batch);
    } catch (TranslateException e) {
      throw new ModelException("Model " + card.id() + " failed: " + e.getMessage(), e);
    } finally {
      idle.add(predictor);
    }
  }

  private Predictor<Batch, float[]> borrow() {
    @Nullable Predictor<Batch, float[]> predictor = idle.poll();
    return predictor != null
        ? predictor
        : model.newPredictor(new CropTranslator(card.input().name()));
  }

  @Override
  public void close() {
    idle.forEach(Predictor::close);
    idle.clear();
    model.close();
  }

  /** Hands the batch to the engine as it is; the batch is made by {@link CropGrid}. */
  private record CropTranslator(String inputName) implements Translator<Batch, float[]> {

    @Override
    public NDList processInput(TranslatorContext context, Batch batch) {
      NDArray array = context.getNDManager().create(batch.values(), batch.shape());
      array.setName(inputName);
      return new NDList(array);
    }

    @Override
    public float[] processOutput(TranslatorContext context, NDList list) {
      return list.singletonOrThrow().toFloatArray();
    }

    @Override
    public @Nullable Batchifier getBatchifier() {
      return null;
    }
  }
}
