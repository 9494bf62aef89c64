package dev.assay.internal.model;

import dev.assay.Sentence;
import java.util.Locale;

/** How figures are put into sentences. */
final class ScoreSentences {

  private static final int EXACT_BELOW = 10;

  /** Below 1.05 times a figure would say nothing. */
  private static final double NEITHER = Math.log(1.05);

  /** What is compared with others of its sort. */
  enum What {
    PICTURES(
        "looks like generated pictures, {0} times more than like real ones",
        "looks like real pictures, {0} times more than like generated ones",
        "looks as much like generated pictures as like real ones"),
    VIDEOS(
        "looks like generated videos, {0} times more than like real ones",
        "looks like real videos, {0} times more than like generated ones",
        "looks as much like generated videos as like real ones"),
    VOICES(
        "sounds like generated voices, {0} times more than like real ones",
        "sounds like real voices, {0} times more than like generated ones",
        "sounds as much like generated voices as like real ones"),
    MUSIC(
        "sounds like generated music, {0} times more than like real music",
        "sounds like real music, {0} times more than like generated music",
        "sounds as much like generated music as like real music"),
    FACES(
        "looks like generated faces, {0} times more than like real ones",
        "looks like real faces, {0} times more than like generated ones",
        "looks as much like generated faces as like real ones");

    private final String generated;
    private final String real;
    private final String neither;

    What(String generated, String real, String neither) {
      this.generated = generated;
      this.real = real;
      this.neither = neither;
    }
  }

  private ScoreSentences() {}

  /**
   * What a model says, as a phrase after its subject, in the singular.
   *
   * @param what is compared
   * @param ratio natural log-likelihood ratio, as weighed with the other models
   */
  static Sentence looks(What what, double ratio) {
    if (Math.abs(ratio) < NEITHER) {
      return Sentence.of(what.neither);
    }
    return Sentence.of(ratio > 0 ? what.generated : what.real, factor(ratio));
  }

  /** How many times more likely, either way. */
  static String factor(double ratio) {
    double times = Math.exp(Math.abs(ratio));
    return times < EXACT_BELOW
        ? String.format(Locale.ROOT, "%.1f", times)
        : Long.toString(Math.round(times));
  }

  /** A time, or from when to when. */
  static Sentence span(double fromSeconds, double toSeconds) {
    String from = clock(fromSeconds);
    String to = clock(toSeconds);
    return from.equals(to) ? Sentence.of("at {0}", from) : Sentence.of("{0} to {1}", from, to);
  }

  /** Seconds as 0:41 or 1:02:03. */
  private static String clock(double seconds) {
    long whole = Math.round(seconds);
    long hours = whole / 3600;
    String rest =
        String.format(
            Locale.ROOT, hours > 0 ? "%02d:%02d" : "%d:%02d", whole / 60 % 60, whole % 60);
    return hours > 0 ? hours + ":" + rest : rest;
  }
}
