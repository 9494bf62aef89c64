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

  private record Seen(Backbone backbone, Object view) {}

  private final Map<Seen, Map<String, Tensor>> known = new HashMap<>();

  /** The outputs of a backbone for a view, by name. */
  Map<String, Tensor> of(Backbone backbone, View view) {
    return known.computeIfAbsent(new Seen(backbone, view), seen -> backbone.features(view));
  }

  /** The outputs of a backbone for a window of sound, by name. */
  Map<String, Tensor> of(Backbone backbone, Window window) {
    return known.computeIfAbsent(new Seen(backbone, window), seen -> backbone.features(window));
  }
}
