package dev.assay.internal.provenance.identity;

import dev.assay.Sentence;
import dev.assay.internal.provenance.identity.Identity.Named;
import dev.assay.internal.provenance.read.HashedUri;
import dev.assay.internal.provenance.read.JumbfBox;
import dev.assay.internal.provenance.read.Manifest;
import dev.assay.internal.provenance.read.SignedText;
import dev.assay.internal.provenance.status.StatusCode;
import dev.assay.internal.provenance.status.ValidationStatus;
import dev.assay.internal.provenance.trust.TrustAnchors;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Checks an identity assertion: CAWG Identity Assertion 1.3, 7.1. What its signature is worth is
 * left to {@link CertificateIdentity} and {@link AggregatedIdentity}.
 */
public final class IdentityCheck {

  /** Label of identity assertions. */
  public static final String LABEL = "cawg.identity";

  private static final String CERTIFICATE = "cawg.x509.cose";
  private static final String AGGREGATION = "cawg.identity_claims_aggregation";

  /**
   * The manifest of an identity assertion.
   *
   * @param claimed references of its claim, and of the claims of what it was made from, as {@link
   *     #key} spells them
   * @param bindings labels of assertions that bind to content by their kind
   * @param bound labels of those that bind this file; empty where another manifest does
   * @param answers responses on revocation in the store
   * @param signed when it was signed, as far as that is proved
   * @param now the time to judge by
   */
  public record Setting(
      Set<String> claimed,
      Set<String> bindings,
      Set<String> bound,
      List<byte[]> answers,
      Optional<Instant> signed,
      Instant now,
      TrustAnchors trust) {}

  private final Setting setting;
  private final String url;
  private final List<ValidationStatus> statuses = new ArrayList<>();
  private List<Named> names = List.of();
  private String issuer = "";

  IdentityCheck(Setting setting, String url) {
    this.setting = setting;
    this.url = url;
  }

  /**
   * Checks an assertion.
   *
   * @param url of it
   */
  public static Identity of(JumbfBox assertion, Setting setting, String url) {
    IdentityCheck check = new IdentityCheck(setting, url);
    Optional<SignerPayload> payload = SignerPayload.of(assertion);
    if (payload.isEmpty()) {
      check.add(StatusCode.IDENTITY_CBOR_INVALID, "The identity assertion is broken.");
    } else {
      check.run(payload.get());
    }
    return new Identity(
        assertion.label(),
        payload.map(SignerPayload::type).orElse(""),
        check.names,
        check.issuer,
        payload.map(SignerPayload::roles).orElse(List.of()),
        check.statuses);
  }

  private void run(SignerPayload payload) {
    references(payload.references());
    if (!payload.padded()) {
      add(StatusCode.IDENTITY_PAD_INVALID, "What fills the identity assertion up is not empty.");
    }
    switch (payload.type()) {
      case CERTIFICATE -> new CertificateIdentity(this, payload).run();
      case AGGREGATION -> new AggregatedIdentity(this, payload).run();
      default ->
          add(
              StatusCode.IDENTITY_TYPE_UNKNOWN,
              Sentence.of(
                  "The identity is signed in a way that is not known here: {0}.",
                  SignedText.shown(payload.type())));
    }
  }

  private void references(List<HashedUri> references) {
    Set<String> seen = new HashSet<>();
    boolean bound = false;
    boolean elsewhere = false;
    for (HashedUri reference : references) {
      String label = label(reference);
      if (!seen.add(reference.url())) {
        add(
            StatusCode.IDENTITY_ASSERTION_DUPLICATE,
            Sentence.of("The identity refers to {0} twice.", SignedText.shown(label)));
      }
      if (!setting.claimed().contains(key(reference))) {
        add(
            StatusCode.IDENTITY_ASSERTION_MISMATCH,
            Sentence.of(
                "The identity speaks for {0}, which is not what the claim holds.",
                SignedText.shown(label)));
      }
      bound |= setting.bound().contains(label);
      elsewhere |= setting.bindings().contains(Manifest.base(label));
    }
    if (!bound) {
      add(
          elsewhere ? StatusCode.IDENTITY_BINDING_INCORRECT : StatusCode.IDENTITY_BINDING_MISSING,
          "The identity is not bound to the content of the file.");
    }
  }

  private static String label(HashedUri reference) {
    return reference.within().replace(Manifest.ASSERTIONS + "/", "");
  }

  /** What makes a reference the same as another one: the assertion, and its hash. */
  public static String key(HashedUri reference) {
    return label(reference) + " " + HexFormat.of().formatHex(reference.hash());
  }

  Setting setting() {
    return setting;
  }

  String url() {
    return url;
  }

  void named(List<Named> who, String by) {
    names = who;
    issuer = by;
  }

  boolean failed() {
    return statuses.stream().anyMatch(status -> status.code().kind() == StatusCode.Kind.FAILURE);
  }

  void add(StatusCode code, String explanation) {
    add(code, Sentence.of(explanation));
  }

  void add(StatusCode code, Sentence explanation) {
    statuses.add(new ValidationStatus(code, url, explanation));
  }
}
