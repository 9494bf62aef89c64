package dev.assay.internal.provenance.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.internal.provenance.check.Provenance.State;
import dev.assay.internal.provenance.identity.IdentityCheck;
import dev.assay.internal.provenance.read.Asset;
import dev.assay.internal.provenance.read.HashAlgorithm;
import dev.assay.internal.provenance.read.HashedUri;
import dev.assay.internal.provenance.read.Ingredient;
import dev.assay.internal.provenance.read.JumbfBox;
import dev.assay.internal.provenance.read.Manifest;
import dev.assay.internal.provenance.read.Manifest.Kind;
import dev.assay.internal.provenance.read.ManifestStore;
import dev.assay.internal.provenance.read.SourceTypeSearch;
import dev.assay.internal.provenance.status.StatusCode;
import dev.assay.internal.provenance.status.StatusException;
import dev.assay.internal.provenance.status.ValidationStatus;
import dev.assay.internal.provenance.trust.StoreEvidence;
import dev.assay.internal.provenance.trust.TrustAnchors;
import dev.assay.spi.DamagedException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Validates the manifest store of a file: C2PA 2.2, 15. Visits every manifest that the active one
 * leads to, once.
 */
public final class StoreValidator {

  /** Most manifests within one another: ingredients of ingredients. */
  static final int MAX_ANCESTORS = 64;

  /** What says that content was held against a hash of it, and is as it was signed. */
  private static final Set<StatusCode> HELD =
      Set.of(StatusCode.DATA_HASH_MATCH, StatusCode.BOXES_HASH_MATCH, StatusCode.BMFF_HASH_MATCH);

  private final ManifestStore store;
  private final Asset asset;
  private final TrustAnchors trust;
  private final StoreEvidence elsewhere;
  private final Map<String, ManifestCheck> checks = new LinkedHashMap<>();
  private final List<ValidationStatus> failures = new ArrayList<>();
  private boolean held;

  private StoreValidator(ManifestStore store, Asset asset, TrustAnchors trust) {
    this.store = store;
    this.asset = asset;
    this.trust = trust;
    this.elsewhere = new StoreEvidence(store);
  }

  /**
   * Validates a store.
   *
   * @param now the time to judge by where no trusted time-stamp tells one
   */
  public static Provenance validate(
      ManifestStore store, Asset asset, TrustAnchors trust, Instant now)
      throws IOException, DamagedException {
    StoreValidator validator = new StoreValidator(store, asset, trust);
    ManifestCheck active = validator.visit(store.active(), Allowed.nothing(), now, 0);
    ManifestCheck bound = validator.bind(active);
    validator.identities(active, bound, now);
    return validator.result(active);
  }

  /**
   * Exceptions that an ingredient has by the manifests that refer to it. Manifests of the store
   * that nobody refers to grant none.
   *
   * @param failures codes of failures that were recorded when it was taken in
   * @param redacted absolute JUMBF URIs of assertions that were taken out of it
   */
  private record Allowed(Set<String> failures, Set<String> redacted) {

    static Allowed nothing() {
      return new Allowed(Set.of(), Set.of());
    }

    Allowed and(Set<String> recorded, List<String> redactedToo) {
      Set<String> allFailures = new HashSet<>(failures);
      allFailures.addAll(recorded);
      Set<String> allRedacted = new HashSet<>(redacted);
      allRedacted.addAll(redactedToo);
      return new Allowed(allFailures, allRedacted);
    }

    boolean changes(Manifest manifest) {
      return redacted.stream()
          .anyMatch(
              target -> HashedUri.manifest(target).map(manifest.label()::equals).orElse(false));
    }
  }

  /**
   * Checks a manifest and what it was made from.
   *
   * @param allowed by those that took it in
   */
  private ManifestCheck visit(Manifest manifest, Allowed allowed, Instant when, int depth) {
    ManifestCheck check = ManifestCheck.of(manifest, allowed.redacted(), trust, elsewhere, when);
    checks.put(manifest.label(), check);
    Instant time = check.when().orElse(when);
    for (Ingredient ingredient : check.ingredients()) {
      ingredient(
          check, ingredient, allowed.and(ingredient.recorded(), check.redacted()), time, depth);
    }
    check.statuses().stream()
        .filter(
            status ->
                status.code().invalidates() && !allowed.failures().contains(status.code().code()))
        // That the certificate of an ingredient has expired since is no fault of what it is in.
        .filter(
            status -> depth == 0 || status.code() != StatusCode.CLAIM_SIGNATURE_OUTSIDE_VALIDITY)
        .forEach(failures::add);
    return check;
  }

  private void ingredient(
      ManifestCheck holder, Ingredient ingredient, Allowed allowed, Instant when, int depth) {
    String url = holder.manifest().url(Manifest.ASSERTIONS + "/" + ingredient.label());
    if (ingredient.manifest().isEmpty()) {
      holder
          .statuses()
          .add(
              new ValidationStatus(
                  StatusCode.INGREDIENT_UNKNOWN_PROVENANCE,
                  url,
                  "An ingredient came without a manifest."));
      return;
    }
    HashedUri reference = ingredient.manifest().get();
    Optional<Manifest> manifest = reference.manifest().flatMap(store::manifest);
    if (manifest.isEmpty()) {
      holder
          .statuses()
          .add(
              new ValidationStatus(
                  StatusCode.INGREDIENT_MANIFEST_MISSING,
                  url,
                  "The manifest of an ingredient is missing."));
      return;
    }
    holder.statuses().add(referred(holder, ingredient, reference, manifest.get(), allowed, url));
    if (checks.containsKey(manifest.get().label())) {
      return;
    }
    if (depth >= MAX_ANCESTORS) {
      holder
          .statuses()
          .add(
              new ValidationStatus(
                  StatusCode.GENERAL_ERROR, url, "The ingredients go deeper than the bound."));
      return;
    }
    visit(manifest.get(), allowed, when, depth + 1);
  }

  /** By the manifest's hash; where assertions were taken out of it, by that of its signature. */
  private ValidationStatus referred(
      ManifestCheck holder,
      Ingredient ingredient,
      HashedUri reference,
      Manifest manifest,
      Allowed allowed,
      String url) {
    try {
      if (allowed.changes(manifest)) {
        return signatureReferred(holder, ingredient, manifest, url);
      }
      boolean same =
          matches(holder, reference, manifest.box()) || oldMatch(holder, reference, manifest);
      return same
          ? new ValidationStatus(
              StatusCode.INGREDIENT_MANIFEST_VALIDATED,
              url,
              "The manifest of an ingredient is as it was taken in.")
          : new ValidationStatus(
              StatusCode.INGREDIENT_MANIFEST_MISMATCH,
              url,
              "The manifest of an ingredient was changed after it was taken in.");
    } catch (StatusException e) {
      return e.at(url);
    }
  }

  private ValidationStatus signatureReferred(
      ManifestCheck holder, Ingredient ingredient, Manifest manifest, String url)
      throws StatusException {
    Optional<JumbfBox> box = manifest.box().box(Manifest.SIGNATURE);
    if (ingredient.signature().isEmpty() || box.isEmpty()) {
      return new ValidationStatus(
          StatusCode.INGREDIENT_CLAIM_SIGNATURE_MISSING,
          url,
          "The signature of an ingredient from which something was taken out is missing.");
    }
    return matches(holder, ingredient.signature().get(), box.get())
        ? new ValidationStatus(
            StatusCode.INGREDIENT_CLAIM_SIGNATURE_VALIDATED,
            url,
            "The signature of an ingredient is as it was taken in.")
        : new ValidationStatus(
            StatusCode.INGREDIENT_CLAIM_SIGNATURE_MISMATCH,
            url,
            "The signature of an ingredient was changed after it was taken in.");
  }

  private static boolean matches(ManifestCheck holder, HashedUri reference, JumbfBox box)
      throws StatusException {
    String name = reference.algorithm().isEmpty() ? holder.algorithm() : reference.algorithm();
    return Arrays.equals(box.hash(HashAlgorithm.of(name)), reference.hash());
  }

  /** C2PA 1.0 hashed the claim of an ingredient in place of its manifest. */
  private static boolean oldMatch(ManifestCheck holder, HashedUri reference, Manifest manifest)
      throws StatusException {
    String name = reference.algorithm().isEmpty() ? holder.algorithm() : reference.algorithm();
    var digest = HashAlgorithm.of(name).digest();
    return manifest.claims().size() == 1
        && manifest
            .claims()
            .get(0)
            .content("cbor")
            .filter(claim -> Arrays.equals(digest.digest(claim), reference.hash()))
            .isPresent();
  }

  /** The binding to the file is that of the active manifest, or of the one that it updates. */
  private ManifestCheck bind(ManifestCheck active) throws IOException, DamagedException {
    ManifestCheck check = active;
    for (int i = 0; i < MAX_ANCESTORS && check.manifest().kind() == Kind.UPDATE; i++) {
      Optional<ManifestCheck> parent =
          check.ingredients().stream()
              .filter(Ingredient::parent)
              .flatMap(ingredient -> ingredient.manifest().stream())
              .flatMap(reference -> reference.manifest().stream())
              .findFirst()
              .map(checks::get);
      if (parent.isEmpty()) {
        return check;
      }
      check = parent.get();
    }
    for (JumbfBox binding : check.bindings()) {
      String url = check.manifest().url(Manifest.ASSERTIONS + "/" + binding.label());
      JsonNode tree = Manifest.tree(binding).orElseThrow();
      List<ValidationStatus> statuses =
          switch (Manifest.base(binding.label())) {
            case "c2pa.hash.data" ->
                DataHash.check(tree, check.algorithm(), asset, check != active, url);
            case "c2pa.hash.boxes" -> BoxHash.check(tree, check.algorithm(), asset, url);
            case "c2pa.hash.bmff.v2", "c2pa.hash.bmff.v3" ->
                BmffHash.check(tree, check.algorithm(), asset, url);
            // C2PA 2.2, 15.10.1.2, does not count version 1; in ingredients it is left alone.
            case "c2pa.hash.bmff" ->
                List.of(
                    new ValidationStatus(
                        StatusCode.HARD_BINDINGS_MISSING,
                        url,
                        "The manifest is bound to content by a hash of BMFF version 1 alone, which"
                            + " the C2PA withdrew."));
            default ->
                List.of(
                    unverified(
                        url, "A hash of a collection of files is present and not verified."));
          };
      if (check.inParts() && statuses.stream().anyMatch(status -> status.code().differs())) {
        // C2PA 2.2, 15.12.1.1: then the hashes of its parts decide.
        statuses =
            List.of(
                unverified(
                    url,
                    "The file as a whole is not as it was signed; hashes of its parts are present"
                        + " and not verified."));
      }
      held |= statuses.stream().anyMatch(status -> HELD.contains(status.code()));
      check.statuses().addAll(statuses);
      statuses.stream().filter(status -> status.code().invalidates()).forEach(failures::add);
    }
    return check;
  }

  private static ValidationStatus unverified(String url, String what) {
    return new ValidationStatus(StatusCode.ADDITIONAL_EXCLUSIONS, url, what);
  }

  /**
   * Each manifest's identities may refer to its own claim, and to those of what it was made from.
   * Those of an ingredient are bound to that ingredient's content.
   */
  private void identities(ManifestCheck active, ManifestCheck bound, Instant now) {
    for (ManifestCheck check : checks.values()) {
      if (!check.hasIdentities()) {
        continue;
      }
      Set<String> claimed = new HashSet<>();
      for (ManifestCheck other : check == active ? checks.values() : List.of(check)) {
        other.references().forEach(reference -> claimed.add(IdentityCheck.key(reference)));
      }
      Set<String> labels = new HashSet<>();
      (check == active ? bound : check).bindings().forEach(box -> labels.add(box.label()));
      check.identities(
          new IdentityCheck.Setting(
              claimed,
              ManifestCheck.BINDINGS,
              labels,
              elsewhere.answers(),
              check.proved(),
              now,
              trust));
    }
  }

  private Provenance result(ManifestCheck active) {
    SignedManifest first = active.result();
    State state =
        !failures.isEmpty()
            ? State.INVALID
            : !held ? State.WELL_FORMED : first.trusted() ? State.TRUSTED : State.VALID;
    return new Provenance(
        asset.store().carrier(),
        asset.store().bytes().length,
        state,
        held,
        checks.values().stream().map(ManifestCheck::result).toList(),
        failures,
        SourceTypeSearch.of(asset.store().bytes()));
  }
}
