package dev.assay.internal.model;

import dev.assay.Evidence;
import dev.assay.MediaException;
import dev.assay.MediaKind;
import dev.assay.Region;
import dev.assay.Sentence;
import dev.assay.TimelinePoint;
import dev.assay.internal.model.ModelCard.Calibration.Line;
import dev.assay.spi.Media;
import dev.assay.spi.Picture;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a model that judges whole pictures said of one image or video.
 *
 * @param kind what was judged
 * @param line its calibration for this kind of media
 * @param picture the first frame
 * @param still whether that is all there is
 * @param times of the frames that have a score, in seconds
 * @param scores of these frames
 */
record Scored(
    ModelCard card,
    MediaKind kind,
    Line line,
    Picture picture,
    boolean still,
    List<Double> times,
    List<Classifier.Scores> scores) {

  /** Asks a model about the frames; those without texture get no score. */
  static Scored by(Classifier classifier, Line line, Media media, List<ViewedFrame> frames)
      throws MediaException {
    List<Double> times = new ArrayList<>();
    List<Classifier.Scores> all = new ArrayList<>();
    for (ViewedFrame looked : frames) {
      media.budget().checkTime();
      Optional<Classifier.Scores> scores = classifier.score(looked.views(), looked.features());
      if (scores.isPresent()) {
        times.add(looked.frame().timeSeconds());
        all.add(scores.get());
      }
    }
    return new Scored(
        classifier.card(),
        media.kind(),
        line,
        frames.get(0).frame().picture(),
        frames.size() == 1 && media.kind() == MediaKind.IMAGE,
        times,
        all);
  }

  /** Whether any frame has a score. */
  boolean hasSeen() {
    return !scores.isEmpty();
  }

  /** The model's own log-likelihood ratio. */
  double ratio() {
    return ratio(score());
  }

  /** The mean of what the model said. */
  double score() {
    return scores.stream().mapToDouble(Classifier.Scores::score).average().orElseThrow();
  }

  private double ratio(double score) {
    return card.calibration().logLikelihoodRatio(line, score);
  }

  /**
   * The same as evidence.
   *
   * @param examiner whose evidence it is
   * @param share what the model adds beside the others
   */
  Evidence evidence(String examiner, Ensemble.Share share) {
    double added = share.of(ratio());
    List<TimelinePoint> timeline = still ? List.of() : timeline(share);
    return Evidence.of(
            examiner,
            Evidence.Kind.CLASSIFIER,
            ClassifierExaminer.CODE_SCORE,
            TimeRange.strongest(timeline)
                .map(part -> Sentence.all(List.of(sentence(added), part.sentence(plural()))))
                .orElse(sentence(added)))
        .from(Evidence.Source.model(card.id()))
        .logLikelihoodRatio(added)
        .details(details())
        .regions(still ? regions(share) : List.of())
        .timeline(timeline)
        .build();
  }

  private Sentence sentence(double added) {
    boolean whole = card.views() instanceof ModelCard.Whole;
    String pattern =
        kind == MediaKind.VIDEO
            ? whole ? "The video as a whole {0} ({1})." : "The video in detail {0} ({1})."
            : whole ? "The picture as a whole {0} ({1})." : "The picture in detail {0} ({1}).";
    return Sentence.of(pattern, ScoreSentences.looks(plural(), added), card.id());
  }

  private ScoreSentences.What plural() {
    return kind == MediaKind.VIDEO ? ScoreSentences.What.VIDEOS : ScoreSentences.What.PICTURES;
  }

  private Map<String, Object> details() {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("model", card.id());
    details.put("modelVersion", card.version());
    details.put("score", score());
    details.put(still ? "views" : "frames", still ? scores.get(0).views().size() : scores.size());
    details.put(
        "shareSeen",
        Rectangle.coverage(
            scores.get(0).views().stream().map(View::region).toList(),
            picture.width(),
            picture.height()));
    return details;
  }

  private List<TimelinePoint> timeline(Ensemble.Share share) {
    List<TimelinePoint> timeline = new ArrayList<>();
    for (int i = 0; i < scores.size(); i++) {
      timeline.add(new TimelinePoint(times.get(i), share.of(ratio(scores.get(i).score()))));
    }
    return timeline;
  }

  private List<Region> regions(Ensemble.Share share) {
    Classifier.Scores only = scores.get(0);
    List<Region> regions = new ArrayList<>();
    for (int i = 0; i < only.logits().size(); i++) {
      Rectangle shown = only.views().get(i).region();
      double part = share.of(ratio(only.logits().get(i)));
      regions.add(new Region(shown.x(), shown.y(), shown.width(), shown.height(), part));
    }
    return regions;
  }
}
