package dev.assay.internal.metadata;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.assay.internal.resource.ShippedData;
import java.util.Map;

/**
 * How much a declaration weighs, by how often its rule was met in real and synthetic files, and by
 * a prior count for rules that were met too rarely.
 *
 * @param format form of the file, 2
 * @param files files looked at
 * @param prior what is added to each rule's counts, by strength, and to {@code camera}
 * @param rules how many of the files carried the declaration of a rule; 0 for those not named
 * @param camera how many of the files named the camera that took them
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record DeclarationWeights(
    int format, Counts files, Map<String, Counts> prior, Map<String, Counts> rules, Counts camera) {

  private static final Counts NONE = new Counts(0, 0);
  private static final Counts EVEN = new Counts(0.5, 0.5);
  private static final String CAMERA = "camera";
  private static final String RESOURCE = "/dev/assay/models/declarations.json";

  /**
   * Numbers of files, which a prior may hold parts of.
   *
   * @param synthetic synthetic ones
   * @param real real ones
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Counts(double synthetic, double real) {
    public Counts {
      if (!(synthetic >= 0 && real >= 0)) {
        throw new IllegalArgumentException("counts of declarations are negative");
      }
    }
  }

  public DeclarationWeights {
    prior = Map.copyOf(prior);
    rules = Map.copyOf(rules);
    for (Strength strength : Strength.values()) {
      Counts counts = prior.getOrDefault(strength.code(), NONE);
      if (!(counts.synthetic() > 0 && counts.real() > 0)) {
        throw new IllegalArgumentException("no prior count for the strength " + strength.code());
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

  /**
   * The natural log-likelihood ratio of a rule's declaration: the ratio of the shares of files that
   * carry it, with the prior count of its strength added to both.
   *
   * @param rule the rule's name
   * @param strength how sure its declaration is
   */
  public double logLikelihoodRatio(String rule, Strength strength) {
    return logRatio(rules.getOrDefault(rule, NONE), prior.getOrDefault(strength.code(), EVEN));
  }

  /**
   * The natural log-likelihood ratio of a camera named in the same file, 0 or less; it only ever
   * takes from a declaration.
   */
  public double cameraLogLikelihoodRatio() {
    return Math.min(0, logRatio(camera, prior.getOrDefault(CAMERA, EVEN)));
  }

  private double logRatio(Counts met, Counts added) {
    return Math.log((met.synthetic() + added.synthetic()) / (files.synthetic() + 1))
        - Math.log((met.real() + added.real()) / (files.real() + 1));
  }
}
