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
  private final Map<Seen, Map<String, Tensor>> withPatches = new HashMap<>();

  /** The outputs of a backbone for a view, by name; those of single patches need not be there. */
  Map<String, Tensor> of(Backbone backbone, View view) {
    Seen seen = new Seen(backbone, view);
    Map<String, Tensor> all = withPatches.get(seen);
    return all != null
        ? all
        : known.computeIfAbsent(seen, unknown -> backbone.features(view, false));
  }

  /**
   * The outputs of a backbone for a view, by name, with those of single patches: some megabytes,
   * and a second run where the view was looked at without them before.
   */
  Map<String, Tensor> withPatches(Backbone backbone, View view) {
    return withPatches.computeIfAbsent(
        new Seen(backbone, view), unknown -> backbone.features(view, true));
  }

  /** The outputs of a backbone for a window of sound, by name. */
  Map<String, Tensor> of(Backbone backbone, Window window) {
    return known.computeIfAbsent(new Seen(backbone, window), seen -> backbone.features(window));
  }
}
