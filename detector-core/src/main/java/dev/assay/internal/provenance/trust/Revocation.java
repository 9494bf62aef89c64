package dev.assay.internal.provenance.trust;

import dev.assay.Sentence;
import dev.assay.internal.provenance.read.Cbor;
import dev.assay.internal.provenance.read.CoseSignature;
import dev.assay.internal.provenance.status.StatusCode;
import dev.assay.internal.provenance.status.ValidationStatus;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.SingleResp;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;

/**
 * Whether a signer's certificate was revoked, by the responses (RFC 6960) that a signature carries:
 * C2PA 2.2, 15.9. Nobody is asked over a network.
 */
public final class Revocation {

  /** Most responses that are looked at. */
  static final int MAX_RESPONSES = 16;

  private static final long DAY_SECONDS = 86_400;

  private Revocation() {}

  /**
   * Checks the responses beside a signature, and those elsewhere in the store.
   *
   * @param others responses of certificate status assertions
   * @param when the time at which the signature was made, as far as it is known
   */
  public static ValidationStatus of(
      CoseSignature signature, List<byte[]> others, Instant when, String url) {
    List<byte[]> responses = new ArrayList<>();
    Cbor.elements(signature.unprotectedHeader().path("rVals").path("ocspVals"))
        .forEach(value -> Cbor.bytes(value).ifPresent(responses::add));
    responses.addAll(others);
    for (byte[] response : responses.subList(0, Math.min(MAX_RESPONSES, responses.size()))) {
      Optional<ValidationStatus> found = answered(response, signature, when, url);
      if (found.isPresent()) {
        return found.get();
      }
    }
    return new ValidationStatus(
        StatusCode.OCSP_SKIPPED,
        url,
        responses.isEmpty()
            ? "The file does not say whether the certificate was revoked."
            : "No answer on revocation in the file covers the time of signing.");
  }

  private static Optional<ValidationStatus> answered(
      byte[] encoded, CoseSignature signature, Instant when, String url) {
    try {
      if (!(new OCSPResp(encoded).getResponseObject() instanceof BasicOCSPResp response)
          || !genuine(response, signature)) {
        return Optional.empty();
      }
      for (SingleResp single : response.getResponses()) {
        boolean meant =
            single.getCertID().getSerialNumber().equals(signature.signer().getSerialNumber());
        // C2PA 2.2, 15.9.1: an answer from after the signing tells of the time before it as well.
        Instant end =
            single.getNextUpdate() == null
                ? response.getProducedAt().toInstant().plusSeconds(DAY_SECONDS)
                : single.getNextUpdate().toInstant();
        boolean inTime = !when.isAfter(end);
        if (meant && inTime) {
          return Optional.of(status(single.getCertStatus(), when, url));
        }
      }
    } catch (IOException | OCSPException | RuntimeException e) {
      // An answer that cannot be read is none.
    }
    return Optional.empty();
  }

  private static ValidationStatus status(CertificateStatus status, Instant when, String url) {
    if (status == CertificateStatus.GOOD) {
      return new ValidationStatus(
          StatusCode.OCSP_NOT_REVOKED, url, "The certificate was not revoked.");
    }
    if (status instanceof RevokedStatus revoked) {
      Instant since = revoked.getRevocationTime().toInstant();
      return since.isAfter(when)
          ? new ValidationStatus(
              StatusCode.OCSP_NOT_REVOKED, url, "The certificate was revoked after the signing.")
          : new ValidationStatus(
              StatusCode.OCSP_REVOKED,
              url,
              Sentence.of("The certificate was revoked on {0}.", since));
    }
    return new ValidationStatus(
        StatusCode.OCSP_UNKNOWN, url, "Its issuer does not know the signer's certificate.");
  }

  /** Whether the issuer of the certificate, or whom it charged with it, signed the answer. */
  private static boolean genuine(BasicOCSPResp response, CoseSignature signature) {
    Optional<X509Certificate> issuer =
        signature.chain().stream().skip(1).filter(c -> issued(c, signature.signer())).findFirst();
    if (issuer.isEmpty()) {
      return false;
    }
    List<X509Certificate> candidates = new ArrayList<>();
    candidates.add(issuer.get());
    for (X509CertificateHolder holder : response.getCerts()) {
      try {
        X509Certificate delegate = new JcaX509CertificateConverter().getCertificate(holder);
        if (issued(issuer.get(), delegate)
            && CertificateProfile.purposes(delegate).contains(CertificateProfile.OCSP_SIGNING)) {
          candidates.add(delegate);
        }
      } catch (CertificateException e) {
        // It is not the one that signed, or nobody can tell.
      }
    }
    return candidates.stream().anyMatch(candidate -> signed(response, candidate));
  }

  private static boolean signed(BasicOCSPResp response, X509Certificate by) {
    try {
      return response.isSignatureValid(new JcaContentVerifierProviderBuilder().build(by));
    } catch (OCSPException | OperatorCreationException | RuntimeException e) {
      return false;
    }
  }

  private static boolean issued(X509Certificate issuer, X509Certificate certificate) {
    try {
      certificate.verify(issuer.getPublicKey());
      return true;
    } catch (java.security.GeneralSecurityException | RuntimeException e) {
      return false;
    }
  }
}
