package dev.assay.internal.model;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * What a network is that says where a picture lies among others, by a backbone's features.
 *
 * @param format form of the card, 1
 * @param id its id, also its folder's name
 * @param version its version
 * @param name what people call it
 * @param description one sentence on what it computes
 * @param task {@code copy-embedding}
 * @param licence under which the weights may be used
 * @param file name of the ONNX file beside the card
 * @param sha256 hash of that file, lower-case hexadecimal
 * @param input the backbone whose features it reads, as the mean over the whole views
 * @param output name of its output, a vector of length 1
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record CopyEmbeddingCard(
    int format,
    String id,
    String version,
    String name,
    String description,
    String task,
    String licence,
    String file,
    String sha256,
    ModelCard.Features input,
    String output)
    implements Card {

  /** What the cards of such networks have as their task. */
  static final String TASK = "copy-embedding";

  public CopyEmbeddingCard {
    Card.requireForm(format, id, file, sha256);
    Card.require(TASK.equals(task), "task must be " + TASK + ": " + task);
  }
}
