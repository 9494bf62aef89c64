package dev.assay.internal.provenance.read;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.internal.provenance.read.CoseSign1.Algorithm;
import dev.assay.internal.provenance.status.StatusCode;
import dev.assay.internal.provenance.status.StatusException;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A signature with a chain of certificates (RFC 9360), as C2PA 2.2, 13.2 and 14.5, have it: of a
 * claim, or of a person's identity.
 *
 * @param sign1 the signature
 * @param algorithm of it
 * @param chain the signer's certificate first
 */
public record CoseSignature(CoseSign1 sign1, Algorithm algorithm, List<X509Certificate> chain) {

  /** Most certificates of a chain. */
  static final int MAX_CERTIFICATES = 20;

  private static final String CHAIN = "33";
  private static final String CHAIN_NAME = "x5chain";

  /**
   * Reads a signature.
   *
   * @throws StatusException if it is not of the form, or of an algorithm that is not allowed, or
   *     its certificates cannot be read
   */
  public static CoseSignature parse(byte[] bytes) throws StatusException {
    CoseSign1 sign1 = CoseSign1.parse(bytes);
    return new CoseSignature(
        sign1, sign1.algorithm(), certificates(sign1.header(), sign1.unprotectedHeader()));
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

  /** The certificates that lead on from the signer's. */
  public List<X509Certificate> along() {
    return chain.subList(1, chain.size());
  }

  /** What is not signed, as a map. */
  public JsonNode unprotectedHeader() {
    return sign1.unprotectedHeader();
  }

  /** Whether the signer's key made the signature over these bytes. */
  public boolean signs(byte[] content) {
    // An attached payload is what would be signed otherwise: forged content beside it would pass.
    return sign1.payload().filter(attached -> !Arrays.equals(attached, content)).isEmpty()
        && sign1.verifies(algorithm, signer().getPublicKey(), content);
  }
}
