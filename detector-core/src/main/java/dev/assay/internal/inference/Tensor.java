package dev.assay.internal.inference;

import java.nio.FloatBuffer;
import java.util.List;

/**
 * Floats with a shape.
 *
 * @param values row-major, ready to read
 * @param shape sizes of the axes
 */
public record Tensor(FloatBuffer values, List<Long> shape) {

  /** The size of an axis. */
  public int size(int axis) {
    return Math.toIntExact(shape.get(axis));
  }
}
