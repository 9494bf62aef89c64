package dev.assay.evaluation;

import dev.assay.MediaKind;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What came of fitting a head to a generator.
 *
 * @param system the generator
 * @param kind of the media that it was fitted to
 * @param files how many it was fitted to
 * @param share of the generator among synthetic media that it was fitted with
 * @param written whether it is worth it and was written
 * @param why it was not; empty where it was
 * @param before what the shipped models do
 * @param after what they do with the head, on files left out
 * @param gain by how much the recall of the generator at 2 % false alarms grows
 * @param threshold probability from which media is called synthetic with the head
 */
public record HeadResult(
    String system,
    MediaKind kind,
    int files,
    double share,
    boolean written,
    String why,
    Rate before,
    Rate after,
    Measure gain,
    double threshold) {

  /**
   * How often what happens.
   *
   * @param own recall of the generator where 2 % of real files are called synthetic
   * @param others recall of the other generators there, generators alike
   * @param falseAlarms share of real files called synthetic at the threshold, sources alike
   * @param ownAnswered share of the generator's files called synthetic at the threshold
   * @param othersAnswered share of the others' called synthetic at the threshold
   * @param missed share of the others' called not synthetic
   */
  public record Rate(
      double own,
      double others,
      double falseAlarms,
      double ownAnswered,
      double othersAnswered,
      double missed) {}

  static HeadResult refused(String system, MediaKind kind, int files, String why) {
    Rate none = new Rate(0, 0, 0, 0, 0, 0);
    return new HeadResult(system, kind, files, 0, false, why, none, none, new Measure(0, 0, 0), 1);
  }

  /** As the profile's card holds it. */
  Map<String, Object> history(String when) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("what", "adapt");
    entry.put("when", when);
    entry.put("system", system);
    entry.put("kind", kind.code());
    entry.put("files", files);
    entry.put("share", share);
    entry.put("before", before);
    entry.put("afterOnFilesLeftOut", after);
    entry.put("gain", gain);
    return entry;
  }
}
