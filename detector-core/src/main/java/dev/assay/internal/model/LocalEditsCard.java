package dev.assay.internal.model;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * What a network is that finds what is not of one piece with the rest of a picture, by a backbone's
 * patch tokens.
 *
 * @param format form of the card, 1
 * @param id its id, also its folder's name
 * @param version its version
 * @param name what people call it
 * @param description one sentence on what it computes
 * @param task {@code local-edits}
 * @param licence under which the weights may be used
 * @param file name of the ONNX file beside the card
 * @param sha256 hash of that file, lower-case hexadecimal
 * @param input the backbone whose tokens it reads
 * @param tokens the backbone's output, {@code [1, blocks, patches, width]}, its patches by rows
 * @param output names of the network's outputs
 * @param patch log-odds from which a patch belongs to a changed part
 * @param belowSide pictures whose shorter side has fewer pixels than this are not judged
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record LocalEditsCard(
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
    String tokens,
    Output output,
    double patch,
    int belowSide)
    implements Card {

  /** What the cards of such networks have as their task. */
  static final String TASK = "local-edits";

  /**
   * The network's outputs.
   *
   * @param patches name of the log-odds that a patch was changed, {@code [1, rows, columns]}
   * @param picture name of the log-odds that any was, {@code [1]}
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Output(String patches, String picture) {}

  public LocalEditsCard {
    Card.requireForm(format, id, file, sha256);
    Card.require(TASK.equals(task), "task must be " + TASK + ": " + task);
    Card.require(belowSide > 0, "belowSide must be positive: " + belowSide);
    Card.require(Double.isFinite(patch), "patch must be finite: " + patch);
  }
}
