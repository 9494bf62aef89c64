package dev.assay.internal.provenance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import dev.assay.internal.metadata.Containers;
import dev.assay.internal.provenance.read.Cbor;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Writes a manifest and signs it; every part can be spoilt on the way. */
final class TestManifest {

  static final String AI = Containers.AI_SOURCE_TYPE;

  private static final String COMMON = "00110010800000aa00389b71";
  private static final CBORMapper WRITER = new CBORMapper();

  private final String label;
  private final TestSigner signer;
  private final Map<String, Object> assertions = new LinkedHashMap<>();
  private final Map<String, Object> unprotectedHeader = new LinkedHashMap<>();
  private String type = "c2ma";
  private UnaryOperator<Map<String, Object>> changeOfClaim = claim -> claim;
  private UnaryOperator<byte[]> changeOfSignature = signature -> signature;
  private Map<String, Object> undeclared = Map.of();
  private byte @Nullable [] payload;
  private String claimLabel = "c2pa.claim.v2";
  private boolean begins = true;
  private int claims = 1;
  private byte[] built = new byte[0];

  TestManifest(String label, TestSigner signer) {
    this.label = label;
    this.signer = signer;
  }

  TestManifest with(String assertion, Object content) {
    assertions.put(assertion, content);
    return this;
  }

  TestManifest created(String sourceType) {
    return with(
        "c2pa.actions.v2",
        Map.of(
            "actions",
            List.of(
                Map.of(
                    "action",
                    "c2pa.created",
                    "softwareAgent",
                    Map.of("name", "Test Model"),
                    "digitalSourceType",
                    sourceType))));
  }

  TestManifest update() {
    type = "c2um";
    return this;
  }

  /** A claim of version 1. */
  TestManifest firstVersion() {
    claimLabel = "c2pa.claim";
    return this;
  }

  TestManifest claim(UnaryOperator<Map<String, Object>> change) {
    changeOfClaim = change;
    return this;
  }

  TestManifest signature(UnaryOperator<byte[]> change) {
    changeOfSignature = change;
    return this;
  }

  TestManifest undeclared(String assertion, Object content) {
    undeclared = Map.of(assertion, content);
    return this;
  }

  TestManifest attached(byte[] content) {
    payload = content;
    return this;
  }

  TestManifest unprotected(String name, Object value) {
    unprotectedHeader.put(name, value);
    return this;
  }

  TestManifest claims(int count) {
    claims = count;
    return this;
  }

  String label() {
    return label;
  }

  /** The superbox; signed once, since signatures differ each time. */
  byte[] bytes() {
    if (built.length == 0) {
      built = build();
    }
    return built;
  }

  /** Says nothing of how the asset began, which it ought to. */
  TestManifest beginless() {
    begins = false;
    return this;
  }

  private byte[] build() {
    boolean told = assertions.keySet().stream().anyMatch(name -> name.startsWith("c2pa.actions"));
    if (begins && !told && type.equals("c2ma")) {
      created("http://cv.iptc.org/newscodes/digitalsourcetype/digitalCreation");
    }
    List<byte[]> boxes = new ArrayList<>();
    List<Object> references = new ArrayList<>();
    assertions.forEach(
        (name, content) -> {
          byte[] box = assertion(name, content);
          boxes.add(box);
          references.add(reference("self#jumbf=c2pa.assertions/" + name, sha256(payloadOf(box))));
        });
    undeclared.forEach((name, content) -> boxes.add(assertion(name, content)));
    Map<String, Object> claim = new LinkedHashMap<>();
    claim.put("alg", "sha256");
    claim.put("instanceID", "xmp:iid:1");
    claim.put("claim_generator_info", Map.of("name", "Test Writer"));
    claim.put("signature", "self#jumbf=c2pa.signature");
    claim.put("created_assertions", references);
    if (claimLabel.equals("c2pa.claim")) {
      claim.put("assertions", claim.remove("created_assertions"));
    }
    byte[] claimBytes = cbor(changeOfClaim.apply(claim));
    byte[] claimBox = superbox("c2cl", claimLabel, Containers.box("cbor", claimBytes));
    byte[] signatureBox =
        superbox("c2cs", "c2pa.signature", Containers.box("cbor", signature(claimBytes)));
    List<byte[]> parts = new ArrayList<>();
    parts.add(superbox("c2as", "c2pa.assertions", boxes.toArray(new byte[0][])));
    for (int i = 0; i < claims; i++) {
      parts.add(claimBox);
    }
    parts.add(signatureBox);
    return superbox(type, label, parts.toArray(new byte[0][]));
  }

  private static byte[] assertion(String name, Object content) {
    return content instanceof byte[] raw
        ? superbox("cbor", name, Containers.box("cbor", raw))
        : superbox("cbor", name, Containers.box("cbor", cbor(content)));
  }

  private byte[] signature(byte[] claim) {
    byte[] protectedHeader = protectedHeader();
    byte[] signed =
        changeOfSignature.apply(
            signer.sign(Cbor.array("Signature1", protectedHeader, new byte[0], claim)));
    List<Object> parts = new ArrayList<>();
    parts.add(protectedHeader);
    Map<String, Object> header = new LinkedHashMap<>(unprotectedHeader);
    header.replaceAll(
        (name, value) ->
            value instanceof Stamper stamper
                ? stamper.stamp(protectedHeader, signed, claim)
                : value);
    parts.add(header);
    parts.add(payload);
    parts.add(signed);
    return cbor(parts);
  }

  /** Makes a time-stamp of a signature. */
  interface Stamper {
    Object stamp(byte[] protectedHeader, byte[] signature, byte[] claim);
  }

  /** A map with whole numbers as keys, which the CBOR writer at hand cannot write. */
  private byte[] protectedHeader() {
    return protectedHeader(signer);
  }

  /** A reference to an assertion, as the claim holds it. */
  static Map<String, Object> referenceTo(String name, Object content) {
    return reference(
        "self#jumbf=c2pa.assertions/" + name, sha256(payloadOf(assertion(name, content))));
  }

  static byte[] protectedHeader(TestSigner signer) {
    try {
      List<byte[]> chain = new ArrayList<>();
      for (X509Certificate certificate : signer.chain()) {
        chain.add(certificate.getEncoded());
      }
      return Containers.join(
          new byte[] {(byte) 0xA2, 0x01},
          cbor(signer.algorithm()),
          new byte[] {0x18, 33},
          cbor(chain));
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  static Map<String, Object> reference(String url, byte[] hash) {
    Map<String, Object> reference = new LinkedHashMap<>();
    reference.put("url", url);
    reference.put("hash", hash);
    return reference;
  }

  /** A manifest as an ingredient of another one. */
  Map<String, Object> asIngredient(String relationship) {
    Map<String, Object> ingredient = new LinkedHashMap<>();
    ingredient.put("relationship", relationship);
    ingredient.put("dc:title", "an ingredient");
    ingredient.put(
        "activeManifest", reference("self#jumbf=/c2pa/" + label, sha256(payloadOf(bytes()))));
    return ingredient;
  }

  /** A store of superboxes of manifests, the active one last. */
  static byte[] store(byte[]... manifests) {
    return superbox("c2pa", "c2pa", manifests);
  }

  static byte[] superbox(String type, String label, byte[]... content) {
    byte[] uuid =
        Containers.join(
            type.getBytes(StandardCharsets.ISO_8859_1), HexFormat.of().parseHex(COMMON));
    byte[] description =
        Containers.box(
            "jumd", uuid, new byte[] {3}, label.getBytes(StandardCharsets.UTF_8), new byte[1]);
    return Containers.box("jumb", description, Containers.join(content));
  }

  static byte[] payloadOf(byte[] box) {
    return java.util.Arrays.copyOfRange(box, 8, box.length);
  }

  static byte[] cbor(Object value) {
    try {
      return WRITER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static byte[] sha256(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (byte[] part : parts) {
        digest.update(part);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
