package dev.assay.page;

import dev.assay.Evidence;
import dev.assay.MediaKind;
import dev.assay.Report;
import dev.assay.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The sentences that an answer is told by, in one language. */
final class AnswerTexts {

  private final PageTexts texts;
  private final Report report;

  AnswerTexts(PageTexts texts, Report report) {
    this.texts = texts;
    this.report = report;
  }

  /** The answer itself. */
  String label(Verdict verdict) {
    return onlyDeclared()
        ? texts.get("label.audio")
        : texts.get("label." + verdict.label().code(), kind());
  }

  /** How strong the evidence is; empty where there is none of the kind that is weighed. */
  Optional<String> strength(Verdict verdict) {
    if (onlyDeclared()) {
      return Optional.empty();
    }
    return Optional.of(
        verdict.label() == Verdict.Label.ALTERED
            ? texts.get("strength.altered", Numbers.times(ofPart()))
            : strength(verdict.logLikelihoodRatio()));
  }

  private boolean onlyDeclared() {
    return isAudio() && report.evidence().stream().allMatch(piece -> piece.weight() == 0);
  }

  /** What the evidence on the changed part says by itself. */
  private double ofPart() {
    return report.evidence().stream()
        .filter(piece -> piece.code().equals(Evidence.LOCAL_EDIT))
        .mapToDouble(Evidence::weight)
        .max()
        .orElse(0);
  }

  /** How often such an answer is wrong. */
  Optional<String> errorRate(Verdict verdict) {
    return verdict
        .errorRate()
        .map(
            rate ->
                texts.get(
                    "wrongly." + rate.wrongly().code() + "." + rate.unseen().code(),
                    Numbers.percent(rate.share())));
  }

  /** The probability, and what was assumed before. */
  String prior(Verdict verdict) {
    return texts.get(
        "probability", Numbers.percent(verdict.prior()), probability(verdict.probability()));
  }

  /** What the answer is based on. */
  List<String> basis(Verdict verdict) {
    return verdict.basis().isEmpty()
        ? List.of(texts.get("basis.none"))
        : verdict.basis().stream()
            .sorted()
            .map(basis -> texts.get("basis." + basis.code()))
            .toList();
  }

  private String kind() {
    return texts.get(
        "kind." + report.media().map(m -> m.kind().code()).orElse(MediaKind.IMAGE.code()));
  }

  /** Nothing is certain: what rounds to 0 or 100 is given as a bound. */
  String probability(double value) {
    if (value > 0.999) {
      return texts.get("more", "99.9");
    }
    return value < 0.001 ? texts.get("less", "0.1") : Numbers.percent(value) + " %";
  }

  private String strength(double ratio) {
    if (Math.abs(ratio) < 0.05) {
      return texts.get("strength.none");
    }
    boolean synthetic = ratio > 0;
    return texts.get(
        "strength",
        texts.get("strength.times", Numbers.times(ratio)),
        texts.get(synthetic ? "word.synthetic" : "word.real"),
        texts.get(synthetic ? "word.real" : "word.synthetic"),
        texts.get("support." + Numbers.support(ratio)));
  }

  boolean isAudio() {
    return report.media().filter(media -> media.kind() == MediaKind.AUDIO).isPresent();
  }

  /** Whether models judged the sound. */
  private boolean heard() {
    return report.evidence().stream().anyMatch(piece -> piece.isOfSound() && piece.weight() > 0);
  }

  /** What was not examined. */
  List<String> notSeen() {
    List<String> missing = new ArrayList<>();
    if (isAudio() && !heard()) {
      missing.add(texts.get("notseen.audio"));
    }
    missing.add(texts.get("notseen.absent"));
    report
        .media()
        .filter(media -> media.kind() == MediaKind.VIDEO)
        .ifPresent(
            media -> {
              media
                  .framesExamined()
                  .ifPresent(count -> missing.add(texts.get("notseen.frames", count)));
              missing.add(texts.get("notseen.motion"));
              if (!heard()) {
                missing.add(texts.get("notseen.audio"));
              }
            });
    missing.add(texts.get("notseen.watermark"));
    missing.add(texts.get("notseen.context"));
    return missing;
  }
}
