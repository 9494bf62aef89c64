package dev.assay.internal.model;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;

/**
 * What a network is that tells speech, singing and music apart, by a backbone's features.
 *
 * @param format form of the card, 1
 * @param id its id, also its folder's name
 * @param version its version
 * @param name what people call it
 * @param description one sentence on what it computes
 * @param task {@code sound-kind}
 * @param licence under which the weights may be used
 * @param file name of the ONNX file beside the card
 * @param sha256 hash of that file, lower-case hexadecimal
 * @param input the backbone whose features it reads
 * @param output name of its output, which holds one logit for each kind
 * @param kinds what the logits are of, in their order: {@code speech}, {@code singing}, {@code
 *     music}
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record SoundKindCard(
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
    String output,
    List<String> kinds)
    implements Card {

  /** What the cards of such networks have as their task. */
  static final String TASK = "sound-kind";

  public SoundKindCard {
    Card.requireForm(format, id, file, sha256);
    Card.require(TASK.equals(task), "task must be " + TASK + ": " + task);
    kinds = List.copyOf(kinds);
    Card.require(
        SoundKind.codes().containsAll(kinds) && !kinds.isEmpty(),
        "kinds must be of " + SoundKind.codes() + ": " + kinds);
  }
}
