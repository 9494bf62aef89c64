package dev.assay.internal.provenance.check;

import dev.assay.Sentence;
import dev.assay.internal.provenance.check.SignedManifest.Signer;
import dev.assay.internal.provenance.read.CoseSignature;
import dev.assay.internal.provenance.read.Manifest;
import dev.assay.internal.provenance.status.StatusCode;
import dev.assay.internal.provenance.status.StatusException;
import dev.assay.internal.provenance.status.ValidationStatus;
import dev.assay.internal.provenance.trust.CertificateProfile;
import dev.assay.internal.provenance.trust.DistinguishedName;
import dev.assay.internal.provenance.trust.Revocation;
import dev.assay.internal.provenance.trust.SignerTrust;
import dev.assay.internal.provenance.trust.SigningTime;
import dev.assay.internal.provenance.trust.StoreEvidence;
import dev.assay.internal.provenance.trust.TimeStamp;
import dev.assay.internal.provenance.trust.TrustAnchors;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Checks the signature of a claim, its certificate, time-stamp and revocation: C2PA 2.2, 15.7 to
 * 15.9.
 */
final class SignatureCheck {

  private final TrustAnchors trust;
  private final String url;
  private final List<ValidationStatus> statuses = new ArrayList<>();
  private Optional<Signer> signer = Optional.empty();
  private final List<byte[]> timeStamps;
  private final List<byte[]> answers;
  private SignerTrust vouching = SignerTrust.UNREADABLE;
  private SigningTime time = SigningTime.UNKNOWN;
  private Instant when;

  private SignatureCheck(
      TrustAnchors trust, StoreEvidence elsewhere, Manifest manifest, Instant now) {
    this.trust = trust;
    this.timeStamps = elsewhere.timeStamps(manifest.label());
    this.answers = elsewhere.answers();
    this.when = now;
    this.url = manifest.url(Manifest.SIGNATURE);
  }

  /**
   * Checks a signature.
   *
   * @param manifest whose signature it is
   * @param claim the bytes that it signs
   * @param elsewhere what other parts of the store say of it
   * @param now the time to judge by where no trusted time-stamp tells one
   */
  static SignatureCheck of(
      Manifest manifest, byte[] claim, TrustAnchors trust, StoreEvidence elsewhere, Instant now) {
    SignatureCheck check = new SignatureCheck(trust, elsewhere, manifest, now);
    try {
      check.run(CoseSignature.parse(encoded(manifest)), claim);
    } catch (StatusException e) {
      check.statuses.add(e.at(check.url));
    }
    return check;
  }

  private static byte[] encoded(Manifest manifest) throws StatusException {
    return manifest
        .signature()
        .orElseThrow(
            () ->
                new StatusException(
                    StatusCode.CLAIM_SIGNATURE_MISSING, "The manifest is not signed."));
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
    Optional<TimeStamp> stamp = TimeStamp.of(signature, claim, timeStamps, trust, url);
    stamp.ifPresent(found -> statuses.addAll(found.statuses()));
    boolean proved = stamp.flatMap(TimeStamp::time).isPresent();
    when = stamp.flatMap(TimeStamp::time).orElse(when);
    boolean inside =
        !when.isBefore(certificate.getNotBefore().toInstant())
            && !when.isAfter(certificate.getNotAfter().toInstant());
    time =
        inside
            ? proved ? SigningTime.PROVED : SigningTime.CURRENT
            : proved ? SigningTime.OUTSIDE : SigningTime.EXPIRED;
    credential(signature, inside ? when : certificate.getNotAfter().toInstant());
    check(signature, claim, inside);
    signer = Optional.of(signer(signature, stamp));
  }

  private void check(CoseSignature signature, byte[] claim, boolean inside) {
    X509Certificate certificate = signature.signer();
    if (!signature.signs(claim)) {
      add(StatusCode.CLAIM_SIGNATURE_MISMATCH, "The signature is not over this claim.");
      return;
    }
    add(StatusCode.CLAIM_SIGNATURE_VALIDATED, "The signature is that of the certificate's key.");
    if (inside) {
      add(StatusCode.CLAIM_SIGNATURE_INSIDE_VALIDITY, "The certificate was valid at that time.");
    } else {
      add(
          StatusCode.CLAIM_SIGNATURE_OUTSIDE_VALIDITY,
          time == SigningTime.OUTSIDE
              ? Sentence.of(
                  "The certificate is valid from {0} until {1}; the time-stamp is of {2}.",
                  certificate.getNotBefore().toInstant(),
                  certificate.getNotAfter().toInstant(),
                  when)
              : Sentence.of(
                  "The certificate is valid until {0}, and no trusted time-stamp shows that the"
                      + " signature is from before.",
                  certificate.getNotAfter().toInstant()));
    }
    ValidationStatus revocation = Revocation.of(signature, answers, when, url);
    statuses.add(revocation);
    if (revocation.code() == StatusCode.OCSP_REVOKED) {
      vouching = SignerTrust.REVOKED;
    }
  }

  /**
   * The form of the certificate, and the way from it to one on a list.
   *
   * @param valid a time at which the certificate is valid: that it has expired since is an answer
   *     of its own, and takes nobody off a list
   */
  private void credential(CoseSignature signature, Instant valid) {
    vouching = trust.vouching(signature.signer(), signature.along(), valid);
    Optional<Sentence> fault = CertificateProfile.fault(signature.signer());
    fault.ifPresent(
        why ->
            add(
                StatusCode.CREDENTIAL_INVALID,
                Sentence.of("The signer's certificate may not sign claims: {0}.", why)));
    if (vouching.trusted()) {
      add(StatusCode.CREDENTIAL_TRUSTED, "The certificate leads to one on a trust list.");
    } else if (vouching == SignerTrust.PUBLISHER) {
      add(
          StatusCode.CREDENTIAL_UNTRUSTED,
          "The certificate is on the IPTC's list of verified news publishers, which is no trust"
              + " list of the C2PA.");
    } else {
      add(StatusCode.CREDENTIAL_UNTRUSTED, "The certificate leads to none on a trust list.");
    }
    if (fault.isPresent()) {
      vouching = SignerTrust.UNFIT;
    }
  }

  private void add(StatusCode code, String explanation) {
    add(code, Sentence.of(explanation));
  }

  private void add(StatusCode code, Sentence explanation) {
    statuses.add(new ValidationStatus(code, url, explanation));
  }

  private Signer signer(CoseSignature signature, Optional<TimeStamp> stamp) {
    X509Certificate certificate = signature.signer();
    DistinguishedName subject = DistinguishedName.of(certificate.getSubjectX500Principal());
    DistinguishedName issuer = DistinguishedName.of(certificate.getIssuerX500Principal());
    return new Signer(
        subject.shown(),
        subject.organisation(),
        issuer.organisation().isEmpty() ? issuer.shown() : issuer.organisation(),
        signature.algorithm().name(),
        stamp.flatMap(TimeStamp::stated),
        vouching,
        time,
        certificate.getNotBefore().toInstant(),
        certificate.getNotAfter().toInstant());
  }
}
