package dev.assay.internal.provenance.read;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.Sentence;
import dev.assay.internal.provenance.status.StatusCode;
import dev.assay.internal.provenance.status.StatusException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a manifest claims: C2PA 2.2, 10.
 *
 * @param bytes as they are signed
 * @param version 1 or 2
 * @param tree the map
 * @param algorithm name of the hash where a reference names none
 * @param assertions references to all assertions, those that the signer did not make included
 * @param redacted JUMBF URIs of assertions taken out of other manifests
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares claims.
public record Claim(
    byte[] bytes,
    int version,
    JsonNode tree,
    String algorithm,
    List<HashedUri> assertions,
    List<String> redacted) {

  /** Most references of one kind in a claim. */
  static final int MAX_REFERENCES = 10_000;

  private static final List<String> LISTS =
      List.of("assertions", "created_assertions", "gathered_assertions");

  /**
   * Reads the claim of a manifest.
   *
   * @throws StatusException if it has none or several, or a broken one
   */
  public static Claim of(Manifest manifest) throws StatusException {
    List<JumbfBox> boxes = manifest.claims();
    if (boxes.size() != 1) {
      throw boxes.isEmpty()
          ? new StatusException(StatusCode.CLAIM_MISSING, "The manifest holds no claim.")
          : new StatusException(StatusCode.CLAIM_MULTIPLE, "The manifest holds several claims.");
    }
    Optional<byte[]> bytes = boxes.get(0).content("cbor");
    Optional<JsonNode> tree = bytes.flatMap(Cbor::read).filter(JsonNode::isObject);
    if (bytes.isEmpty() || tree.isEmpty()) {
      throw new StatusException(StatusCode.CLAIM_CBOR_INVALID, "The claim cannot be read.");
    }
    int version = boxes.get(0).label().startsWith("c2pa.claim.v") ? 2 : 1;
    return read(bytes.get(), version, tree.get());
  }

  private static Claim read(byte[] bytes, int version, JsonNode tree) throws StatusException {
    require(tree.path("signature").isTextual(), "signature");
    require(tree.path(version == 1 ? "assertions" : "created_assertions").isArray(), "assertions");
    if (version == 2) {
      require(tree.path("instanceID").isTextual(), "instanceID");
      require(generatorInfo(tree).path("name").isTextual(), "claim_generator_info");
    }
    List<HashedUri> assertions = new ArrayList<>();
    for (String list : LISTS) {
      for (JsonNode reference : Cbor.elements(tree.path(list))) {
        bound(assertions);
        assertions.add(
            HashedUri.of(reference)
                .orElseThrow(() -> malformed(Sentence.of("A reference of the claim is broken."))));
      }
    }
    List<String> redacted = new ArrayList<>();
    for (JsonNode url : Cbor.elements(tree.path("redacted_assertions"))) {
      bound(redacted);
      redacted.add(url.asText());
    }
    return new Claim(
        bytes, version, tree, tree.path("alg").asText(), List.copyOf(assertions), redacted);
  }

  private static void bound(List<?> references) throws StatusException {
    if (references.size() >= MAX_REFERENCES) {
      throw malformed(Sentence.of("The claim refers to more than {0} assertions.", MAX_REFERENCES));
    }
  }

  private static void require(boolean there, String field) throws StatusException {
    if (!there) {
      throw malformed(Sentence.of("The claim's field {0} is missing or of another type.", field));
    }
  }

  private static StatusException malformed(Sentence explanation) {
    return new StatusException(StatusCode.CLAIM_MALFORMED, explanation);
  }

  private static JsonNode generatorInfo(JsonNode tree) {
    JsonNode info = tree.path("claim_generator_info");
    return info.isArray() ? info.path(0) : info;
  }

  /** The software that made the claim, with its version where that is told. */
  public String generator() {
    JsonNode info = generatorInfo(tree);
    String name = info.path("name").asText();
    if (name.isEmpty()) {
      return tree.path("claim_generator").asText();
    }
    String version = info.path("version").asText();
    return version.isEmpty() ? name : name + " " + version;
  }
}
