package dev.assay.internal.model;

import dev.assay.internal.inference.Tensor;
import dev.assay.internal.sound.Window;
import java.util.HashMap;
import java.util.Map;

/**
 * What backbones say of the views of one picture, or of a window of sound; each backbone sees each
 * once.
 */
final class Features {

  /** Values from which an output is large: those of single patches are, those of views are not. */
  private static final int LARGE = 100_000;

  private record Seen(Backbone backbone, Object view) {}

  private final Map<Seen, Map<String, Tensor>> known = new HashMap<>();
  private final boolean patches;

  /**
   * Nothing is known yet.
   *
   * @param patches whether what backbones say of single patches is kept, some megabytes a view
   */
  Features(boolean patches) {
    this.patches = patches;
  }

  /** The outputs of a backbone for a view, by name. */
  Map<String, Tensor> of(Backbone backbone, View view) {
    return known.computeIfAbsent(new Seen(backbone, view), seen -> kept(backbone.features(view)));
  }

  private Map<String, Tensor> kept(Map<String, Tensor> outputs) {
    Map<String, Tensor> kept = new HashMap<>(outputs);
    if (!patches) {
      kept.values().removeIf(output -> output.values().remaining() >= LARGE);
    }
    return kept;
  }

  /** The outputs of a backbone for a window of sound, by name. */
  Map<String, Tensor> of(Backbone backbone, Window window) {
    return known.computeIfAbsent(new Seen(backbone, window), seen -> backbone.features(window));
  }
}
