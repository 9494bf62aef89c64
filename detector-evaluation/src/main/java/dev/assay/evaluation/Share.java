package dev.assay.evaluation;

/**
 * How many of a number of files something holds for.
 *
 * @param count of these
 * @param of all
 * @param low lower end of the 95 % interval of the share, 0 to 1 (Wilson's score interval, by the
 *     number of groups, since files of one group are no independent witnesses)
 * @param high upper end
 */
public record Share(long count, long of, double low, double high) {

  private static final double NORMAL_975 = 1.959963984540054;

  static Share of(long count, long of, long groups) {
    if (of == 0) {
      return new Share(0, 0, 0, 1);
    }
    double p = (double) count / of;
    double n = Math.max(1, Math.min(groups, of));
    double z2 = NORMAL_975 * NORMAL_975;
    double centre = (p + z2 / (2 * n)) / (1 + z2 / n);
    double half = NORMAL_975 / (1 + z2 / n) * Math.sqrt(p * (1 - p) / n + z2 / (4 * n * n));
    return new Share(count, of, Math.max(0, centre - half), Math.min(1, centre + half));
  }

  /** The share itself, 0 to 1; 0 of nothing. */
  public double value() {
    return of == 0 ? 0 : (double) count / of;
  }
}
