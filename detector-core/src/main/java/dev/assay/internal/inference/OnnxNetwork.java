package dev.assay.internal.inference;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoBatchifyTranslator;
import ai.djl.translate.TranslateException;
import ai.djl.translate.TranslatorContext;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import dev.assay.ModelException;
import dev.assay.internal.natives.OnnxRuntime;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * An ONNX network, loaded once. Thread-safe: predictors are pooled, the weights are shared.
 *
 * <p>Owns native memory; {@link #close} frees it and must not run during a {@link #run}.
 */
public final class OnnxNetwork implements AutoCloseable {

  private static final String ENGINE = "OnnxRuntime";

  private final String id;
  private final Model model;
  private final Queue<Predictor<Asked, Map<String, Tensor>>> idle = new ConcurrentLinkedQueue<>();

  private record Asked(Map<String, Tensor> inputs, long most) {}

  private OnnxNetwork(String id, Model model) {
    this.id = id;
    this.model = model;
  }

  /**
   * Loads a network.
   *
   * @param id what messages call it
   * @param weights the ONNX file; not needed afterwards
   * @param origin where it lies, for messages
   * @param threads threads that one inference may use
   * @throws ModelException if the weights are no network
   */
  public static OnnxNetwork load(String id, Path weights, String origin, int threads) {
    OnnxRuntime.prepare();
    Model model = empty(id);
    try (SessionOptions options = options(threads)) {
      model.load(weights, null, Map.of("sessionOptions", options));
      return new OnnxNetwork(id, model);
    } catch (IOException
        | OrtException
        | MalformedModelException
        | RuntimeException
        | LinkageError e) {
      model.close();
      throw new ModelException(
          "Model " + id + " in " + origin + " cannot be loaded: " + e.getMessage(), e);
    }
  }

  /** Threads that wait for their share of an inference sleep: others have work to do meanwhile. */
  private static SessionOptions options(int threads) throws OrtException {
    SessionOptions options = new SessionOptions();
    options.setIntraOpNumThreads(threads);
    options.setInterOpNumThreads(1);
    options.addConfigEntry("session.intra_op.allow_spinning", "0");
    return options;
  }

  private static Model empty(String id) {
    try {
      return Model.newInstance(id, Device.cpu(), ENGINE);
    } catch (RuntimeException | LinkageError e) {
      throw new ModelException(
          "ONNX Runtime cannot be loaded: "
              + said(e)
              + ". Check that its jar for this platform is on the class path, or its library in the"
              + " folder that -Dassay.natives names, and that the cache and temporary folders can be"
              + " written and run from.",
          e);
    }
  }

  /** What went wrong; an error while a class is set up says so only in its cause. */
  private static String said(Throwable error) {
    Throwable speaking = error;
    while (speaking.getMessage() == null && speaking.getCause() != null) {
      speaking = speaking.getCause();
    }
    return String.valueOf(speaking.getMessage());
  }

  /** The names of the network's inputs. */
  public List<String> inputs() {
    return model.describeInput().keys();
  }

  /**
   * Runs the network.
   *
   * @param inputs by name, one for each of {@link #inputs}
   * @return the outputs by name
   * @throws InferenceException if the network does not take these inputs
   */
  public Map<String, Tensor> run(Map<String, Tensor> inputs) {
    return run(inputs, Long.MAX_VALUE);
  }

  /**
   * Runs the network, and copies only its small outputs.
   *
   * @param inputs by name, one for each of {@link #inputs}
   * @param most values that an output has that is given back
   * @return the outputs of at most so many values, by name
   * @throws InferenceException if the network does not take these inputs
   */
  public Map<String, Tensor> run(Map<String, Tensor> inputs, long most) {
    Predictor<Asked, Map<String, Tensor>> predictor = borrow();
    InferenceEvent event = new InferenceEvent();
    event.begin();
    try {
      return predictor.predict(new Asked(inputs, most));
    } catch (TranslateException e) {
      throw new InferenceException("model " + id + " failed: " + e.getMessage(), e);
    } finally {
      event.commit();
      idle.add(predictor);
    }
  }

  private Predictor<Asked, Map<String, Tensor>> borrow() {
    @Nullable Predictor<Asked, Map<String, Tensor>> predictor = idle.poll();
    return predictor != null ? predictor : model.newPredictor(new NamedTensors(inputs()));
  }

  @Override
  public void close() {
    idle.forEach(Predictor::close);
    idle.clear();
    model.close();
  }

  /** Hands tensors to the engine in its order, and takes what it gives. */
  private record NamedTensors(List<String> names)
      implements NoBatchifyTranslator<Asked, Map<String, Tensor>> {

    private static final String MOST = "most";

    @Override
    public NDList processInput(TranslatorContext context, Asked asked) {
      context.setAttachment(MOST, asked.most());
      NDList list = new NDList();
      for (String name : names) {
        Tensor tensor = asked.inputs().get(name);
        if (tensor == null) {
          throw new IllegalArgumentException(
              "it reads " + name + ", but there is only " + asked.inputs().keySet());
        }
        Shape shape = new Shape(tensor.shape());
        NDArray array = context.getNDManager().create(tensor.values().duplicate(), shape);
        array.setName(name);
        list.add(array);
      }
      return list;
    }

    @Override
    public Map<String, Tensor> processOutput(TranslatorContext context, NDList list) {
      long most = (Long) context.getAttachment(MOST);
      Map<String, Tensor> outputs = new LinkedHashMap<>();
      for (NDArray array : list) {
        if (array.size() > most) {
          continue;
        }
        List<Long> shape = Arrays.stream(array.getShape().getShape()).boxed().toList();
        outputs.put(array.getName(), new Tensor(FloatBuffer.wrap(array.toFloatArray()), shape));
      }
      return outputs;
    }
  }
}
