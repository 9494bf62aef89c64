package dev.assay.internal.model;

import java.nio.FloatBuffer;
import java.util.Optional;

/** The mean of the features of several views. */
final class MeanFeatures {

  private double[] sums = new double[0];
  private int count;

  /** Adds those of a view; all have as many values. */
  void add(FloatBuffer values) {
    FloatBuffer from = values.duplicate().rewind();
    if (count == 0) {
      sums = new double[from.remaining()];
    }
    for (int i = 0; i < sums.length; i++) {
      sums[i] += from.get(i);
    }
    count++;
  }

  /** The mean; empty where there was no view. */
  Optional<FloatBuffer> values() {
    if (count == 0) {
      return Optional.empty();
    }
    FloatBuffer mean = FloatBuffer.allocate(sums.length);
    for (double sum : sums) {
      mean.put((float) (sum / count));
    }
    return Optional.of(mean.flip());
  }
}
