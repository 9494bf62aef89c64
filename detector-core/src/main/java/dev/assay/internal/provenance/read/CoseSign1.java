package dev.assay.internal.provenance.read;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.Sentence;
import dev.assay.internal.provenance.status.StatusCode;
import dev.assay.internal.provenance.status.StatusException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Optional;

/**
 * A signature by one signer: COSE_Sign1 (RFC 9052, 4.2).
 *
 * @param protectedHeader its bytes, which are signed
 * @param header the same as a map
 * @param unprotectedHeader what is not signed
 * @param payload empty where it lies elsewhere
 * @param signature as the algorithm makes it
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares signatures.
public record CoseSign1(
    byte[] protectedHeader,
    JsonNode header,
    JsonNode unprotectedHeader,
    Optional<byte[]> payload,
    byte[] signature) {

  private static final String ALGORITHM = "1";
  private static final String CONTENT_TYPE = "3";

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
   * @throws StatusException if it is not of the form
   */
  public static CoseSign1 parse(byte[] bytes) throws StatusException {
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
    return new CoseSign1(
        protectedHeader, header, parts.get(1), Cbor.bytes(parts.get(2)), signature);
  }

  private static StatusException malformed(String what) {
    return new StatusException(StatusCode.CLAIM_SIGNATURE_MISMATCH, what);
  }

  /**
   * The algorithm that it names.
   *
   * @throws StatusException if it is not one that is allowed
   */
  public Algorithm algorithm() throws StatusException {
    JsonNode number = header.path(ALGORITHM);
    for (Algorithm algorithm : Algorithm.values()) {
      if (number.canConvertToInt()
          && number.isIntegralNumber()
          && number.asInt() == algorithm.number) {
        return algorithm;
      }
    }
    throw new StatusException(
        StatusCode.ALGORITHM_UNSUPPORTED,
        Sentence.of(
            "The signature's algorithm {0} is not allowed.", SignedText.shown(number.asText(""))));
  }

  /** The media type of what is signed; empty where it names none. */
  public String contentType() {
    return header.path(CONTENT_TYPE).asText();
  }

  /** Whether a key made the signature over these bytes. */
  public boolean verifies(Algorithm algorithm, PublicKey key, byte[] content) {
    try {
      Signature verifier = algorithm.verifier();
      verifier.initVerify(key);
      verifier.update(Cbor.array("Signature1", protectedHeader, new byte[0], content));
      return verifier.verify(signature);
    } catch (GeneralSecurityException | RuntimeException e) {
      // A key of another kind, or a signature of another length.
      return false;
    }
  }
}
