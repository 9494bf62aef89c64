package dev.assay.internal.provenance.trust;

import dev.assay.Sentence;
import java.security.PublicKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the certificate of a signer must be like: C2PA 2.2, 14.5.1. */
public final class CertificateProfile {

  /** The purpose of the specification's own trust list. */
  public static final String C2PA_CLAIM_SIGNING = "1.3.6.1.4.1.62558.2.1";

  public static final String EMAIL_PROTECTION = "1.3.6.1.5.5.7.3.4";
  static final String DOCUMENT_SIGNING = "1.3.6.1.5.5.7.3.36";
  public static final String TIME_STAMPING = "1.3.6.1.5.5.7.3.8";
  static final String OCSP_SIGNING = "1.3.6.1.5.5.7.3.9";

  private static final String ANY_PURPOSE = "2.5.29.37.0";
  private static final String AUTHORITY_KEY = "2.5.29.35";
  private static final int DIGITAL_SIGNATURE = 0;
  private static final int CERTIFICATE_SIGN = 5;
  private static final int MIN_RSA_BITS = 2048;
  private static final Set<Integer> CURVE_BITS = Set.of(256, 384, 521);
  private static final Set<String> SIGNED_WITH =
      Set.of(
          "SHA256withRSA",
          "SHA384withRSA",
          "SHA512withRSA",
          "SHA256withECDSA",
          "SHA384withECDSA",
          "SHA512withECDSA",
          "RSASSA-PSS",
          "Ed25519",
          "EdDSA");

  private CertificateProfile() {}

  /** Why a certificate may not sign claims; empty where it may. */
  public static Optional<Sentence> fault(X509Certificate certificate) {
    if (certificate.getVersion() != 3) {
      return Optional.of(Sentence.of("it is not of version 3"));
    }
    if (certificate.getIssuerUniqueID() != null || certificate.getSubjectUniqueID() != null) {
      return Optional.of(Sentence.of("it carries unique identifiers"));
    }
    if (certificate.getBasicConstraints() >= 0) {
      return Optional.of(Sentence.of("it is that of an authority"));
    }
    boolean selfSigned =
        certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    if (!selfSigned && certificate.getExtensionValue(AUTHORITY_KEY) == null) {
      return Optional.of(Sentence.of("it does not name the key of its issuer"));
    }
    boolean[] usage = certificate.getKeyUsage();
    if (usage == null || !usage[DIGITAL_SIGNATURE] || usage[CERTIFICATE_SIGN]) {
      return Optional.of(Sentence.of("its key is not for digital signatures alone"));
    }
    if (!SIGNED_WITH.contains(certificate.getSigAlgName())) {
      return Optional.of(Sentence.of("it is signed by an algorithm that is not allowed"));
    }
    return purposeFault(purposes(certificate)).or(() -> keyFault(certificate.getPublicKey()));
  }

  private static Optional<Sentence> purposeFault(List<String> purposes) {
    if (purposes.isEmpty() || purposes.contains(ANY_PURPOSE)) {
      return Optional.of(Sentence.of("it does not limit its purposes"));
    }
    boolean signs =
        purposes.contains(C2PA_CLAIM_SIGNING)
            || purposes.contains(EMAIL_PROTECTION)
            || purposes.contains(DOCUMENT_SIGNING);
    if (!signs || purposes.contains(TIME_STAMPING) || purposes.contains(OCSP_SIGNING)) {
      return Optional.of(Sentence.of("its purposes are not those of a signer of claims"));
    }
    return Optional.empty();
  }

  private static Optional<Sentence> keyFault(PublicKey key) {
    if (key instanceof RSAPublicKey rsa) {
      return rsa.getModulus().bitLength() >= MIN_RSA_BITS
          ? Optional.empty()
          : Optional.of(Sentence.of("its key is too short"));
    }
    if (key instanceof ECPublicKey curve) {
      return CURVE_BITS.contains(curve.getParams().getCurve().getField().getFieldSize())
          ? Optional.empty()
          : Optional.of(Sentence.of("its key is of a curve that is not allowed"));
    }
    return key instanceof EdECPublicKey
        ? Optional.empty()
        : Optional.of(Sentence.of("its key is of a kind that is not allowed"));
  }

  /** The purposes that a certificate lists; none where it lists none. */
  static List<String> purposes(X509Certificate certificate) {
    try {
      List<String> purposes = certificate.getExtendedKeyUsage();
      return purposes == null ? List.of() : purposes;
    } catch (CertificateParsingException e) {
      return List.of();
    }
  }
}
