package dev.assay.internal.provenance.identity;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.internal.provenance.read.Cbor;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** Identifiers that are a key themselves: the method {@code did:jwk} (RFC 7517 and 8037). */
final class DidJwk {

  static final String PREFIX = "did:jwk:";

  private static final int MAX_LENGTH = 8_192;
  private static final Map<String, String> CURVES =
      Map.of("P-256", "secp256r1", "P-384", "secp384r1", "P-521", "secp521r1");

  private DidJwk() {}

  /** The key of an identifier; empty where it is none. */
  static Optional<PublicKey> key(String did) {
    if (!did.startsWith(PREFIX) || did.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    String encoded = did.substring(PREFIX.length()).split("[#?]", 2)[0];
    try {
      byte[] json = Base64.getUrlDecoder().decode(encoded);
      return Cbor.readJson(json).flatMap(DidJwk::parsed);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<PublicKey> parsed(JsonNode key) {
    try {
      return switch (key.path("kty").asText()) {
        case "OKP" -> edwards(key);
        case "EC" -> curve(key);
        case "RSA" ->
            Optional.of(
                KeyFactory.getInstance("RSA")
                    .generatePublic(new RSAPublicKeySpec(number(key, "n"), number(key, "e"))));
        default -> Optional.empty();
      };
    } catch (GeneralSecurityException | RuntimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<PublicKey> edwards(JsonNode key) throws GeneralSecurityException {
    byte[] x = Base64.getUrlDecoder().decode(key.path("x").asText());
    if (!key.path("crv").asText().equals("Ed25519") || x.length != 32) {
      return Optional.empty();
    }
    // RFC 8032, 5.1.2: little-endian, the last bit is that of x.
    boolean odd = (x[31] & 0x80) != 0;
    byte[] y = new byte[32];
    for (int i = 0; i < 32; i++) {
      y[i] = x[31 - i];
    }
    y[0] &= 0x7F;
    EdECPoint point = new EdECPoint(odd, new BigInteger(1, y));
    return Optional.of(
        KeyFactory.getInstance("Ed25519")
            .generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point)));
  }

  private static Optional<PublicKey> curve(JsonNode key) throws GeneralSecurityException {
    String name = CURVES.get(key.path("crv").asText());
    if (name == null) {
      return Optional.empty();
    }
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
    parameters.init(new ECGenParameterSpec(name));
    ECPoint point = new ECPoint(number(key, "x"), number(key, "y"));
    return Optional.of(
        KeyFactory.getInstance("EC")
            .generatePublic(
                new ECPublicKeySpec(point, parameters.getParameterSpec(ECParameterSpec.class))));
  }

  private static BigInteger number(JsonNode key, String name) {
    return new BigInteger(1, Base64.getUrlDecoder().decode(key.path(name).asText()));
  }
}
