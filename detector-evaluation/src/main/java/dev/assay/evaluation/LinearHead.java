package dev.assay.evaluation;

import de.bwaldvogel.liblinear.Feature;
import de.bwaldvogel.liblinear.FeatureNode;
import de.bwaldvogel.liblinear.Linear;
import de.bwaldvogel.liblinear.Model;
import de.bwaldvogel.liblinear.Parameter;
import de.bwaldvogel.liblinear.Problem;
import de.bwaldvogel.liblinear.SolverType;
import java.util.List;
import java.util.Random;

/** Logistic regression with a ridge penalty, both classes weighing alike, by LIBLINEAR. */
final class LinearHead {

  private static final double TOLERANCE = 1e-2;
  private static final int ITERATIONS = 300;
  private static final long SEED = 1;

  private final double[] weights;
  private final double intercept;

  private LinearHead(double[] weights, double intercept) {
    this.weights = weights;
    this.intercept = intercept;
  }

  /**
   * Fits a head.
   *
   * @param rows of as many components each
   * @param positive the class of each; both are there
   * @param strength inverse of the penalty
   */
  static LinearHead fit(List<Components> rows, List<Boolean> positive, double strength) {
    int n = rows.size();
    int size = rows.get(0).size();
    long positives = positive.stream().filter(p -> p).count();
    Problem problem = new Problem();
    problem.l = n;
    problem.n = size + 1;
    problem.bias = 1;
    problem.x = new Feature[n][];
    problem.y = new double[n];
    for (int i = 0; i < n; i++) {
      Feature[] features = new Feature[size + 1];
      for (int j = 0; j < size; j++) {
        features[j] = new FeatureNode(j + 1, rows.get(i).get(j));
      }
      features[size] = new FeatureNode(size + 1, 1);
      problem.x[i] = features;
      problem.y[i] = positive.get(i) ? 1 : 0;
    }
    Parameter parameter = new Parameter(SolverType.L2R_LR, strength, TOLERANCE, ITERATIONS, 0.1);
    parameter.setRegularizeBias(false);
    parameter.setRandom(new Random(SEED));
    parameter.setWeights(
        new double[] {n / 2.0 / positives, n / 2.0 / (n - positives)}, new int[] {1, 0});
    Linear.disableDebugOutput();
    Model model = Linear.train(problem, parameter);
    // The weights are those of the first label that was met.
    double sign = model.getLabels()[0] == 1 ? 1 : -1;
    double[] weights = new double[size];
    for (int j = 0; j < size; j++) {
      weights[j] = sign * model.getFeatureWeights()[j];
    }
    return new LinearHead(weights, sign * model.getFeatureWeights()[size]);
  }

  double score(Components row) {
    double sum = intercept;
    for (int j = 0; j < weights.length; j++) {
      sum += weights[j] * row.get(j);
    }
    return sum;
  }

  double weight(int number) {
    return weights[number];
  }

  double intercept() {
    return intercept;
  }

  /** The slope and intercept that make log-likelihood ratios of scores, both classes alike. */
  static Line line(List<Double> scores, List<Boolean> positive) {
    LinearHead fit =
        fit(scores.stream().map(score -> new Components(score)).toList(), positive, 1000);
    return new Line(fit.weight(0), fit.intercept());
  }

  /**
   * A straight line.
   *
   * @param slope factor
   * @param intercept added after it
   */
  record Line(double slope, double intercept) {
    double apply(double score) {
      return slope * score + intercept;
    }
  }
}
