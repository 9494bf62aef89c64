package dev.assay.internal.provenance.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.Sentence;
import dev.assay.internal.provenance.identity.Identity;
import dev.assay.internal.provenance.identity.IdentityCheck;
import dev.assay.internal.provenance.read.Action;
import dev.assay.internal.provenance.read.Claim;
import dev.assay.internal.provenance.read.HashAlgorithm;
import dev.assay.internal.provenance.read.HashedUri;
import dev.assay.internal.provenance.read.Ingredient;
import dev.assay.internal.provenance.read.JumbfBox;
import dev.assay.internal.provenance.read.Manifest;
import dev.assay.internal.provenance.read.Manifest.Kind;
import dev.assay.internal.provenance.read.SignedText;
import dev.assay.internal.provenance.read.SourceTypeMention;
import dev.assay.internal.provenance.status.StatusCode;
import dev.assay.internal.provenance.status.StatusException;
import dev.assay.internal.provenance.status.ValidationStatus;
import dev.assay.internal.provenance.trust.SigningTime;
import dev.assay.internal.provenance.trust.StoreEvidence;
import dev.assay.internal.provenance.trust.TrustAnchors;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Checks one manifest by itself: its claim, its signature, its assertions and their order (C2PA
 * 2.2, 15.5 to 15.11). What it says of other manifests and of the file is left to {@link
 * StoreValidator}.
 */
final class ManifestCheck {

  /** Most ingredients of one manifest. */
  static final int MAX_INGREDIENTS = 1_000;

  /** Most identity assertions of one manifest. */
  static final int MAX_IDENTITIES = 20;

  static final Set<String> BINDINGS =
      Set.of(
          "c2pa.hash.data",
          "c2pa.hash.bmff",
          "c2pa.hash.bmff.v2",
          "c2pa.hash.bmff.v3",
          "c2pa.hash.boxes",
          "c2pa.hash.collection.data");
  private static final String PARTS = "c2pa.hash.multi-asset";
  private static final Set<String> INGREDIENTS =
      Set.of("c2pa.ingredient", "c2pa.ingredient.v2", "c2pa.ingredient.v3");
  private static final Set<String> ACTIONS = Set.of("c2pa.actions", "c2pa.actions.v2");
  private static final Set<String> UPDATE_ACTIONS =
      Set.of("c2pa.opened", "c2pa.edited.metadata", "c2pa.published", "c2pa.redacted");

  private final Manifest manifest;
  private final Set<String> redactedByOthers;
  private final List<ValidationStatus> statuses = new ArrayList<>();
  private final List<Ingredient> ingredients = new ArrayList<>();
  private final List<Action> actions = new ArrayList<>();
  private final List<ActionRules.Told> told = new ArrayList<>();
  private final List<SourceTypeMention> mentions = new ArrayList<>();
  private final IdentityHashMap<JumbfBox, Optional<JsonNode>> trees = new IdentityHashMap<>();
  private final List<JumbfBox> bindings = new ArrayList<>();
  private final List<JumbfBox> identities = new ArrayList<>();
  private final List<Identity> checkedIdentities = new ArrayList<>();
  private boolean inParts;
  private Optional<Claim> claim = Optional.empty();
  private Optional<SignatureCheck> signature = Optional.empty();

  private ManifestCheck(Manifest manifest, Set<String> redactedByOthers) {
    this.manifest = manifest;
    this.redactedByOthers = redactedByOthers;
  }

  /**
   * Checks a manifest.
   *
   * @param redactedByOthers absolute JUMBF URIs of assertions that other manifests took out
   * @param elsewhere what other parts of the store say of its signature
   * @param when the time to judge by where no trusted time-stamp tells one
   */
  static ManifestCheck of(
      Manifest manifest,
      Set<String> redactedByOthers,
      TrustAnchors trust,
      StoreEvidence elsewhere,
      Instant when) {
    ManifestCheck check = new ManifestCheck(manifest, redactedByOthers);
    try {
      Claim claim = Claim.of(manifest);
      check.claim = Optional.of(claim);
      check.pointsToItsSignature(claim);
      check.signature(claim, trust, elsewhere, when);
      check.assertions(claim);
      check.rules(claim);
    } catch (StatusException e) {
      check.statuses.add(e.at(manifest.url("")));
    }
    return check;
  }

  Manifest manifest() {
    return manifest;
  }

  List<ValidationStatus> statuses() {
    return statuses;
  }

  List<Ingredient> ingredients() {
    return ingredients;
  }

  /** JUMBF URIs of assertions that it takes out of other manifests. */
  List<String> redacted() {
    return claim.map(Claim::redacted).orElse(List.of()).stream()
        .filter(url -> !HashedUri.manifest(url).map(manifest.label()::equals).orElse(true))
        .toList();
  }

  /** The assertions that bind the manifest to the bytes of the file. */
  List<JumbfBox> bindings() {
    return bindings;
  }

  /** References of its claim to its assertions. */
  List<HashedUri> references() {
    return claim.map(Claim::assertions).orElse(List.of());
  }

  /** When it was signed, as a trusted time-stamp shows. */
  Optional<Instant> proved() {
    return signature
        .filter(check -> check.signer().filter(s -> s.timing() == SigningTime.PROVED).isPresent())
        .map(SignatureCheck::when);
  }

  /** Whether somebody says in person that it is theirs. */
  boolean hasIdentities() {
    return !identities.isEmpty();
  }

  /** Checks its identity assertions, once all that they may refer to is known. */
  void identities(IdentityCheck.Setting setting) {
    for (JumbfBox assertion : identities) {
      String url = manifest.url(Manifest.ASSERTIONS + "/" + assertion.label());
      checkedIdentities.add(IdentityCheck.of(assertion, setting, url));
    }
  }

  /** Whether hashes of the parts of the file count where that of the whole does not match. */
  boolean inParts() {
    return inParts;
  }

  /** Name of the hash where an assertion names none. */
  String algorithm() {
    return claim.map(Claim::algorithm).orElse("");
  }

  /** When it was signed, as far as it is proved. */
  Optional<Instant> when() {
    return signature.map(SignatureCheck::when);
  }

  /** What was read and found. */
  SignedManifest result() {
    return new SignedManifest(
        manifest.label(),
        manifest.kind() == Kind.UPDATE,
        claim.map(Claim::generator).orElse(""),
        claim.map(c -> c.tree().path("dc:title").asText()).orElse(""),
        signature.flatMap(SignatureCheck::signer),
        actions,
        ingredients.stream()
            .map(
                i ->
                    new SignedManifest.Origin(
                        i.relationship(), i.title(), i.manifest().flatMap(HashedUri::manifest)))
            .toList(),
        manifest.assertions().stream().map(JumbfBox::label).toList(),
        mentions.stream()
            .map(
                m ->
                    new SignedManifest.Mention(
                        m.type().term(), m.effect(), m.place(), m.software()))
            .toList(),
        checkedIdentities,
        statuses);
  }

  /** C2PA 2.2, 15.7: the signature is the one in the same manifest that the claim names. */
  private void pointsToItsSignature(Claim claim) throws StatusException {
    String url = claim.tree().path("signature").asText();
    boolean own = HashedUri.manifest(url).map(manifest.label()::equals).orElse(true);
    if (!own || !HashedUri.within(url).equals(Manifest.SIGNATURE)) {
      throw new StatusException(
          StatusCode.CLAIM_SIGNATURE_MISSING, "The claim does not name the manifest's signature.");
    }
  }

  private void signature(Claim claim, TrustAnchors trust, StoreEvidence elsewhere, Instant when) {
    SignatureCheck check = SignatureCheck.of(manifest, claim.bytes(), trust, elsewhere, when);
    statuses.addAll(check.statuses());
    signature = Optional.of(check);
  }

  private void assertions(Claim claim) {
    Map<String, JumbfBox> byLabel = new HashMap<>();
    manifest.assertions().forEach(box -> byLabel.putIfAbsent(box.label(), box));
    Set<String> declared = new HashSet<>();
    for (HashedUri reference : claim.assertions()) {
      String label = label(reference);
      String url = manifest.url(Manifest.ASSERTIONS + "/" + label);
      if (label.isEmpty() || !reference.manifest().map(manifest.label()::equals).orElse(true)) {
        add(
            StatusCode.OUTSIDE_MANIFEST,
            reference.url(),
            "The claim relies on an assertion of another manifest.");
        continue;
      }
      declared.add(label);
      Optional<JumbfBox> assertion = Optional.ofNullable(byLabel.get(label));
      boolean redacted = redactedByOthers.contains(url);
      if (assertion.isEmpty() && !redacted) {
        add(
            StatusCode.ASSERTION_MISSING,
            url,
            Sentence.of("The assertion {0} is missing.", SignedText.shown(label)));
      } else if (assertion.isPresent() && redacted && !assertion.get().zeroed()) {
        add(StatusCode.NOT_REDACTED, url, "The assertion should have been removed.");
      } else if (assertion.isPresent() && !redacted) {
        assertion(reference, assertion.get(), claim, url);
      }
    }
    for (JumbfBox assertion : manifest.assertions()) {
      // Of several of one label only the first is what the claim's hash is of.
      if (!declared.remove(assertion.label())) {
        add(
            StatusCode.UNDECLARED,
            manifest.url(Manifest.ASSERTIONS + "/" + assertion.label()),
            Sentence.of(
                "The assertion {0} is not part of what was signed.",
                SignedText.shown(assertion.label())));
      }
    }
  }

  private static String label(HashedUri reference) {
    String prefix = Manifest.ASSERTIONS + "/";
    String path = reference.within();
    return path.startsWith(prefix) ? path.substring(prefix.length()) : "";
  }

  private void assertion(HashedUri reference, JumbfBox assertion, Claim claim, String url) {
    try {
      String name = reference.algorithm().isEmpty() ? claim.algorithm() : reference.algorithm();
      if (!Arrays.equals(assertion.hash(HashAlgorithm.of(name)), reference.hash())) {
        add(
            StatusCode.HASHED_URI_MISMATCH,
            url,
            Sentence.of(
                "The assertion {0} was changed after it was signed.",
                SignedText.shown(assertion.label())));
        return;
      }
      add(
          StatusCode.HASHED_URI_MATCH,
          url,
          Sentence.of(
              "The assertion {0} is as it was signed.", SignedText.shown(assertion.label())));
      read(assertion, url);
    } catch (StatusException e) {
      statuses.add(e.at(url));
    }
  }

  private void read(JumbfBox assertion, String url) throws StatusException {
    // A claim may refer to one assertion as often as it likes; it is parsed once.
    Optional<JsonNode> tree = trees.computeIfAbsent(assertion, Manifest::tree);
    boolean standard = assertion.label().startsWith("c2pa.");
    if (standard
        && tree.isEmpty()
        && (assertion.type().equals("cbor") || assertion.type().equals("json"))) {
      throw new StatusException(
          assertion.type().equals("cbor") ? StatusCode.CBOR_INVALID : StatusCode.JSON_INVALID,
          Sentence.of("The assertion {0} cannot be read.", SignedText.shown(assertion.label())));
    }
    String base = Manifest.base(assertion.label());
    if (base.equals(PARTS)) {
      inParts = true;
    } else if (BINDINGS.contains(base)) {
      bindings.add(assertion);
    } else if (base.equals(IdentityCheck.LABEL)) {
      if (identities.size() < MAX_IDENTITIES && !identities.contains(assertion)) {
        identities.add(assertion);
      }
    } else if (INGREDIENTS.contains(base) && tree.isPresent()) {
      if (ingredients.size() < MAX_INGREDIENTS) {
        Ingredient ingredient = Ingredient.of(assertion.label(), tree.get());
        ingredients.add(ingredient);
        mentioned(SourceTypeMention.inIngredient(tree.get(), ingredient));
      }
    } else if (ACTIONS.contains(base) && tree.isPresent()) {
      List<Action> some = Action.of(tree.get());
      if (some.isEmpty() || some.stream().anyMatch(action -> action.name().isEmpty())) {
        add(StatusCode.ACTION_MALFORMED, url, "What the manifest says of its actions is broken.");
      }
      actions.addAll(some);
      if (told.stream().noneMatch(earlier -> earlier.url().equals(url))) {
        told.add(new ActionRules.Told(url, tree.get()));
      }
      mentioned(SourceTypeMention.inActions(tree.get()));
    } else if (tree.isPresent()) {
      mentioned(SourceTypeMention.inMetadata(tree.get(), assertion.label()));
    }
  }

  /** A claim may refer to one assertion as often as it likes. */
  private void mentioned(List<SourceTypeMention> more) {
    for (SourceTypeMention mention : more) {
      if (mentions.size() < SourceTypeMention.MAX_MENTIONS && !mentions.contains(mention)) {
        mentions.add(mention);
      }
    }
  }

  private void rules(Claim claim) {
    String url = manifest.url("");
    long parents = ingredients.stream().filter(Ingredient::parent).count();
    if (manifest.kind() == Kind.UPDATE) {
      if (parents != 1 || ingredients.size() != 1) {
        add(
            StatusCode.UPDATE_WRONG_PARENTS,
            url,
            "An update must have one parent and nothing else.");
      }
      boolean more =
          !bindings.isEmpty()
              || inParts
              || actions.stream().anyMatch(action -> !UPDATE_ACTIONS.contains(action.name()))
              || manifest.assertions().stream()
                  .anyMatch(box -> box.label().startsWith("c2pa.thumbnail"));
      if (more) {
        add(StatusCode.UPDATE_INVALID, url, "An update must not change the asset.");
      }
    } else {
      if (bindings.isEmpty()) {
        add(StatusCode.HARD_BINDINGS_MISSING, url, "The manifest is not bound to any content.");
      } else if (bindings.size() > 1) {
        add(StatusCode.MULTIPLE_HARD_BINDINGS, url, "The manifest is bound to content twice.");
      }
      if (parents > 1) {
        add(StatusCode.MULTIPLE_PARENTS, url, "The manifest names more than one parent.");
      }
    }
    // Where parts are missing or changed, what they do not say is no further fault.
    if (claim.version() > 1
        && statuses.stream().noneMatch(status -> status.code().breaksIntegrity())) {
      statuses.addAll(
          ActionRules.check(
              told, manifest.kind() == Kind.STANDARD, ingredients, claim.redacted(), url));
    }
    redactions(claim);
  }

  private void redactions(Claim claim) {
    for (String target : claim.redacted()) {
      String base = Manifest.base(HashedUri.within(target).replace(Manifest.ASSERTIONS + "/", ""));
      if (HashedUri.manifest(target).map(manifest.label()::equals).orElse(true)) {
        add(StatusCode.SELF_REDACTED, target, "The manifest takes out an assertion of its own.");
      } else if (ACTIONS.contains(base)) {
        add(StatusCode.ACTION_REDACTED, target, "The manifest takes out what was done.");
      } else if (BINDINGS.contains(base)) {
        add(StatusCode.DATA_HASH_REDACTED, target, "The manifest takes out a binding to content.");
      }
    }
  }

  private void add(StatusCode code, String url, String explanation) {
    add(code, url, Sentence.of(explanation));
  }

  private void add(StatusCode code, String url, Sentence explanation) {
    statuses.add(new ValidationStatus(code, url, explanation));
  }
}
