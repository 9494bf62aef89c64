package dev.assay.internal.model;

import dev.assay.internal.inference.Tensor;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * A square of pixels that a model looks at.
 *
 * @param region the part of the picture that it shows
 * @param pixels what the model sees
 */
record View(Rectangle region, RgbPixels pixels) {

  /** Mean gradient, in grey levels a pixel, below which there is nothing to judge by. */
  private static final double TEXTURE = 0.5;

  /** Whether there is anything to judge by; a plain wall and a blown-out sky have none. */
  boolean textured() {
    return pixels.grey().meanGradient() >= TEXTURE;
  }

  /** Views as {@code [views, 3, side, side]}, normalised as a card says. */
  static Tensor tensor(List<View> views, ModelCard.Pixels input) {
    int side = input.side();
    FloatBuffer values = FloatBuffer.allocate(views.size() * 3 * side * side);
    views.forEach(view -> view.pixels().writeTo(values, input));
    return new Tensor(values.flip(), List.of((long) views.size(), 3L, (long) side, (long) side));
  }
}
