package dev.assay.internal.provenance.read;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Something that was done to an asset, as a manifest tells it: C2PA 2.2, 18.15. What is not told is
 * empty.
 *
 * @param name {@code c2pa.created} for example
 * @param software that did it
 * @param sourceType URI or term of a digital source type
 * @param description in words
 * @param when as written
 */
public record Action(
    String name, String software, String sourceType, String description, String when) {

  /** Most actions that are told of one manifest. */
  static final int MAX_ACTIONS = 200;

  /** The actions of an assertion. */
  public static List<Action> of(JsonNode assertion) {
    List<Action> actions = new ArrayList<>();
    for (JsonNode action : Cbor.elements(assertion.path("actions"))) {
      if (actions.size() < MAX_ACTIONS) {
        actions.add(
            new Action(
                action.path("action").asText(),
                software(action.path("softwareAgent")),
                action
                    .path("digitalSourceType")
                    .asText(action.path("parameters").path("digitalSourceType").asText()),
                action
                    .path("description")
                    .asText(action.path("parameters").path("description").asText()),
                action.path("when").asText()));
      }
    }
    return actions;
  }

  /** A text in version 1 of actions, a map in version 2. */
  private static String software(JsonNode agent) {
    if (agent.isTextual()) {
      return agent.asText();
    }
    String version = agent.path("version").asText();
    String name = agent.path("name").asText();
    return version.isEmpty() ? name : name + " " + version;
  }

  /** Whether a generative model is said to have made all of the asset by it. */
  public boolean creates() {
    return name.equals("c2pa.created");
  }
}
