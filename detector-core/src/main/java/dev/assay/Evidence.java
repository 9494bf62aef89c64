package dev.assay;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * One thing that an examiner saw.
 *
 * <p>Its weight is a likelihood ratio, as ENFSI's guideline for evaluative reporting in forensic
 * science (2015) has it: how much more probable the observation is if the media is synthetic than
 * if it is not. Evidence without one is shown to the reader and not counted.
 *
 * @param examiner id of the examiner
 * @param kind what sort of evidence it is
 * @param code stable code, {@code declared.stable-diffusion-webui} for example; scripts match this,
 *     never the summary
 * @param logLikelihoodRatio natural logarithm of the likelihood ratio, positive for synthetic;
 *     empty where not counted
 * @param summary one plain sentence for a reader
 * @param details further facts by name: strings, numbers, booleans, and lists and maps of these
 * @param regions where in the picture
 * @param timeline when in the video, in order of time
 */
public record Evidence(
    String examiner,
    Kind kind,
    String code,
    OptionalDouble logLikelihoodRatio,
    String summary,
    Map<String, Object> details,
    List<Region> regions,
    List<TimelinePoint> timeline) {

  /** The sorts of evidence, kept apart in every report. */
  public enum Kind {
    /** The file says so of itself; trivially forged. */
    DECLARATION,
    /** The file says so under a signature that was checked. */
    SIGNATURE,
    /** A classifier trained on real and synthetic media says so from the content. */
    CLASSIFIER,
    /** Some other measurement of the content says so. */
    FORENSICS,
    /** A fact for the reader that says nothing for or against. */
    FACT
  }

  public Evidence {
    if (examiner.isBlank() || code.isBlank() || summary.isBlank()) {
      throw new IllegalArgumentException("evidence needs an examiner, a code and a summary");
    }
    if (logLikelihoodRatio.isPresent() && !Double.isFinite(logLikelihoodRatio.getAsDouble())) {
      throw new IllegalArgumentException("logLikelihoodRatio must be finite: " + code);
    }
    if (kind == Kind.FACT && logLikelihoodRatio.isPresent()) {
      throw new IllegalArgumentException("a fact speaks neither for nor against: " + code);
    }
    details.forEach(Evidence::requirePlain);
    details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
    regions = List.copyOf(regions);
    timeline = List.copyOf(timeline);
  }

  /** Evidence with neither places nor times. */
  public Evidence(
      String examiner,
      Kind kind,
      String code,
      OptionalDouble logLikelihoodRatio,
      String summary,
      Map<String, Object> details) {
    this(examiner, kind, code, logLikelihoodRatio, summary, details, List.of(), List.of());
  }

  private static void requirePlain(String name, Object value) {
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, inner) -> requirePlain(name + "." + key, inner));
    } else if (value instanceof List<?> list) {
      list.forEach(inner -> requirePlain(name, inner));
    } else if (!(value instanceof String || value instanceof Number || value instanceof Boolean)) {
      throw new IllegalArgumentException(
          "detail " + name + " is no string, number, boolean, list or map: " + value.getClass());
    }
  }
}
