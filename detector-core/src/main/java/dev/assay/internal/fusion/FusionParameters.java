package dev.assay.internal.fusion;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.assay.MediaKind;
import dev.assay.Verdict.Measured;
import dev.assay.Verdict.Unseen;
import dev.assay.internal.resource.ShippedData;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What fusion was fitted to: data that ships beside the models, never figures in code.
 *
 * @param image for pictures
 * @param video for clips
 * @param audio for sound, also that of clips
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record FusionParameters(OfKind image, OfKind video, OfKind audio) {

  private static final String FILE = "/dev/assay/models/fusion.json";

  /**
   * The parameters for one kind of media.
   *
   * @param sums one for each set of models that may have a say together
   * @param thresholds where a probability carries a claim when no sum fits
   * @param faces how what models say of single faces comes in; null where none does
   * @param reach which answers changed copies of a picture can take away; null where not measured
   * @param early when one model's score settles the answer; null where all are always asked
   * @param edits when a part counts as changed; null where nothing looks for changed parts
   * @param stream what a user fitted to media of their own; null where nothing is
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record OfKind(
      List<Sum> sums,
      Band thresholds,
      @Nullable Faces faces,
      @Nullable Reach reach,
      @Nullable Early early,
      @Nullable Edits edits,
      @Nullable StreamFit stream) {
    public OfKind {
      sums = List.copyOf(sums);
    }

    /** As data has it, with nothing fitted to a user's media. */
    @JsonCreator
    public OfKind(
        @JsonProperty("sums") List<Sum> sums,
        @JsonProperty("thresholds") Band thresholds,
        @JsonProperty("faces") @Nullable Faces faces,
        @JsonProperty("reach") @Nullable Reach reach,
        @JsonProperty("early") @Nullable Early early,
        @JsonProperty("edits") @Nullable Edits edits) {
      this(sums, thresholds, faces, reach, early, edits, null);
    }

    /** The same as it was fitted to a user's media, with the answers and error rates of that. */
    private OfKind fitted(@Nullable StreamFit fit) {
      return fit == null
          ? this
          : new OfKind(
              sums.stream()
                  .map(
                      sum ->
                          new Sum(
                              sum.weights(),
                              sum.intercept(),
                              sum.bounds(),
                              fit.thresholds(),
                              fit.measured()))
                  .toList(),
              fit.thresholds(),
              faces,
              null,
              early,
              edits,
              fit);
    }

    /**
     * The sum that was fitted for most of these models, and for none that is not among them; of
     * equals, the first.
     */
    public Optional<Sum> sum(Set<String> models) {
      return sums.stream()
          .filter(sum -> models.containsAll(sum.weights().keySet()))
          .reduce((first, next) -> next.weights().size() > first.weights().size() ? next : first);
    }

    /** The same without the sums of some models, and with others before the rest. */
    private OfKind with(List<Sum> own, Set<String> replaced) {
      List<Sum> all = new ArrayList<>(own);
      sums.stream()
          .filter(sum -> Collections.disjoint(sum.weights().keySet(), replaced))
          .forEach(all::add);
      boolean asFitted = own.isEmpty() && replaced.isEmpty();
      return new OfKind(all, thresholds, faces, reach, asFitted ? early : null, edits, stream);
    }
  }

  /**
   * When a part counts as changed.
   *
   * @param whole factor of what the first look says, log-odds
   * @param close factor of what the second look says, log-odds
   * @param intercept added to both
   * @param bound largest log-likelihood ratio, in either direction
   * @param gate what the first look says at least where a second is worth its time
   * @param threshold log-likelihood ratio from which a part counts as changed
   * @param falsePositives share of photographs of one piece that reach it, 0 to 1, sources alike
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Edits(
      double whole,
      double close,
      double intercept,
      double bound,
      double gate,
      double threshold,
      double falsePositives) {

    /** The log-likelihood ratio of a part having been changed, from what both looks say. */
    public double ratio(double first, double second) {
      return new Bounds(bound, bound).apply(whole * first + close * second + intercept);
    }
  }

  /**
   * Where one model's score lies so far beyond the thresholds that others hardly ever change the
   * answer: they are not asked, and the model's log-likelihood ratio counts by a line of its own.
   *
   * @param model the model that is asked first
   * @param spares those that are not asked then
   * @param below its score from which on downwards they are not
   * @param above its score from which on upwards they are not, more than {@code below}
   * @param weight factor of its log-likelihood ratio
   * @param intercept added to it
   * @param bounds what the result approaches
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Early(
      String model,
      Set<String> spares,
      double below,
      double above,
      double weight,
      double intercept,
      Bounds bounds) {
    public Early {
      spares = Set.copyOf(Objects.requireNonNull(spares, "spares are missing"));
      Objects.requireNonNull(model, "model is missing");
      Objects.requireNonNull(bounds, "bounds are missing");
      if (!(below < above)) {
        throw new IllegalArgumentException(
            "an early answer needs below < above: " + below + ", " + above);
      }
    }

    /** Whether a score of the model settles the answer. */
    public boolean settles(double score) {
      return score <= below || score >= above;
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
    public double mixed(double whole, double face) {
      return Math.max(whole, Math.log((1 - share) * Math.exp(whole) + share * Math.exp(face)));
    }
  }

  /**
   * How the log-likelihood ratios of a set of models add up, where their answers begin, and how
   * often they err.
   *
   * @param weights by model id, one for each model of the set
   * @param intercept added to the weighted sum
   * @param bounds what the result approaches
   * @param thresholds where a probability carries a claim
   * @param measured how often these models err at the thresholds, at a prior of 0.5
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Sum(
      Map<String, Double> weights,
      double intercept,
      Bounds bounds,
      Band thresholds,
      Rates measured) {
    public Sum {
      weights = Map.copyOf(Objects.requireNonNull(weights, "weights are missing"));
      Objects.requireNonNull(bounds, "bounds are missing");
      Objects.requireNonNull(thresholds, "thresholds are missing");
      Objects.requireNonNull(measured, "measured is missing");
      if (weights.isEmpty() || !Double.isFinite(intercept)) {
        throw new IllegalArgumentException(
            "a sum needs weights and a finite intercept: " + weights + ", " + intercept);
      }
    }
  }

  /**
   * The strongest claims that the data behind a fit carries, which sums approach smoothly: at half
   * of a bound 1.5 % is taken away, at the bound itself 16 %.
   *
   * @param synthetic bound of log-likelihood ratios above 0
   * @param authentic bound of those below 0, a positive number
   */
  public record Bounds(double synthetic, double authentic) {

    /** Exponent: the larger, the closer to its bound a ratio stays as it is. */
    private static final double BEND = 4;

    public Bounds {
      if (!(synthetic > 0 && authentic > 0)) {
        throw new IllegalArgumentException(
            "bounds must be positive: " + synthetic + ", " + authentic);
      }
    }

    /** The ratio within the bounds. */
    public double apply(double ratio) {
      double bound = ratio > 0 ? synthetic : authentic;
      double share = Math.abs(ratio / bound);
      // Beyond this the bound is reached to the last digit, and the power overflows.
      return share > 1e9
          ? Math.copySign(bound, ratio)
          : ratio / Math.pow(1 + Math.pow(share, BEND), 1 / BEND);
    }
  }

  /**
   * Sums that somebody fitted for models of their own, as {@code fusion.json} beside these holds
   * them.
   *
   * @param format 2
   * @param image for pictures
   * @param video for clips
   * @param audio for sound
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Own(int format, @Nullable Sums image, @Nullable Sums video, @Nullable Sums audio) {

    private static final int FORMAT = 2;

    public Own {
      if (format != FORMAT) {
        throw new IllegalArgumentException("this release reads format 2, not " + format);
      }
    }

    /** No sums. */
    public static Own none() {
      return new Own(FORMAT, null, null, null);
    }

    /** All models that have a weight in any sum. */
    public Set<String> models() {
      return Stream.of(sums(image), sums(video), sums(audio))
          .flatMap(List::stream)
          .flatMap(sum -> sum.weights().keySet().stream())
          .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<Sum> sums(@Nullable Sums of) {
      return of == null ? List.of() : of.sums();
    }
  }

  /**
   * Sums for one kind of media.
   *
   * @param sums one for each set of models
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Sums(List<Sum> sums) {
    public Sums {
      sums = List.copyOf(Objects.requireNonNull(sums, "sums are missing"));
    }
  }

  /**
   * How often models err, as {@link Measured} has it.
   *
   * @param unseen {@code sources} or, where it says nothing, {@code generators}
   * @param missed null where not measured
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Rates(
      @Nullable String unseen, double falsePositives, double recall, @Nullable Double missed) {

    /** The same for a verdict. */
    Measured measured() {
      return new Measured(
          Unseen.SOURCES.code().equals(unseen) ? Unseen.SOURCES : Unseen.GENERATORS,
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

  /** The parameters for a kind of media. */
  public OfKind of(MediaKind kind) {
    return switch (kind) {
      case IMAGE -> image;
      case VIDEO -> video;
      case AUDIO -> audio;
    };
  }

  /**
   * These with sums of a user's own, which come first.
   *
   * @param own what the user fitted
   * @param replaced models that are no longer those that were measured: what was fitted for them is
   *     left out
   */
  public FusionParameters with(Own own, Set<String> replaced) {
    return new FusionParameters(
        image.with(Own.sums(own.image()), replaced),
        video.with(Own.sums(own.video()), replaced),
        audio.with(Own.sums(own.audio()), replaced));
  }

  /**
   * These as they were fitted to a user's media.
   *
   * @param fits by kind of media; a kind that is not there stays as it is
   */
  public FusionParameters fitted(Map<MediaKind, StreamFit> fits) {
    return new FusionParameters(
        image.fitted(fits.get(MediaKind.IMAGE)),
        video.fitted(fits.get(MediaKind.VIDEO)),
        audio.fitted(fits.get(MediaKind.AUDIO)));
  }

  /** The parameters that ship with the models. */
  public static FusionParameters shipped() {
    return ShippedData.read(FILE, FusionParameters.class);
  }
}
