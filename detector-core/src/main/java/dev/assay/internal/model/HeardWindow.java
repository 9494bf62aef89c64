package dev.assay.internal.model;

import dev.assay.internal.sound.Window;
import java.util.Map;

/**
 * What was heard in a window of sound; the samples are gone.
 *
 * @param from where it begins, in seconds
 * @param to where it ends, in seconds
 * @param kind what it holds
 * @param logits what models say of it, by model id
 */
record HeardWindow(double from, double to, SoundKind kind, Map<String, Double> logits) {

  HeardWindow {
    logits = Map.copyOf(logits);
  }

  static HeardWindow of(Window window, SoundKind kind, Map<String, Double> logits) {
    return new HeardWindow(window.from(), window.to(), kind, logits);
  }

  double middle() {
    return (from + to) / 2;
  }
}
