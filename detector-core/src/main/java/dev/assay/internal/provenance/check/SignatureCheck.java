package dev.assay.internal.provenance.check;

import dev.assay.Sentence;
import dev.assay.internal.provenance.check.SignedManifest.Signer;
import dev.assay.internal.provenance.read.CoseSignature;
import dev.assay.internal.provenance.status.StatusCode;
import dev.assay.internal.provenance.status.StatusException;
import dev.assay.internal.provenance.status.ValidationStatus;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;

/**
 * Checks the signature of a claim, its certificate, time-stamp and revocation: C2PA 2.2, 15.7 to
 * 15.9.
 */
final class SignatureCheck {

  private final TrustAnchors trust;
  private final String url;
  private final List<ValidationStatus> statuses = new ArrayList<>();
  private Optional<Signer> signer = Optional.empty();
  private Instant when;

  private SignatureCheck(TrustAnchors trust, Instant now, String url) {
    this.trust = trust;
    this.when = now;
    this.url = url;
  }

  /**
   * Checks a signature.
   *
   * @param encoded the content of its box
   * @param claim the bytes that it signs
   * @param now the time to judge by where no trusted time-stamp tells one
   */
  static SignatureCheck of(
      byte[] encoded, byte[] claim, TrustAnchors trust, Instant now, String url) {
    SignatureCheck check = new SignatureCheck(trust, now, url);
    try {
      check.run(CoseSignature.parse(encoded), claim);
    } catch (StatusException e) {
      check.statuses.add(e.at(url));
    }
    return check;
  }

  /** What the steps gave. */
  List<ValidationStatus> statuses() {
    return statuses;
  }

  /** Who signed; empty where that cannot be read. */
  Optional<Signer> signer() {
    return signer;
  }

  /** When it was signed, as far as it is proved; otherwise the time to judge by. */
  Instant when() {
    return when;
  }

  private void run(CoseSignature signature, byte[] claim) {
    X509Certificate certificate = signature.signer();
    Optional<TimeStamp> stamp = TimeStamp.of(signature, claim, trust, url);
    stamp.ifPresent(found -> statuses.addAll(found.statuses()));
    when = stamp.flatMap(TimeStamp::time).orElse(when);
    signer = Optional.of(signer(signature, stamp));
    CertificateProfile.fault(certificate)
        .ifPresent(
            fault ->
                add(
                    StatusCode.CREDENTIAL_INVALID,
                    Sentence.of("The signer's certificate may not sign claims: {0}.", fault)));
    credential(signature);
    if (!signature.signs(claim)) {
      add(StatusCode.CLAIM_SIGNATURE_MISMATCH, "The signature is not over this claim.");
      return;
    }
    add(StatusCode.CLAIM_SIGNATURE_VALIDATED, "The signature is that of the certificate's key.");
    boolean inside =
        !when.isBefore(certificate.getNotBefore().toInstant())
            && !when.isAfter(certificate.getNotAfter().toInstant());
    if (inside) {
      add(StatusCode.CLAIM_SIGNATURE_INSIDE_VALIDITY, "The certificate was valid at that time.");
    } else {
      add(
          StatusCode.CLAIM_SIGNATURE_OUTSIDE_VALIDITY,
          Sentence.of(
              "The certificate is valid until {0}, and no trusted time-stamp shows that the"
                  + " signature is from before.",
              certificate.getNotAfter().toInstant()));
    }
    statuses.add(Revocation.of(signature, when, url));
  }

  private void credential(CoseSignature signature) {
    List<X509Certificate> along = signature.chain().subList(1, signature.chain().size());
    if (trust.vouchFor(signature.signer(), along, when)) {
      add(StatusCode.CREDENTIAL_TRUSTED, "The certificate leads to one on a trust list.");
    } else {
      add(StatusCode.CREDENTIAL_UNTRUSTED, "The certificate leads to none on a trust list.");
    }
  }

  private void add(StatusCode code, String explanation) {
    add(code, Sentence.of(explanation));
  }

  private void add(StatusCode code, Sentence explanation) {
    statuses.add(new ValidationStatus(code, url, explanation));
  }

  private static Signer signer(CoseSignature signature, Optional<TimeStamp> stamp) {
    X509Certificate certificate = signature.signer();
    X500Principal subject = certificate.getSubjectX500Principal();
    X500Principal issuer = certificate.getIssuerX500Principal();
    return new Signer(
        part(subject, "CN").orElse(subject.getName()),
        part(subject, "O").orElse(""),
        part(issuer, "O").or(() -> part(issuer, "CN")).orElse(issuer.getName()),
        signature.algorithm().name(),
        stamp.flatMap(TimeStamp::stated),
        stamp.flatMap(TimeStamp::time).isPresent(),
        certificate.getNotBefore().toInstant(),
        certificate.getNotAfter().toInstant());
  }

  private static Optional<String> part(X500Principal name, String wanted) {
    try {
      for (Rdn part : new LdapName(name.getName()).getRdns()) {
        if (part.getType().equalsIgnoreCase(wanted)) {
          return Optional.of(String.valueOf(part.getValue()));
        }
      }
    } catch (InvalidNameException e) {
      return Optional.empty();
    }
    return Optional.empty();
  }
}
