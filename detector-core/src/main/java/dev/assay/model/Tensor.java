package dev.assay.model;

import java.nio.FloatBuffer;
import java.util.List;

/**
 * Floats with a shape.
 *
 * @param values row-major, ready to read
 * @param shape sizes of the axes
 */
record Tensor(FloatBuffer values, List<Long> shape) {

  /** Squares of pixels as {@code [views, 3, side, side]}, normalised as a card says. */
  static Tensor of(List<View> views, ModelCard.Pixels input) {
    int side = input.side();
    FloatBuffer values = FloatBuffer.allocate(views.size() * 3 * side * side);
    views.forEach(view -> view.pixels().writeTo(values, input));
    return new Tensor(values.flip(), List.of((long) views.size(), 3L, (long) side, (long) side));
  }
}
