package dev.assay.internal.provenance.read;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.Sentence;
import dev.assay.internal.provenance.status.StatusCode;
import dev.assay.internal.provenance.status.StatusException;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The signature of a claim: COSE_Sign1 (RFC 9052, 4.2) with a chain of certificates (RFC 9360), as
 * C2PA 2.2, 13.2 and 14.5, have it.
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares signatures.
public record CoseSignature(
    byte[] protectedHeader,
    JsonNode header,
    JsonNode unprotectedHeader,
    Optional<byte[]> attached,
    byte[] signature,
    Algorithm algorithm,
    List<X509Certificate> chain) {

  /** Most certificates of a chain. */
  static final int MAX_CERTIFICATES = 20;

  private static final String ALGORITHM = "1";
  private static final String CHAIN = "33";
  private static final String CHAIN_NAME = "x5chain";

  /** The algorithms of C2PA 2.2, 13.2.1. */
  public enum Algorithm {
    ES256(-7, "SHA256withECDSAinP1363Format", ""),
    ES384(-35, "SHA384withECDSAinP1363Format", ""),
    ES512(-36, "SHA512withECDSAinP1363Format", ""),
    PS256(-37, "RSASSA-PSS", "SHA-256"),
    PS384(-38, "RSASSA-PSS", "SHA-384"),
    PS512(-39, "RSASSA-PSS", "SHA-512"),
    ED25519(-8, "Ed25519", "");

    private final int number;
    private final String standardName;
    private final String pssHash;

    Algorithm(int number, String standardName, String pssHash) {
      this.number = number;
      this.standardName = standardName;
      this.pssHash = pssHash;
    }

    private static Algorithm of(JsonNode number) throws StatusException {
      for (Algorithm algorithm : values()) {
        if (number.canConvertToInt()
            && number.isIntegralNumber()
            && number.asInt() == algorithm.number) {
          return algorithm;
        }
      }
      throw new StatusException(
          StatusCode.ALGORITHM_UNSUPPORTED,
          Sentence.of(
              "The signature's algorithm {0} is not allowed.",
              SignedText.shown(number.asText(""))));
    }

    private Signature verifier() throws GeneralSecurityException {
      Signature verifier = Signature.getInstance(standardName);
      if (!pssHash.isEmpty()) {
        int salt = Integer.parseInt(pssHash.substring(4)) / 8;
        verifier.setParameter(
            new PSSParameterSpec(
                pssHash,
                "MGF1",
                new MGF1ParameterSpec(pssHash),
                salt,
                PSSParameterSpec.TRAILER_FIELD_BC));
      }
      return verifier;
    }
  }

  /**
   * Reads a signature.
   *
   * @throws StatusException if it is not of the form, or of an algorithm that is not allowed, or
   *     its certificates cannot be read
   */
  public static CoseSignature parse(byte[] bytes) throws StatusException {
    JsonNode parts =
        Cbor.read(bytes).orElseThrow(() -> malformed("The signature box is not CBOR."));
    if (!parts.isArray() || parts.size() != 4 || !parts.get(1).isObject()) {
      throw malformed("The signature box is not a COSE_Sign1.");
    }
    byte[] protectedHeader =
        Cbor.bytes(parts.get(0))
            .orElseThrow(() -> malformed("The signature box has no protected header."));
    JsonNode header =
        Cbor.read(protectedHeader)
            .filter(JsonNode::isObject)
            .orElseThrow(() -> malformed("The signature box has a broken protected header."));
    byte[] signature =
        Cbor.bytes(parts.get(3))
            .orElseThrow(() -> malformed("The signature box holds no signature."));
    if (!parts.get(2).isNull() && !parts.get(2).isBinary()) {
      throw malformed("The signature box carries something that is not a payload.");
    }
    return new CoseSignature(
        protectedHeader,
        header,
        parts.get(1),
        Cbor.bytes(parts.get(2)),
        signature,
        Algorithm.of(header.path(ALGORITHM)),
        certificates(header, parts.get(1)));
  }

  private static StatusException malformed(String what) {
    return new StatusException(StatusCode.CLAIM_SIGNATURE_MISMATCH, what);
  }

  private static List<X509Certificate> certificates(JsonNode header, JsonNode unprotectedHeader)
      throws StatusException {
    List<JsonNode> given = new ArrayList<>();
    for (JsonNode bucket : List.of(header, unprotectedHeader)) {
      for (String name : List.of(CHAIN, CHAIN_NAME)) {
        if (bucket.has(name)) {
          given.add(bucket.get(name));
        }
      }
    }
    if (given.size() != 1) {
      throw invalid(
          given.isEmpty()
              ? "The signature carries no certificate."
              : "The signature carries two chains of certificates.");
    }
    List<JsonNode> encoded = new ArrayList<>();
    if (given.get(0).isBinary()) {
      encoded.add(given.get(0));
    }
    Cbor.elements(given.get(0)).forEach(encoded::add);
    if (encoded.isEmpty() || encoded.size() > MAX_CERTIFICATES) {
      throw invalid("The chain of certificates is empty or too long.");
    }
    List<X509Certificate> chain = new ArrayList<>();
    for (JsonNode one : encoded) {
      try {
        chain.add(
            certificate(
                Cbor.bytes(one).orElseThrow(() -> invalid("A certificate is not a byte string."))));
      } catch (StatusException e) {
        // Without one along the way the signature holds all the same, and nobody vouches for it.
        if (chain.isEmpty()) {
          throw e;
        }
      }
    }
    return List.copyOf(chain);
  }

  private static X509Certificate certificate(byte[] der) throws StatusException {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
    } catch (CertificateException | RuntimeException e) {
      throw invalid("A certificate of the signature cannot be read.");
    }
  }

  private static StatusException invalid(String explanation) {
    return new StatusException(StatusCode.CREDENTIAL_INVALID, explanation);
  }

  /** The certificate of the signer. */
  public X509Certificate signer() {
    return chain.get(0);
  }

  /** Whether the signer's key made the signature over these bytes of a claim. */
  public boolean signs(byte[] claim) {
    // An attached payload is what would be signed otherwise: a forged claim beside it would pass.
    if (attached.isPresent() && !Arrays.equals(attached.get(), claim)) {
      return false;
    }
    try {
      Signature verifier = algorithm.verifier();
      verifier.initVerify(signer().getPublicKey());
      verifier.update(Cbor.array("Signature1", protectedHeader, new byte[0], claim));
      return verifier.verify(signature);
    } catch (GeneralSecurityException | RuntimeException e) {
      // A key of another kind, or a signature of another length.
      return false;
    }
  }
}
