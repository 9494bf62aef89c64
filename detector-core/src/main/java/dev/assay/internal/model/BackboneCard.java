package dev.assay.internal.model;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * What a backbone is: a network whose features the heads of several models read.
 *
 * @param format form of the card, 1
 * @param id the backbone's id, also its folder's name
 * @param version its version
 * @param name what people call it
 * @param description one sentence on what it computes
 * @param task {@code features}
 * @param licence under which the weights may be used
 * @param file name of the ONNX file beside the card
 * @param sha256 hash of that file, lower-case hexadecimal
 * @param input what it reads: pixels or samples
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record BackboneCard(
    int format,
    String id,
    String version,
    String name,
    String description,
    String task,
    String licence,
    String file,
    String sha256,
    ModelCard.Input input)
    implements Card {

  /** What the cards of backbones have as their task. */
  static final String TASK = "features";

  public BackboneCard {
    Card.requireForm(format, id, file, sha256);
    Card.require(TASK.equals(task), "task must be " + TASK + ": " + task);
    Card.require(
        !(input instanceof ModelCard.Features), "a backbone reads pixels or samples, no features");
  }
}
