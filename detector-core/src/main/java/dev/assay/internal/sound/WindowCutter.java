package dev.assay.internal.sound;

import dev.assay.spi.Sound;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Cuts a sound into windows of one length at even distances, as it comes; the last one ends where
 * the sound does. Of a sound shorter than a window there is one, from its first to its last voice.
 * Holds little more of it than a window, or what lies between two. Not thread-safe.
 */
public final class WindowCutter {

  /** Samples of a window: 4.04 seconds. */
  public static final int LENGTH = 64_640;

  /** The shortest sound that is worth a look, in samples: 1.5 seconds. */
  private static final int LEAST = 24_000;

  private final int hop;
  private final VoiceActivity.Listener listener;
  private final BitSet voiced = new BitSet();
  private int chunks;
  private float[] held = new float[2 * LENGTH];
  private long heldFrom;
  private int count;
  private long next;

  /**
   * A cutter.
   *
   * @param listener tells where voice is
   * @param hopSeconds from the beginning of a window to that of the next, at least 0.1
   */
  public WindowCutter(VoiceActivity.Listener listener, double hopSeconds) {
    this.listener = listener;
    this.hop = Math.max(Sound.RATE / 10, (int) (hopSeconds * Sound.RATE));
  }

  /**
   * Takes what follows on what was taken before.
   *
   * @return the windows that became complete, possibly none
   */
  public List<Window> add(float[] samples) {
    for (boolean voice : listener.hear(samples)) {
      voiced.set(chunks++, voice);
    }
    hold(samples);
    List<Window> complete = new ArrayList<>();
    while (heldFrom + count >= next + LENGTH && heard() >= next + LENGTH - VoiceActivity.CHUNK) {
      complete.add(window(next, next + LENGTH));
      next += hop;
      forget();
    }
    return complete;
  }

  /** What is left at the end of the sound: a window, or none. */
  public List<Window> end() {
    long end = heldFrom + count;
    if (end >= LENGTH) {
      long last = end - LENGTH;
      return last >= heldFrom && last > next - hop + hop / 2
          ? List.of(window(last, end))
          : List.of();
    }
    int first = voiced.nextSetBit(0);
    long from = first < 0 ? 0 : (long) first * VoiceActivity.CHUNK;
    long to = first < 0 ? end : Math.min(end, (long) voiced.length() * VoiceActivity.CHUNK);
    return to - from >= LEAST ? List.of(window(from, to)) : List.of();
  }

  /** Seconds of voice so far. */
  public double voicedSeconds() {
    return voiced.cardinality() * VoiceActivity.CHUNK / (double) Sound.RATE;
  }

  private long heard() {
    return (long) chunks * VoiceActivity.CHUNK;
  }

  private void hold(float[] samples) {
    if (count + samples.length > held.length) {
      held = Arrays.copyOf(held, Math.max(2 * held.length, count + samples.length));
    }
    System.arraycopy(samples, 0, held, count, samples.length);
    count += samples.length;
  }

  /** Lets go what neither the next window nor one that ends with the sound can need. */
  private void forget() {
    long needed = Math.min(next, heldFrom + count - LENGTH);
    int gone = (int) Math.max(0, needed - heldFrom);
    System.arraycopy(held, gone, held, 0, count - gone);
    count -= gone;
    heldFrom += gone;
  }

  private Window window(long from, long to) {
    int start = (int) (from - heldFrom);
    float[] samples = Arrays.copyOfRange(held, start, start + (int) (to - from));
    int firstChunk = (int) (from / VoiceActivity.CHUNK);
    int lastChunk = (int) (to / VoiceActivity.CHUNK);
    double share =
        voiced.get(firstChunk, lastChunk).cardinality()
            / (double) Math.max(1, lastChunk - firstChunk);
    return new Window(from / (double) Sound.RATE, samples, share);
  }
}
