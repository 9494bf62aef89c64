package dev.assay.internal.model;

import dev.assay.internal.inference.Tensor;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;

/** The mean of the features of several views. */
final class MeanFeatures {

  private double[] sums = new double[0];
  private List<Long> shape = List.of();
  private int count;

  /** Adds those of a view; all have the same shape. */
  void add(Tensor features) {
    FloatBuffer from = features.values().duplicate().rewind();
    if (count == 0) {
      sums = new double[from.remaining()];
      shape = features.shape();
    }
    for (int i = 0; i < sums.length; i++) {
      sums[i] += from.get(i);
    }
    count++;
  }

  /** The mean; empty where there was no view. */
  Optional<Tensor> mean() {
    if (count == 0) {
      return Optional.empty();
    }
    FloatBuffer mean = FloatBuffer.allocate(sums.length);
    for (double sum : sums) {
      mean.put((float) (sum / count));
    }
    return Optional.of(new Tensor(mean.flip(), shape));
  }
}
