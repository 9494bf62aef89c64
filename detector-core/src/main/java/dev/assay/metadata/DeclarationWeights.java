package dev.assay.metadata;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.assay.resource.ShippedData;
import java.util.Map;

/**
 * How much a declaration of each strength weighs, by how often it was met in real and synthetic
 * files.
 *
 * @param format form of the file, 1
 * @param strengths counts by strength
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record DeclarationWeights(int format, Map<String, Counts> strengths) {

  private static final Counts NONE = new Counts(0, 0, 0, 0);
  private static final String RESOURCE = "/dev/assay/models/declarations.json";

  /**
   * How often a declaration of one strength was met, in files as they were found.
   *
   * @param synthetic synthetic files looked at
   * @param declaredSynthetic how many of them carried such a declaration
   * @param real real files looked at
   * @param declaredReal how many of them carried such a declaration
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Counts(long synthetic, long declaredSynthetic, long real, long declaredReal) {
    public Counts {
      if (declaredSynthetic < 0
          || declaredReal < 0
          || synthetic < declaredSynthetic
          || real < declaredReal) {
        throw new IllegalArgumentException("counts of declarations contradict each other");
      }
    }

    /**
     * The natural log-likelihood ratio of such a declaration: the ratio of the two shares, each
     * with half a file added to either side (Jeffreys' prior), so that what was never met is not
     * taken for impossible.
     */
    double logLikelihoodRatio() {
      return Math.log(share(declaredSynthetic, synthetic) / share(declaredReal, real));
    }

    private static double share(long count, long of) {
      return (count + 0.5) / (of + 1.0);
    }
  }

  public DeclarationWeights {
    strengths = Map.copyOf(strengths);
    for (Strength strength : Strength.values()) {
      if (!strengths.containsKey(strength.weighedAs().code())) {
        throw new IllegalArgumentException("no counts for the strength " + strength.code());
      }
    }
  }

  /**
   * The weights that ship.
   *
   * @throws dev.assay.InstallationException if they are missing or damaged
   */
  public static DeclarationWeights shipped() {
    return ShippedData.read(RESOURCE, DeclarationWeights.class);
  }

  /** The natural log-likelihood ratio of a declaration of that strength. */
  public double logLikelihoodRatio(Strength strength) {
    return strengths.getOrDefault(strength.weighedAs().code(), NONE).logLikelihoodRatio();
  }
}
