package dev.assay.internal.provenance.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.Sentence;
import dev.assay.internal.provenance.read.Cbor;
import dev.assay.internal.provenance.read.HashedUri;
import dev.assay.internal.provenance.read.Ingredient;
import dev.assay.internal.provenance.read.Manifest;
import dev.assay.internal.provenance.read.SignedText;
import dev.assay.internal.provenance.status.StatusCode;
import dev.assay.internal.provenance.status.ValidationStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the actions of a manifest must be like: C2PA 2.2, 15.10.1.2 and 15.10.3.2.2. Claims of
 * version 1 were written by earlier rules, and are not held to these.
 */
final class ActionRules {

  private static final Set<String> BEGIN = Set.of("c2pa.created", "c2pa.opened");
  private static final String PARENT = "parentOf";
  private static final String COMPONENT = "componentOf";

  /**
   * The actions of one assertion.
   *
   * @param url of the assertion
   * @param tree the assertion
   */
  record Told(String url, JsonNode tree) {}

  private final List<Ingredient> ingredients;
  private final List<String> redacted;
  private final List<ValidationStatus> statuses = new ArrayList<>();

  private ActionRules(List<Ingredient> ingredients, List<String> redacted) {
    this.ingredients = ingredients;
    this.redacted = redacted;
  }

  /**
   * Checks the actions of a manifest.
   *
   * @param told in the order of the claim
   * @param standard whether it describes an asset; an update need not say how it began
   * @param redacted URIs of what the claim takes out of other manifests
   * @param url of the manifest
   * @return what is wrong
   */
  static List<ValidationStatus> check(
      List<Told> told,
      boolean standard,
      List<Ingredient> ingredients,
      List<String> redacted,
      String url) {
    ActionRules rules = new ActionRules(ingredients, redacted);
    if (standard) {
      rules.begins(told, url);
    }
    for (Told assertion : told) {
      for (JsonNode action : Cbor.elements(assertion.tree().path("actions"))) {
        rules.action(action, assertion.url());
      }
    }
    return rules.statuses;
  }

  /** The first action, and no other one, says how the asset began. */
  private void begins(List<Told> told, String url) {
    boolean first = true;
    for (Told assertion : told) {
      for (JsonNode action : Cbor.elements(assertion.tree().path("actions"))) {
        if (BEGIN.contains(name(action)) != first) {
          add(
              StatusCode.ACTION_MALFORMED,
              assertion.url(),
              first
                  ? "The first action does not say that the asset was created or opened."
                  : "An action that is not the first says that the asset was created or opened.");
          return;
        }
        first = false;
      }
    }
    if (first) {
      add(
          StatusCode.ACTION_MALFORMED,
          url,
          "The manifest does not say that the asset was created or opened.");
    }
  }

  private void action(JsonNode action, String url) {
    switch (name(action)) {
      case "c2pa.opened" -> needs(action, PARENT, 1, url);
      case "c2pa.placed" -> needs(action, COMPONENT, Integer.MAX_VALUE, url);
      // What was removed is an ingredient of another manifest, whose relation is told there.
      case "c2pa.removed" -> {
        if (references(action).isEmpty()) {
          mismatch(action, url);
        }
      }
      case "c2pa.transcoded", "c2pa.repackaged" -> {
        if (!references(action).stream().allMatch(reference -> is(reference, PARENT))) {
          mismatch(action, url);
        }
      }
      case "c2pa.redacted" -> {
        if (!redacted.contains(action.path("parameters").path("redacted").asText())) {
          add(
              StatusCode.ACTION_REDACTION_MISMATCH,
              url,
              "An action says that something was taken out, which the claim does not.");
        }
      }
      default -> {
        // Nothing more is asked of it.
      }
    }
  }

  private void needs(JsonNode action, String relationship, int most, String url) {
    List<Optional<HashedUri>> references = references(action);
    boolean met =
        !references.isEmpty()
            && references.size() <= most
            && references.stream().allMatch(reference -> is(reference, relationship));
    if (!met) {
      mismatch(action, url);
    }
  }

  /** Those of its ingredients; empty ones are no references. */
  private static List<Optional<HashedUri>> references(JsonNode action) {
    JsonNode parameters = action.path("parameters");
    List<Optional<HashedUri>> references = new ArrayList<>();
    for (JsonNode reference : Cbor.elements(parameters.path("ingredients"))) {
      references.add(HashedUri.of(reference));
    }
    if (parameters.has("ingredient")) {
      references.add(HashedUri.of(parameters.path("ingredient")));
    }
    return references;
  }

  private boolean is(Optional<HashedUri> reference, String relationship) {
    return reference
        .map(uri -> uri.within().replace(Manifest.ASSERTIONS + "/", ""))
        .filter(
            label ->
                ingredients.stream()
                    .anyMatch(
                        ingredient ->
                            ingredient.label().equals(label)
                                && ingredient.relationship().equals(relationship)))
        .isPresent();
  }

  private void mismatch(JsonNode action, String url) {
    statuses.add(
        new ValidationStatus(
            StatusCode.ACTION_INGREDIENT_MISMATCH,
            url,
            Sentence.of(
                "The action {0} does not name what it was done with.",
                SignedText.shown(name(action)))));
  }

  private static String name(JsonNode action) {
    return action.path("action").asText();
  }

  private void add(StatusCode code, String url, String explanation) {
    statuses.add(new ValidationStatus(code, url, explanation));
  }
}
