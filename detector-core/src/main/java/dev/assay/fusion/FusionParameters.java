package dev.assay.fusion;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.assay.MediaKind;
import dev.assay.Verdict.Measured;
import dev.assay.resource.ShippedData;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What fusion was fitted to: data that ships beside the models, never figures in code.
 *
 * @param image for pictures
 * @param video for clips
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record FusionParameters(OfKind image, OfKind video) {

  private static final String FILE = "/dev/assay/models/fusion.json";

  /**
   * The parameters for one kind of media.
   *
   * @param sums one for each set of models that may have a say together
   * @param thresholds where a probability carries a claim when no sum fits
   * @param faces how what models say of single faces comes in; null where none does
   * @param reach which answers changed copies of a picture can take away; null where not measured
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record OfKind(
      List<Sum> sums, Band thresholds, @Nullable Faces faces, @Nullable Reach reach) {
    public OfKind {
      sums = List.copyOf(sums);
    }

    /** The sum that was fitted for exactly these models. */
    Optional<Sum> sum(Set<String> models) {
      return sums.stream().filter(sum -> sum.weights().keySet().equals(models)).findFirst();
    }
  }

  /**
   * How near to their threshold, in log-odds, all answers lay that a changed copy took away.
   *
   * @param synthetic of pictures called synthetic
   * @param authentic of pictures called not synthetic
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Reach(double synthetic, double authentic) {}

  /**
   * How faces count. Synthetic media is a mixture: generated as a whole, of which the sum over the
   * whole picture tells, or a face was put into real media, of which only that face tells. A face
   * that looks real takes nothing away: generated media holds such faces too.
   *
   * @param share of synthetic media with faces that has a manipulated one and is real otherwise,
   *     strictly between 0 and 1
   */
  public record Faces(double share) {
    public Faces {
      if (!(share > 0 && share < 1)) {
        throw new IllegalArgumentException("a share lies between 0 and 1: " + share);
      }
    }

    /** The log-likelihood ratio of the mixture, or of the whole where that is more. */
    double mixed(double whole, double face) {
      return Math.max(whole, Math.log((1 - share) * Math.exp(whole) + share * Math.exp(face)));
    }
  }

  /**
   * Where the answers of a set of models begin, and how often they err.
   *
   * @param weights by model id; the models are what counts here
   * @param thresholds where a probability carries a claim
   * @param measured how often these models err at the thresholds, at a prior of 0.5
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Sum(Map<String, Double> weights, Band thresholds, Rates measured) {
    public Sum {
      weights = Map.copyOf(weights);
    }
  }

  /**
   * How often models err, as {@link Measured} has it.
   *
   * @param missed null where not measured
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Rates(double falsePositives, double recall, @Nullable Double missed) {

    /** The same for a verdict. */
    Measured measured() {
      return new Measured(
          falsePositives,
          recall,
          missed == null ? OptionalDouble.empty() : OptionalDouble.of(missed));
    }
  }

  /**
   * The inconclusive middle, at a prior of 0.5.
   *
   * @param synthetic probability from which media is called synthetic
   * @param authentic probability up to which media is called not synthetic, less than {@code
   *     synthetic}
   */
  public record Band(double synthetic, double authentic) {
    public Band {
      if (!(authentic >= 0 && authentic < synthetic && synthetic <= 1)) {
        throw new IllegalArgumentException(
            "thresholds must satisfy 0 <= authentic < synthetic <= 1: "
                + authentic
                + ", "
                + synthetic);
      }
    }
  }

  /**
   * The parameters for a kind of media; audio, for which no classifier ships, goes by those of
   * pictures.
   */
  OfKind of(MediaKind kind) {
    return kind == MediaKind.VIDEO ? video : image;
  }

  /** The parameters that ship with the models. */
  public static FusionParameters shipped() {
    return ShippedData.read(FILE, FusionParameters.class);
  }
}
