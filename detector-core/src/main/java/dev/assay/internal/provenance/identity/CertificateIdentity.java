package dev.assay.internal.provenance.identity;

import dev.assay.Sentence;
import dev.assay.internal.provenance.identity.Identity.Named;
import dev.assay.internal.provenance.read.CoseSignature;
import dev.assay.internal.provenance.status.StatusCode;
import dev.assay.internal.provenance.status.StatusException;
import dev.assay.internal.provenance.trust.DistinguishedName;
import dev.assay.internal.provenance.trust.Revocation;
import dev.assay.internal.provenance.trust.SignerTrust;
import dev.assay.internal.provenance.trust.TimeStamp;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An identity by a certificate: CAWG Identity Assertion 1.3, 8.2. The lists that vouch for it are
 * the user's own and the IPTC's of verified news publishers; authorities for mail, which 8.2.3 also
 * admits for a time, vouch for an address and are not shipped.
 */
final class CertificateIdentity {

  private final IdentityCheck check;
  private final SignerPayload payload;

  CertificateIdentity(IdentityCheck check, SignerPayload payload) {
    this.check = check;
    this.payload = payload;
  }

  void run() {
    try {
      run(CoseSignature.parse(payload.signature()));
    } catch (StatusException e) {
      StatusCode code =
          switch (e.code()) {
            case ALGORITHM_UNSUPPORTED -> StatusCode.IDENTITY_X509_ALGORITHM;
            case CREDENTIAL_INVALID -> StatusCode.IDENTITY_X509_INVALID;
            default -> StatusCode.IDENTITY_X509_SIGNATURE_MISMATCH;
          };
      check.add(code, e.at(check.url()).explanation());
    }
  }

  private void run(CoseSignature signature) {
    X509Certificate certificate = signature.signer();
    DistinguishedName subject = DistinguishedName.of(certificate.getSubjectX500Principal());
    DistinguishedName issuer = DistinguishedName.of(certificate.getIssuerX500Principal());
    check.named(
        List.of(new Named("", subject.shown(), subject.organisation(), "", "")),
        issuer.organisation().isEmpty() ? issuer.shown() : issuer.organisation());
    if (payload.forms().stream().noneMatch(signature::signs)) {
      check.add(
          StatusCode.IDENTITY_X509_SIGNATURE_MISMATCH,
          "The identity's signature is not over what it refers to.");
      return;
    }
    check.add(
        StatusCode.IDENTITY_X509_SIGNATURE_VALIDATED,
        "The identity's signature is that of its certificate's key.");
    Instant when = when(signature);
    boolean inside =
        !when.isBefore(certificate.getNotBefore().toInstant())
            && !when.isAfter(certificate.getNotAfter().toInstant());
    if (inside) {
      check.add(
          StatusCode.IDENTITY_X509_INSIDE_VALIDITY,
          "The identity's certificate was valid at that time.");
    } else {
      check.add(
          StatusCode.IDENTITY_X509_OUTSIDE_VALIDITY,
          Sentence.of(
              "The identity's certificate is valid until {0}, and no trusted time-stamp shows that"
                  + " the signature is from before.",
              certificate.getNotAfter().toInstant()));
    }
    vouching(signature, inside ? when : certificate.getNotAfter().toInstant());
    revocation(signature, when);
    if (!check.failed()) {
      check.add(StatusCode.IDENTITY_TRUSTED, "The identity holds, and a list vouches for it.");
    }
  }

  /** By its own time-stamp, else by the manifest's. */
  private Instant when(CoseSignature signature) {
    Optional<TimeStamp> own =
        TimeStamp.second(signature.sign1(), check.setting().trust(), check.url());
    Optional<Instant> time = own.flatMap(TimeStamp::time);
    if (time.isPresent()) {
      check.add(
          StatusCode.IDENTITY_X509_TIME_STAMP, "The identity's time-stamp is over its signature.");
    } else if (own.isPresent()) {
      check.add(
          StatusCode.IDENTITY_X509_TIME_STAMP_UNTRUSTED,
          "The identity's time-stamp proves nothing.");
    }
    return time.or(check.setting()::signed).orElse(check.setting().now());
  }

  private void vouching(CoseSignature signature, Instant valid) {
    SignerTrust vouching =
        check.setting().trust().vouching(signature.signer(), signature.along(), valid);
    if (vouching == SignerTrust.CHOSEN || vouching == SignerTrust.PUBLISHER) {
      check.add(StatusCode.IDENTITY_X509_TRUSTED, "A list vouches for the identity's certificate.");
    } else {
      check.add(
          StatusCode.IDENTITY_X509_UNTRUSTED, "No list vouches for the identity's certificate.");
    }
  }

  private void revocation(CoseSignature signature, Instant when) {
    var status = Revocation.of(signature, check.setting().answers(), when, check.url());
    switch (status.code()) {
      case OCSP_REVOKED -> check.add(StatusCode.IDENTITY_REVOKED, status.explanation());
      case OCSP_NOT_REVOKED ->
          check.add(StatusCode.IDENTITY_X509_OCSP_NOT_REVOKED, status.explanation());
      default -> check.add(StatusCode.IDENTITY_X509_OCSP_SKIPPED, status.explanation());
    }
  }
}
