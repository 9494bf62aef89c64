package dev.assay.evaluation;

/** A file's features in the basis of {@link LearnedStatistics}. Immutable. */
final class Components {

  private final double[] values;

  /** Takes the ownership of the values. */
  Components(double... values) {
    this.values = values;
  }

  int size() {
    return values.length;
  }

  double get(int number) {
    return values[number];
  }
}
