package dev.assay.internal.sound;

import dev.assay.internal.inference.InferenceException;
import dev.assay.internal.inference.OnnxNetwork;
import dev.assay.internal.inference.Tensor;
import dev.assay.spi.Sound;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;

/**
 * Finds voice in sound at {@link Sound#RATE}, by a network of the form of Silero's detector (Silero
 * Team, 2021 to 2025): a recurrent one that reads chunks of 32 ms with the 4 ms before each. Owns
 * its network; thread-safe.
 */
public final class VoiceActivity implements AutoCloseable {

  /** Samples of a chunk. */
  public static final int CHUNK = 512;

  /** Samples before a chunk that are read with it. */
  private static final int CONTEXT = 64;

  private static final int STATE = 128;
  private static final double VOICE = 0.5;

  private final OnnxNetwork network;

  /** Takes the ownership of a network. */
  public VoiceActivity(OnnxNetwork network) {
    this.network = network;
  }

  /** Begins to listen to a sound. */
  public Listener listen() {
    return new Listener();
  }

  @Override
  public void close() {
    network.close();
  }

  /** Listens to one sound from its start to its end. Not thread-safe. */
  public final class Listener {

    private final float[] context = new float[CONTEXT];
    private final float[] rest = new float[CHUNK];
    private int held;
    private Tensor hidden = nothing();
    private Tensor cell = nothing();

    private Listener() {}

    /**
     * Hears what follows on what was heard before.
     *
     * @return for each chunk that became complete whether it is voice
     */
    public boolean[] hear(float[] samples) {
      int chunks = (held + samples.length) / CHUNK;
      float[] all = new float[CONTEXT + held + samples.length];
      System.arraycopy(context, 0, all, 0, CONTEXT);
      System.arraycopy(rest, 0, all, CONTEXT, held);
      System.arraycopy(samples, 0, all, CONTEXT + held, samples.length);
      boolean[] voiced = chunks == 0 ? new boolean[0] : told(all, chunks);
      int read = chunks * CHUNK;
      System.arraycopy(all, read, context, 0, CONTEXT);
      held += samples.length - read;
      System.arraycopy(all, CONTEXT + read, rest, 0, held);
      return voiced;
    }

    private boolean[] told(float[] all, int chunks) {
      FloatBuffer parts = FloatBuffer.allocate(chunks * (CONTEXT + CHUNK));
      for (int i = 0; i < chunks; i++) {
        parts.put(all, i * CHUNK, CONTEXT + CHUNK);
      }
      Tensor input = new Tensor(parts.flip(), List.of((long) chunks, (long) CONTEXT + CHUNK));
      Map<String, Tensor> outputs = network.run(Map.of("input", input, "h", hidden, "c", cell));
      hidden = output(outputs, "hn", STATE);
      cell = output(outputs, "cn", STATE);
      FloatBuffer probabilities = output(outputs, "speech_probs", chunks).values();
      boolean[] voiced = new boolean[chunks];
      for (int i = 0; i < chunks; i++) {
        voiced[i] = probabilities.get(i) > VOICE;
      }
      return voiced;
    }

    private static Tensor output(Map<String, Tensor> outputs, String name, int size) {
      Tensor output = outputs.get(name);
      if (output == null || output.values().remaining() != size) {
        throw new InferenceException(
            "the voice activity detector gave no output " + name + " of " + size + " values");
      }
      return output;
    }

    private static Tensor nothing() {
      return new Tensor(FloatBuffer.allocate(STATE), List.of(1L, 1L, (long) STATE));
    }
  }
}
