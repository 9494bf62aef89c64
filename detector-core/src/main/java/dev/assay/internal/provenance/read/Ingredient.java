package dev.assay.internal.provenance.read;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.internal.provenance.status.StatusCode;
import dev.assay.internal.provenance.status.StatusException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * An asset that another was made from: C2PA 2.2, 18.14, versions 1 to 3.
 *
 * @param label of the assertion
 * @param relationship {@code parentOf}, {@code componentOf} or {@code inputTo}
 * @param title of the asset
 * @param manifest reference to its manifest
 * @param signature reference to that manifest's signature
 * @param recorded codes of the failures that were known when it was taken in
 */
public record Ingredient(
    String label,
    String relationship,
    String title,
    Optional<HashedUri> manifest,
    Optional<HashedUri> signature,
    Set<String> recorded) {

  private static final Set<String> RELATIONSHIPS = Set.of("parentOf", "componentOf", "inputTo");

  /**
   * Reads an assertion.
   *
   * @throws StatusException if it is broken
   */
  public static Ingredient of(String label, JsonNode tree) throws StatusException {
    String relationship = tree.path("relationship").asText();
    JsonNode reference =
        tree.has("activeManifest") ? tree.path("activeManifest") : tree.path("c2pa_manifest");
    Optional<HashedUri> manifest = HashedUri.of(reference);
    if (!RELATIONSHIPS.contains(relationship)
        || (!reference.isMissingNode() && manifest.isEmpty())) {
      throw new StatusException(
          StatusCode.INGREDIENT_MALFORMED, "What the manifest says of an ingredient is broken.");
    }
    return new Ingredient(
        label,
        relationship,
        tree.path("dc:title").asText(),
        manifest,
        HashedUri.of(tree.path("claimSignature")),
        recorded(tree));
  }

  private static Set<String> recorded(JsonNode tree) {
    Set<String> codes = new HashSet<>();
    add(tree.path("validationStatus"), codes);
    JsonNode results = tree.path("validationResults");
    add(results.path("activeManifest").path("failure"), codes);
    for (JsonNode delta : Cbor.elements(results.path("ingredientDeltas"))) {
      add(delta.path("validationDeltas").path("failure"), codes);
    }
    return codes;
  }

  private static void add(JsonNode statuses, Set<String> codes) {
    Cbor.elements(statuses).forEach(status -> codes.add(status.path("code").asText()));
  }

  /** Whether it is what the asset was before. */
  public boolean parent() {
    return relationship.equals("parentOf");
  }
}
