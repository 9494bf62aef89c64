package dev.assay.internal.provenance.read;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.Evidence.Effect;
import dev.assay.Sentence;
import dev.assay.internal.metadata.DigitalSourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A digital source type that stands in a signed assertion, though not as the source type of an
 * action: in an action's parameters, where Adobe's programs write that of a partner's model; in a
 * metadata assertion (CAWG 1.1, IPTC); or in an ingredient (C2PA 2.4).
 *
 * @param type the source type
 * @param effect what it says was done to the media
 * @param place where it stands, for a sentence
 * @param software that is named beside it; empty where none is
 */
public record SourceTypeMention(
    DigitalSourceType type, Effect effect, Sentence place, String software) {

  /** Most mentions of one assertion. */
  public static final int MAX_MENTIONS = 100;

  private static final String KEY = "digitalsourcetype";
  private static final String DETAILS = "com.adobe.details";
  private static final int MAX_DEPTH = 32;

  /** Those of an assertion of actions, beside what the actions themselves say. */
  public static List<SourceTypeMention> inActions(JsonNode assertion) {
    List<SourceTypeMention> mentions = new ArrayList<>();
    for (JsonNode action : Cbor.elements(assertion.path("actions"))) {
      JsonNode parameters = action.path("parameters");
      boolean whole =
          List.of("c2pa.created", "c2pa.opened").contains(action.path("action").asText());
      for (Map.Entry<String, JsonNode> member : parameters.properties()) {
        // The plain one is read with the action.
        if (!member.getKey().equals("digitalSourceType")) {
          found(member.getKey(), member.getValue(), 0)
              .forEach(
                  type ->
                      add(
                          mentions,
                          new SourceTypeMention(
                              type,
                              whole ? type.effect() : Effect.EDITED,
                              Sentence.of("in an action's parameters"),
                              software(parameters))));
        }
      }
    }
    for (String rest : List.of("templates", "metadata")) {
      found(rest, assertion.path(rest), 0)
          .forEach(
              type ->
                  add(
                      mentions,
                      new SourceTypeMention(
                          type,
                          Effect.EDITED,
                          Sentence.of("in what its actions have in common"),
                          "")));
    }
    return mentions;
  }

  /** Those of an ingredient: what it says depends on how the media was made from it. */
  public static List<SourceTypeMention> inIngredient(JsonNode assertion, Ingredient ingredient) {
    List<SourceTypeMention> mentions = new ArrayList<>();
    boolean untitled = ingredient.title().isEmpty();
    String pattern =
        switch (ingredient.relationship()) {
          case "parentOf" ->
              untitled
                  ? "of the ingredient that it was made from as a whole"
                  : "of the ingredient {0} that it was made from as a whole";
          case "inputTo" ->
              untitled
                  ? "of the ingredient that a program was given as input"
                  : "of the ingredient {0} that a program was given as input";
          default ->
              untitled
                  ? "of the ingredient that was placed into it"
                  : "of the ingredient {0} that was placed into it";
        };
    Sentence place =
        untitled
            ? Sentence.of(pattern)
            : Sentence.of(pattern, SignedText.shown(ingredient.title()));
    found("", assertion, 0)
        .forEach(
            type ->
                add(
                    mentions,
                    new SourceTypeMention(
                        type,
                        switch (ingredient.relationship()) {
                          case "parentOf" -> type.effect();
                          case "inputTo" -> Effect.PROCESSED;
                          default -> Effect.EDITED;
                        },
                        place,
                        "")));
    return mentions;
  }

  /** Those of any other assertion: of metadata on the media as a whole. */
  public static List<SourceTypeMention> inMetadata(JsonNode assertion, String label) {
    List<SourceTypeMention> mentions = new ArrayList<>();
    found("", assertion, 0)
        .forEach(
            type ->
                add(
                    mentions,
                    new SourceTypeMention(
                        type,
                        type.effect(),
                        Sentence.of("in the assertion {0}", SignedText.shown(label)),
                        "")));
    return mentions;
  }

  private static void add(List<SourceTypeMention> mentions, SourceTypeMention mention) {
    if (mentions.size() < MAX_MENTIONS) {
      mentions.add(mention);
    }
  }

  /** Bare terms count under a key of that name only, addresses of the vocabulary anywhere. */
  private static List<DigitalSourceType> found(String key, JsonNode node, int depth) {
    List<DigitalSourceType> types = new ArrayList<>();
    if (node.isTextual()) {
      String text = node.asText();
      boolean named = key.toLowerCase(Locale.ROOT).contains(KEY);
      if (named || text.contains("/")) {
        DigitalSourceType.of(text).ifPresent(types::add);
      }
    } else if (depth < MAX_DEPTH) {
      for (Map.Entry<String, JsonNode> member : node.properties()) {
        types.addAll(found(member.getKey(), member.getValue(), depth + 1));
      }
      for (JsonNode element : Cbor.elements(node)) {
        types.addAll(found(key, element, depth + 1));
      }
    }
    return types;
  }

  private static String software(JsonNode parameters) {
    JsonNode details = parameters.path(DETAILS);
    return Optional.of(details.asText())
        .filter(text -> !text.isEmpty())
        .orElseGet(() -> details.path("name").asText());
  }
}
