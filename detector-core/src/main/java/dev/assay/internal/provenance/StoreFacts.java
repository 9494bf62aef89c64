package dev.assay.internal.provenance;

import dev.assay.internal.provenance.check.Provenance;
import dev.assay.internal.provenance.check.SignedManifest;
import dev.assay.internal.provenance.check.SignedManifest.Signer;
import dev.assay.internal.provenance.identity.Identity;
import dev.assay.internal.provenance.read.Action;
import dev.assay.internal.provenance.read.SignedText;
import dev.assay.internal.provenance.status.ValidationStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What reports hold of a manifest store: {@code state}, the answers {@code integrity}, {@code
 * trust}, {@code time} and {@code identity}, {@code where}, {@code bytes}, {@code failures}, and
 * {@code manifests}, the active one first, each with its {@code label}, {@code generator}, {@code
 * signer}, {@code actions}, {@code ingredients}, {@code assertions}, {@code identities} and the
 * {@code statuses} of its validation.
 */
final class StoreFacts {

  /** Most manifests that are reported one by one. */
  static final int MAX_REPORTED_MANIFESTS = 50;

  /** Most entries of a list that are reported. */
  static final int MAX_REPORTED_ENTRIES = 100;

  private StoreFacts() {}

  /** The details of a piece of evidence. */
  static Map<String, Object> of(Provenance provenance) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("state", provenance.state().code());
    details.put("integrity", provenance.integrity().code());
    details.put("trust", provenance.trust().code());
    details.put("time", provenance.time().code());
    identity(provenance).ifPresent(answer -> details.put("identity", answer));
    details.put("where", provenance.carrier());
    details.put("bytes", provenance.bytes());
    if (!provenance.failures().isEmpty()) {
      details.put("failures", statuses(provenance.failures()));
    }
    details.put(
        "manifests",
        provenance.manifests().stream()
            .limit(MAX_REPORTED_MANIFESTS)
            .map(StoreFacts::manifest)
            .toList());
    return details;
  }

  private static Map<String, Object> manifest(SignedManifest manifest) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("label", SignedText.shown(manifest.label()));
    if (manifest.update()) {
      details.put("update", true);
    }
    put(details, "generator", manifest.generator());
    put(details, "title", manifest.title());
    manifest.signer().ifPresent(signer -> details.put("signer", signer(signer)));
    details.put(
        "actions",
        manifest.actions().stream().limit(MAX_REPORTED_ENTRIES).map(StoreFacts::action).toList());
    details.put(
        "ingredients",
        manifest.ingredients().stream()
            .limit(MAX_REPORTED_ENTRIES)
            .map(StoreFacts::ingredient)
            .toList());
    details.put(
        "assertions",
        manifest.assertions().stream().limit(MAX_REPORTED_ENTRIES).map(SignedText::shown).toList());
    if (!manifest.identities().isEmpty()) {
      details.put("identities", manifest.identities().stream().map(StoreFacts::identity).toList());
    }
    details.put("statuses", statuses(manifest.statuses()));
    return details;
  }

  /** Of several the least that one of them is worth: who reads one word must not trust too much. */
  private static Optional<String> identity(Provenance provenance) {
    return provenance.identities().stream()
        .map(Identity::answer)
        .max(Comparator.naturalOrder())
        .map(Identity.Answer::code);
  }

  private static Map<String, Object> identity(Identity identity) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("answer", identity.answer().code());
    put(details, "type", identity.type());
    put(details, "issuer", identity.issuer());
    List<Map<String, Object>> names = new ArrayList<>();
    for (Identity.Named named : identity.names()) {
      Map<String, Object> name = new LinkedHashMap<>();
      put(name, "type", named.type());
      put(name, "name", named.name());
      put(name, "account", named.account());
      put(name, "provider", named.provider());
      put(name, "verifiedAt", named.when());
      names.add(name);
    }
    details.put("names", names);
    details.put("roles", identity.roles().stream().map(SignedText::shown).toList());
    details.put("statuses", statuses(identity.statuses()));
    return details;
  }

  private static Map<String, Object> signer(Signer signer) {
    Map<String, Object> details = new LinkedHashMap<>();
    put(details, "name", signer.name());
    put(details, "organisation", signer.organisation());
    put(details, "issuer", signer.issuer());
    put(details, "algorithm", signer.algorithm());
    signer.time().ifPresent(time -> details.put("time", time.toString()));
    details.put("timeTrusted", signer.timeTrusted());
    details.put("trust", signer.trust().code());
    details.put("timing", signer.timing().code());
    details.put("validFrom", signer.from().toString());
    details.put("validUntil", signer.until().toString());
    return details;
  }

  private static Map<String, Object> action(Action action) {
    Map<String, Object> details = new LinkedHashMap<>();
    put(details, "action", action.name());
    put(details, "software", action.software());
    put(details, "sourceType", action.sourceType());
    put(details, "description", action.description());
    put(details, "when", action.when());
    return details;
  }

  private static Map<String, Object> ingredient(SignedManifest.Origin origin) {
    Map<String, Object> details = new LinkedHashMap<>();
    put(details, "relationship", origin.relationship());
    put(details, "title", origin.title());
    origin.manifest().ifPresent(label -> put(details, "manifest", label));
    return details;
  }

  /** Each code once, with the first sentence that was given for it. */
  private static List<Map<String, Object>> statuses(List<ValidationStatus> statuses) {
    Map<String, Map<String, Object>> byCode = new LinkedHashMap<>();
    for (ValidationStatus status : statuses) {
      byCode.computeIfAbsent(
          status.code().code(),
          code -> {
            Map<String, Object> details = new LinkedHashMap<>();
            details.put("code", code);
            details.put("explanation", status.explanation().text());
            if (!status.explanation().values().isEmpty()) {
              details.put("words", status.explanation().words());
            }
            return details;
          });
    }
    return List.copyOf(byCode.values());
  }

  static void put(Map<String, Object> details, String name, String value) {
    if (!value.isEmpty()) {
      details.put(name, SignedText.shown(value));
    }
  }
}
