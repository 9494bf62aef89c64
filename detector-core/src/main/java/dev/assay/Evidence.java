package dev.assay;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One observation of an examiner, with its weight.
 *
 * <p>The weight is a likelihood ratio, as ENFSI's guideline for evaluative reporting in forensic
 * science (2015) has it: how much more probable the observation is if the media is synthetic than
 * if it is not. The examiner states it. Evidence without one is shown and weighs nothing, whatever
 * its details say.
 *
 * @param examiner id of the examiner
 * @param kind what sort of evidence it is
 * @param code stable code, {@code declared.stable-diffusion-webui} for example; scripts match this,
 *     never the summary
 * @param source the rule or the model that it comes from, if it is one of several
 * @param effect what a declaration or signature says was done to the media, if it says so
 * @param logLikelihoodRatio natural logarithm of the likelihood ratio, positive for synthetic, or
 *     for changed where the code is {@link #LOCAL_EDIT}; empty where not weighed
 * @param sentence one plain sentence for a reader
 * @param details further facts by name: strings, numbers, booleans, and lists and maps of these
 * @param regions where in the picture
 * @param timeline when in the video, in order of time
 */
public record Evidence(
    String examiner,
    Kind kind,
    String code,
    Optional<Source> source,
    Optional<Effect> effect,
    OptionalDouble logLikelihoodRatio,
    Sentence sentence,
    Map<String, Object> details,
    List<Region> regions,
    List<TimelinePoint> timeline) {

  /** Code of what a model says of one person's face. */
  public static final String FACE = "classifier.face";

  /** Code of what a head adds that a user fitted to a generator of their own. */
  public static final String ADAPTED = "classifier.adapted";

  /** Code of what a head adds that a user fitted to a voice generator of their own. */
  public static final String ADAPTED_SPEECH = "sound.adapted";

  /** Code of what a model says of speech. */
  public static final String SPEECH = "sound.speech";

  /** Code of what a model says of music and singing. */
  public static final String MUSIC = "sound.music";

  /** Code of what was measured of sound. */
  public static final String SOUND_MEASURED = "sound.measured";

  /**
   * Code of what a model says of changed parts. Its likelihood ratio is of a part having been
   * changed, against a picture of one piece, synthetic or not.
   */
  public static final String LOCAL_EDIT = "classifier.local-edit";

  /** Code of a model that was not asked, since others settle the answer. */
  public static final String SPARED = "classifier.spared";

  /** The sorts of evidence, kept apart in every report. */
  public enum Kind {
    /** The file says so of itself; trivially forged. */
    DECLARATION("declaration"),
    /** The file says so under a signature that was checked. */
    SIGNATURE("signature"),
    /** A classifier trained on real and synthetic media says so from the content. */
    CLASSIFIER("classifier"),
    /** Some other measurement of the content says so. */
    FORENSICS("forensics"),
    /** A fact for the reader that speaks neither for nor against. */
    FACT("fact");

    private final String code;

    Kind(String code) {
      this.code = code;
    }

    /** The kind as reports spell it. */
    public String code() {
      return code;
    }
  }

  /** What a declaration or a signature says was done to the media. */
  public enum Effect {
    /** A generative model made the media as a whole. */
    GENERATED("generated"),
    /** A generative model changed a part of media that it did not make. */
    EDITED("edited"),
    /** Software changed the media; no generative model is named. */
    PROCESSED("processed");

    private final String code;

    Effect(String code) {
      this.code = code;
    }

    /** The effect as reports spell it. */
    public String code() {
      return code;
    }
  }

  /**
   * Where a piece of evidence comes from, within its examiner.
   *
   * @param type what the id names
   * @param id of the rule or the model
   */
  public record Source(Type type, String id) {

    /** What a source is. */
    public enum Type {
      /** A rule that recognises a generator or an editor by what it writes. */
      RULE("rule"),
      /** A trained model. */
      MODEL("model");

      private final String code;

      Type(String code) {
        this.code = code;
      }

      /** The type as reports spell it. */
      public String code() {
        return code;
      }
    }

    public Source {
      if (id.isBlank()) {
        throw new IllegalArgumentException("a source needs an id");
      }
    }

    /** A rule. */
    public static Source rule(String id) {
      return new Source(Type.RULE, id);
    }

    /** A trained model. */
    public static Source model(String id) {
      return new Source(Type.MODEL, id);
    }
  }

  public Evidence {
    if (examiner.isBlank() || code.isBlank() || sentence.text().isBlank()) {
      throw new IllegalArgumentException("evidence needs an examiner, a code and a sentence");
    }
    if (logLikelihoodRatio.isPresent() && !Double.isFinite(logLikelihoodRatio.getAsDouble())) {
      throw new IllegalArgumentException("logLikelihoodRatio must be finite: " + code);
    }
    if (kind == Kind.FACT && logLikelihoodRatio.isPresent()) {
      throw new IllegalArgumentException("a fact speaks neither for nor against: " + code);
    }
    details = plain("details", details);
    regions = List.copyOf(regions);
    timeline = List.copyOf(timeline);
  }

  /**
   * Begins a piece of evidence that weighs nothing until a likelihood ratio is stated.
   *
   * @param examiner id of the examiner
   * @param kind what sort of evidence it is
   * @param code stable code
   * @param sentence one plain sentence
   */
  public static Builder of(String examiner, Kind kind, String code, Sentence sentence) {
    return new Builder(examiner, kind, code, sentence);
  }

  /** The same with a sentence that nothing is put into. */
  public static Builder of(String examiner, Kind kind, String code, String sentence) {
    return of(examiner, kind, code, Sentence.of(sentence));
  }

  /** The sentence in English. */
  public String summary() {
    return sentence.text();
  }

  /** The model that this evidence comes from, if it comes from one. */
  public Optional<String> model() {
    return source.filter(s -> s.type() == Source.Type.MODEL).map(Source::id);
  }

  /**
   * Whether people are to be shown it. A face without a sign of a swap is not: beside a verdict it
   * would be read as a proof of the face, which it is not.
   */
  public boolean isShown() {
    return code.equals(LOCAL_EDIT)
        ? !regions.isEmpty()
        : !code.equals(FACE) || logLikelihoodRatio.orElse(0) > 0;
  }

  /** Whether it is what a model says of speech, or of music and singing. */
  public boolean isOfSound() {
    return code.equals(SPEECH) || code.equals(MUSIC);
  }

  /** How far it moves the log-odds, either way; 0 where it is not weighed. */
  public double weight() {
    return Math.abs(logLikelihoodRatio.orElse(0));
  }

  /** The same, shown and not weighed. */
  public Evidence unweighed() {
    return new Evidence(
        examiner,
        kind,
        code,
        source,
        effect,
        OptionalDouble.empty(),
        sentence,
        details,
        regions,
        timeline);
  }

  /** A copy that nobody changes, of what JSON can say without a loss. */
  private static Map<String, Object> plain(String name, Map<?, ?> map) {
    Map<String, Object> copy = new LinkedHashMap<>();
    map.forEach(
        (key, value) -> {
          if (!(key instanceof String text)) {
            throw new IllegalArgumentException("a key in " + name + " is no string: " + key);
          }
          copy.put(text, plain(name + "." + text, value));
        });
    return Collections.unmodifiableMap(copy);
  }

  private static Object plain(String name, Object value) {
    if (value instanceof Map<?, ?> map) {
      return plain(name, map);
    }
    if (value instanceof List<?> list) {
      return list.stream().map(inner -> plain(name, inner)).toList();
    }
    boolean fraction = value instanceof Double || value instanceof Float;
    if (fraction && !Double.isFinite(((Number) value).doubleValue())) {
      throw new IllegalArgumentException(name + " must be finite: " + value);
    }
    boolean whole =
        value instanceof Long
            || value instanceof Integer
            || value instanceof Short
            || value instanceof Byte;
    if (!(fraction || whole || value instanceof String || value instanceof Boolean)) {
      throw new IllegalArgumentException(
          name
              + " is no string, boolean, double, long or smaller number, list or map: "
              + (value == null ? "null" : value.getClass()));
    }
    return value;
  }

  /** Collects what an observation has beside its examiner, kind, code and summary. */
  public static final class Builder {

    private final String examiner;
    private final Kind kind;
    private final String code;
    private final Sentence sentence;
    private Optional<Source> source = Optional.empty();
    private Optional<Effect> effect = Optional.empty();
    private OptionalDouble logLikelihoodRatio = OptionalDouble.empty();
    private Map<String, Object> details = Map.of();
    private List<Region> regions = List.of();
    private List<TimelinePoint> timeline = List.of();

    private Builder(String examiner, Kind kind, String code, Sentence sentence) {
      this.examiner = examiner;
      this.kind = kind;
      this.code = code;
      this.sentence = sentence;
    }

    /** Names the rule or the model. */
    public Builder from(Source value) {
      source = Optional.of(value);
      return this;
    }

    /** Says what was done to the media. */
    public Builder effect(Effect value) {
      effect = Optional.of(value);
      return this;
    }

    /** States the weight: a natural logarithm, positive for synthetic. */
    public Builder logLikelihoodRatio(double value) {
      logLikelihoodRatio = OptionalDouble.of(value);
      return this;
    }

    /** Adds further facts, in the order of the map. */
    public Builder details(Map<String, Object> value) {
      details = value;
      return this;
    }

    /** Points to parts of the picture. */
    public Builder regions(List<Region> value) {
      regions = value;
      return this;
    }

    /** Points to moments of the video. */
    public Builder timeline(List<TimelinePoint> value) {
      timeline = value;
      return this;
    }

    /** The evidence. */
    public Evidence build() {
      return new Evidence(
          examiner,
          kind,
          code,
          source,
          effect,
          logLikelihoodRatio,
          sentence,
          details,
          regions,
          timeline);
    }
  }
}
