package dev.assay.internal.model;

import dev.assay.Sentence;
import dev.assay.TimelinePoint;
import java.util.List;
import java.util.Optional;

/**
 * A part of a video that speaks for synthetic media more strongly than the whole: where to look
 * when only a part was made or changed. Shown, and not weighed: among many parts one is the
 * strongest by chance.
 *
 * @param fromSeconds its first sample
 * @param toSeconds its last sample
 * @param logLikelihoodRatio mean of its samples
 */
record TimeRange(double fromSeconds, double toSeconds, double logLikelihoodRatio) {

  /** Samples that make a stretch; one bad frame is none. */
  static final int LEAST = 3;

  /** By how much a stretch has to exceed the whole to be worth a word. */
  private static final double NOTABLE = 1;

  /**
   * The strongest stretch of {@value #LEAST} samples.
   *
   * @param timeline in order of time
   * @return empty unless it speaks for synthetic media, and notably more so than the whole
   */
  static Optional<TimeRange> strongest(List<TimelinePoint> timeline) {
    TimeRange best = null;
    for (int i = 0; i + LEAST <= timeline.size(); i++) {
      List<TimelinePoint> part = timeline.subList(i, i + LEAST);
      double mean = mean(part);
      if (best == null || mean > best.logLikelihoodRatio()) {
        best = new TimeRange(part.get(0).timeSeconds(), part.get(LEAST - 1).timeSeconds(), mean);
      }
    }
    return Optional.ofNullable(best)
        .filter(stretch -> stretch.logLikelihoodRatio() > 0)
        .filter(stretch -> stretch.logLikelihoodRatio() - mean(timeline) > NOTABLE);
  }

  private static double mean(List<TimelinePoint> points) {
    return points.stream().mapToDouble(TimelinePoint::logLikelihoodRatio).average().orElseThrow();
  }

  /**
   * As a sentence, after one on the whole.
   *
   * @param what is compared
   */
  Sentence sentence(ScoreSentences.What what) {
    return Sentence.of(
        "The part {0} {1}.",
        ScoreSentences.span(fromSeconds, toSeconds),
        ScoreSentences.looks(what, logLikelihoodRatio));
  }
}
