package dev.assay.internal.provenance.check;

import dev.assay.Sentence;
import dev.assay.internal.metadata.DigitalSourceType;
import dev.assay.internal.provenance.identity.Identity;
import dev.assay.internal.provenance.status.StatusCode;
import dev.assay.internal.provenance.status.ValidationStatus;
import dev.assay.internal.provenance.trust.SignerTrust;
import dev.assay.internal.provenance.trust.SigningTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a file's manifest store says, and whether it holds.
 *
 * @param carrier the container's structure that holds it, for a sentence
 * @param bytes its size
 * @param state what validation came to
 * @param held whether content was held against a hash that was signed
 * @param manifests the active manifest first, then those that it leads to, each once
 * @param failures what makes it invalid, of whichever manifest
 * @param mentioned digital source types of generative models that stand anywhere in its bytes
 */
public record Provenance(
    String carrier,
    long bytes,
    State state,
    boolean held,
    List<SignedManifest> manifests,
    List<ValidationStatus> failures,
    List<DigitalSourceType> mentioned) {

  public Provenance {
    manifests = List.copyOf(manifests);
    failures = List.copyOf(failures);
    mentioned = List.copyOf(mentioned);
  }

  /** The states of a manifest: C2PA 2.2, 14.3. */
  public enum State {
    /** Broken, changed since, or signed by what may not sign. */
    INVALID,
    /** Nothing is wrong with it, but whether the file was changed could not be checked. */
    WELL_FORMED,
    /** Intact; who the signer is nobody vouches for. */
    VALID,
    /** Intact, and a list of trusted ones vouches for the signer. */
    TRUSTED;

    /** The state as reports spell it. */
    public String code() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** The manifest that describes the file as it is. */
  public Optional<SignedManifest> active() {
    return manifests.stream().findFirst();
  }

  /** The manifest of a label. */
  public Optional<SignedManifest> manifest(String label) {
    return manifests.stream().filter(m -> m.label().equals(label)).findFirst();
  }

  /** Whether the file is as it was signed, whoever signed it and whenever. */
  public Integrity integrity() {
    List<StatusCode> against =
        failures.stream().map(ValidationStatus::code).filter(StatusCode::breaksIntegrity).toList();
    if (!against.isEmpty()) {
      return against.stream().anyMatch(StatusCode::differs) ? Integrity.CHANGED : Integrity.BROKEN;
    }
    if (active().filter(SignedManifest::signed).isEmpty()) {
      return Integrity.BROKEN;
    }
    return held ? Integrity.INTACT : Integrity.UNCHECKED;
  }

  /** Who vouches for the signer of the active manifest. */
  public SignerTrust trust() {
    return active()
        .flatMap(SignedManifest::signer)
        .map(SignedManifest.Signer::trust)
        .orElse(SignerTrust.UNREADABLE);
  }

  /** What is known of when the active manifest was signed. */
  public SigningTime time() {
    return active()
        .flatMap(SignedManifest::signer)
        .map(SignedManifest.Signer::timing)
        .orElse(SigningTime.UNKNOWN);
  }

  /** Who says in person that the file is theirs. */
  public List<Identity> identities() {
    return active().map(SignedManifest::identities).orElse(List.of());
  }

  /**
   * Whether the file is as it was signed, by a certificate that may sign, so that what it says is
   * its signer's word, even where the certificate has expired since; not where it is proved that
   * the certificate was not valid then.
   */
  public boolean holds() {
    return integrity() == Integrity.INTACT
        && time() != SigningTime.OUTSIDE
        && failures.stream()
            .allMatch(status -> status.code() == StatusCode.CLAIM_SIGNATURE_OUTSIDE_VALIDITY);
  }

  /** Whether what is seen or heard is no part of what was signed. */
  public boolean leavesMediaOut() {
    return manifests.stream().anyMatch(m -> m.has(StatusCode.BMFF_ADDITIONAL_EXCLUSIONS));
  }

  /** What the signature leaves out beside the manifest itself, as sentences. */
  public List<Sentence> leftOut() {
    return manifests.stream()
        .flatMap(manifest -> manifest.statuses().stream())
        .filter(
            status ->
                status.code() == StatusCode.BMFF_ADDITIONAL_EXCLUSIONS
                    || status.code() == StatusCode.ADDITIONAL_EXCLUSIONS)
        .map(ValidationStatus::explanation)
        .distinct()
        .toList();
  }

  /** The active manifest and those that it was made from as a whole, from parent to parent. */
  public List<SignedManifest> lineage() {
    List<SignedManifest> lineage = new ArrayList<>();
    Optional<SignedManifest> next = active();
    while (next.isPresent() && !lineage.contains(next.get())) {
      lineage.add(next.get());
      next =
          next.get().ingredients().stream()
              .filter(origin -> origin.relationship().equals("parentOf"))
              .flatMap(origin -> origin.manifest().stream())
              .findFirst()
              .flatMap(this::manifest);
    }
    return lineage;
  }
}
