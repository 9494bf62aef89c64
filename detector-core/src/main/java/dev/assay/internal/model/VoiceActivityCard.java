package dev.assay.internal.model;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * What a voice activity detector is: a network of the form that {@link
 * dev.assay.internal.sound.VoiceActivity} runs.
 *
 * @param format form of the card, 1
 * @param id the detector's id, also its folder's name
 * @param version its version
 * @param name what people call it
 * @param description one sentence on what it computes
 * @param task {@code voice-activity}
 * @param licence under which the weights may be used
 * @param file name of the ONNX file beside the card
 * @param sha256 hash of that file, lower-case hexadecimal
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record VoiceActivityCard(
    int format,
    String id,
    String version,
    String name,
    String description,
    String task,
    String licence,
    String file,
    String sha256)
    implements Card {

  /** What the cards of voice activity detectors have as their task. */
  static final String TASK = "voice-activity";

  public VoiceActivityCard {
    Card.requireForm(format, id, file, sha256);
    Card.require(TASK.equals(task), "task must be " + TASK + ": " + task);
  }
}
