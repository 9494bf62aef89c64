package dev.assay.evaluation;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.assay.Evidence;
import dev.assay.MediaKind;
import dev.assay.Report;
import dev.assay.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a detector said of one content under one condition, as it is kept from run to run.
 *
 * @param sha256 of the file before anything was done to it, lower-case hexadecimal
 * @param mediaType of that file; empty where not recognised
 * @param kind image, video or audio; empty where not opened
 * @param width in pixels; 0 where there is none
 * @param height in pixels; 0 where there is none
 * @param size of the file, in bytes
 * @param pdq perceptual hash of its first frame; empty where there is none
 * @param pdqQuality how much that hash says, 0 to 100
 * @param ratio log-likelihood ratio of the verdict, natural logarithm; null where it failed
 * @param content the part of it that trained models saw in the content
 * @param sum the part of that by the models that look at the whole, before faces and fitted heads
 * @param models what each model said, its score before calibration, by id
 * @param label the answer; null where it failed
 * @param failure code of the failure; null where there is none
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
record Outcome(
    String sha256,
    String mediaType,
    String kind,
    int width,
    int height,
    long size,
    String pdq,
    int pdqQuality,
    @Nullable Double ratio,
    @Nullable Double content,
    @Nullable Double sum,
    Map<String, Double> models,
    @Nullable String label,
    @Nullable String failure) {

  private static final String SCORE = "classifier.score";

  Outcome {
    Objects.requireNonNull(mediaType, "mediaType is missing");
    Objects.requireNonNull(kind, "kind is missing");
    Objects.requireNonNull(pdq, "pdq is missing");
    models = Map.copyOf(models);
  }

  /** What a report says. */
  static Outcome of(String sha256, Report report) {
    Optional<Report.MediaFacts> media = report.media();
    Optional<Verdict> verdict = report.verdict();
    Optional<Report.FrameHash> hash = media.flatMap(facts -> facts.hashes().stream().findFirst());
    return new Outcome(
        sha256,
        report.file().mediaType().orElse(""),
        media.map(facts -> facts.kind().code()).orElse(""),
        media.map(facts -> facts.width().orElse(0)).orElse(0),
        media.map(facts -> facts.height().orElse(0)).orElse(0),
        report.file().size().orElse(0L),
        hash.map(Report.FrameHash::pdq).orElse(""),
        hash.map(Report.FrameHash::quality).orElse(0),
        verdict.map(Verdict::logLikelihoodRatio).orElse(null),
        verdict.map(given -> content(given, report.evidence())).orElse(null),
        verdict.map(given -> sum(media, report.evidence())).orElse(null),
        models(report.evidence()),
        verdict.map(given -> given.label().code()).orElse(null),
        report.failure().map(failure -> failure.code().code()).orElse(null));
  }

  /** The same with the facts of the file that a copy was made of. */
  Outcome ofCopyOf(Outcome original) {
    return new Outcome(
        original.sha256,
        original.mediaType,
        original.kind,
        original.width,
        original.height,
        original.size,
        original.pdq,
        original.pdqQuality,
        ratio,
        content,
        sum,
        models,
        label,
        failure);
  }

  /** A file of which no copy could be made. */
  Outcome withoutCopy() {
    return new Outcome(
        sha256,
        mediaType,
        kind,
        width,
        height,
        size,
        pdq,
        pdqQuality,
        null,
        null,
        null,
        Map.of(),
        null,
        "no-copy");
  }

  private static double content(Verdict verdict, List<Evidence> evidence) {
    return verdict.contributions().stream()
        .filter(
            each ->
                each.evidence() >= 0
                    && evidence.get(each.evidence()).kind() == Evidence.Kind.CLASSIFIER)
        .mapToDouble(Verdict.Contribution::logLikelihoodRatio)
        .sum();
  }

  /** Of sound the models of speech say something of the whole; of a film those of its pictures. */
  private static double sum(Optional<Report.MediaFacts> media, List<Evidence> evidence) {
    boolean sound = media.filter(facts -> facts.kind() == MediaKind.AUDIO).isPresent();
    String code = sound ? Evidence.SPEECH : SCORE;
    return evidence.stream()
        .filter(piece -> piece.code().equals(code))
        .mapToDouble(piece -> piece.logLikelihoodRatio().orElse(0))
        .sum();
  }

  private static Map<String, Double> models(List<Evidence> evidence) {
    Map<String, Double> models = new TreeMap<>();
    for (Evidence piece : evidence) {
      if (piece.kind() == Evidence.Kind.CLASSIFIER
          && piece.details().get("score") instanceof Number score
          && piece.model().isPresent()) {
        // Of several faces the one that looks made up most counts.
        models.merge(piece.model().get(), score.doubleValue(), Math::max);
      }
    }
    return models;
  }
}
