package dev.assay.internal.model;

import dev.assay.internal.inference.Tensor;
import java.util.HashMap;
import java.util.Map;

/** What backbones say of the views of one picture; each backbone sees each view once. */
final class Features {

  private record Seen(Backbone backbone, View view) {}

  private final Map<Seen, Map<String, Tensor>> known = new HashMap<>();

  /** The outputs of a backbone for a view, by name. */
  Map<String, Tensor> of(Backbone backbone, View view) {
    return known.computeIfAbsent(new Seen(backbone, view), seen -> backbone.features(view));
  }
}
