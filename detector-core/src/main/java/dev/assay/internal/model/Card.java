package dev.assay.internal.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/** What a trained network is and how it is to be used: {@code card.json}. Its task tells which. */
@JsonTypeInfo(
    use = JsonTypeInfo.Id.NAME,
    include = JsonTypeInfo.As.EXISTING_PROPERTY,
    property = "task",
    visible = true)
@JsonSubTypes({
  @JsonSubTypes.Type(value = ModelCard.class, name = ModelCard.TASK),
  @JsonSubTypes.Type(value = ModelCard.class, name = ModelCard.FACE_TASK),
  @JsonSubTypes.Type(value = ModelCard.class, name = ModelCard.SPEECH_TASK),
  @JsonSubTypes.Type(value = ModelCard.class, name = ModelCard.MUSIC_TASK),
  @JsonSubTypes.Type(value = FaceDetectorCard.class, name = FaceDetectorCard.TASK),
  @JsonSubTypes.Type(value = VoiceActivityCard.class, name = VoiceActivityCard.TASK),
  @JsonSubTypes.Type(value = SoundKindCard.class, name = SoundKindCard.TASK),
  @JsonSubTypes.Type(value = LocalEditsCard.class, name = LocalEditsCard.TASK),
  @JsonSubTypes.Type(value = CopyEmbeddingCard.class, name = CopyEmbeddingCard.TASK),
  @JsonSubTypes.Type(value = BackboneCard.class, name = BackboneCard.TASK)
})
public sealed interface Card
    permits ModelCard,
        BackboneCard,
        FaceDetectorCard,
        VoiceActivityCard,
        SoundKindCard,
        LocalEditsCard,
        CopyEmbeddingCard {

  /** The id, also the name of its folder. */
  String id();

  /** The version. */
  String version();

  /** One sentence on what it computes. */
  String description();

  /** The licence under which the weights may be used. */
  String licence();

  /** Name of the ONNX file beside the card. */
  String file();

  /** Hash of that file, lower-case hexadecimal. */
  String sha256();

  /**
   * Reads a card.
   *
   * @param json the content of {@code card.json}
   * @throws IOException if it is no card; the message says what is wrong with it
   */
  static Card parse(byte[] json) throws IOException {
    return Json.MAPPER.readValue(json, Card.class);
  }

  /** Holds for every card. */
  static void requireForm(int format, String id, String file, String sha256) {
    require(format == 1, "format must be 1: " + format);
    require(id.matches("[a-z0-9][a-z0-9-]{0,63}"), "id must be of a-z, 0-9 and hyphens: " + id);
    require(file.matches("[A-Za-z0-9._-]+") && !file.startsWith("."), "file must be a plain name");
    require(sha256.matches("[0-9a-f]{64}"), "sha256 must be 64 lower-case hexadecimal digits");
  }

  /** Fails with a message where a card says what it must not. */
  static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }

  /** How cards are read: nothing may be missing. */
  final class Json {

    private static final ObjectMapper MAPPER =
        JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    private Json() {}
  }
}
