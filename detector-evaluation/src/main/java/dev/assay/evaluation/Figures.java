package dev.assay.evaluation;

/**
 * What scores of labelled files are worth.
 *
 * @param auroc area under the receiver operating characteristic
 * @param averagePrecision mean precision over recall, at the shares of the classes as they are
 * @param balancedAccuracy mean of both classes' shares that lie on their side of even odds
 * @param recallAt1 recall where 1 % of real files are called synthetic
 * @param recallAt5 recall where 5 % are
 * @param calibrationError expected calibration error
 * @param brier mean squared error of the probability
 * @param cllr cost of log-likelihood ratios, in bits
 * @param leastCllr the least cost with any monotone calibration
 */
public record Figures(
    Measure auroc,
    Measure averagePrecision,
    Measure balancedAccuracy,
    Measure recallAt1,
    Measure recallAt5,
    Measure calibrationError,
    Measure brier,
    Measure cllr,
    Measure leastCllr) {

  /** Measures, with intervals of a bootstrap over groups. */
  static Figures of(Labelled files, Bootstrap bootstrap) {
    return new Figures(
        bootstrap.measure(files, Ranking::auroc),
        bootstrap.measure(files, Ranking::averagePrecision),
        bootstrap.measure(files, Figures::balancedAccuracy),
        bootstrap.measure(files, drawn -> Ranking.recallAt(drawn, 0.01)),
        bootstrap.measure(files, drawn -> Ranking.recallAt(drawn, 0.05)),
        bootstrap.measure(files, Calibration::expectedError),
        bootstrap.measure(files, Calibration::brier),
        bootstrap.measure(files, Calibration::cllr),
        bootstrap.measure(files, Calibration::leastCllr));
  }

  private static double balancedAccuracy(Labelled files) {
    double found = 0;
    double kept = 0;
    for (int i = 0; i < files.size(); i++) {
      if (files.synthetic(i)) {
        found += files.score(i) > 0 ? files.weight(i) : 0;
      } else {
        kept += files.score(i) <= 0 ? files.weight(i) : 0;
      }
    }
    return (found / files.weight(true) + kept / files.weight(false)) / 2;
  }
}
