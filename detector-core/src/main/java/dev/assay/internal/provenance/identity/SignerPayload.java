package dev.assay.internal.provenance.identity;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.internal.provenance.read.Cbor;
import dev.assay.internal.provenance.read.HashedUri;
import dev.assay.internal.provenance.read.JumbfBox;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the person signs, out of an identity assertion: CAWG Identity Assertion 1.3, 5.2.
 *
 * @param tree the map {@code signer_payload}
 * @param written its bytes as they stand in the assertion
 * @param references the assertions that they say are theirs
 * @param type of the signature
 * @param roles that they claim
 * @param signature unread
 * @param padded whether what fills the assertion up is zero
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares payloads.
record SignerPayload(
    JsonNode tree,
    byte[] written,
    List<HashedUri> references,
    String type,
    List<String> roles,
    byte[] signature,
    boolean padded) {

  /** Most assertions that are referred to. */
  static final int MAX_REFERENCES = 1_000;

  private static final String NAME = "signer_payload";
  private static final int MAX_ROLES = 20;

  /** Reads an assertion; empty where it breaks the rule {@code identity} of the schema. */
  static Optional<SignerPayload> of(JumbfBox assertion) {
    Optional<byte[]> bytes = assertion.content("cbor");
    Optional<JsonNode> read = bytes.flatMap(Cbor::read).filter(JsonNode::isObject);
    if (read.isEmpty()) {
      return Optional.empty();
    }
    JsonNode identity = read.get();
    JsonNode payload = identity.path(NAME);
    Optional<byte[]> written = Cbor.member(bytes.orElseThrow(), NAME);
    Optional<byte[]> signature = Cbor.bytes(identity.path("signature"));
    Optional<byte[]> pad = Cbor.bytes(identity.path("pad1"));
    Optional<List<HashedUri>> references = references(payload.path("referenced_assertions"));
    String type = payload.path("sig_type").asText();
    boolean second = !identity.has("pad2") || identity.path("pad2").isBinary();
    if (written.isEmpty()
        || signature.isEmpty()
        || pad.isEmpty()
        || references.isEmpty()
        || !second
        || type.isEmpty()) {
      return Optional.empty();
    }
    List<String> roles = new ArrayList<>();
    for (JsonNode role : Cbor.elements(payload.path("role"))) {
      if (roles.size() < MAX_ROLES) {
        roles.add(role.asText());
      }
    }
    return Optional.of(
        new SignerPayload(
            payload,
            written.get(),
            references.get(),
            type,
            roles,
            signature.get(),
            zero(pad.get()) && zero(Cbor.bytes(identity.path("pad2")).orElse(new byte[0]))));
  }

  private static Optional<List<HashedUri>> references(JsonNode list) {
    List<HashedUri> references = new ArrayList<>();
    for (JsonNode node : Cbor.elements(list)) {
      Optional<HashedUri> reference = HashedUri.of(node);
      if (reference.isEmpty() || references.size() >= MAX_REFERENCES) {
        return Optional.empty();
      }
      references.add(reference.get());
    }
    return list.isArray() ? Optional.of(references) : Optional.empty();
  }

  private static boolean zero(byte[] bytes) {
    for (byte value : bytes) {
      if (value != 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * The forms in which its signer may have signed it: as it is written, and as 8.2.1 asks for it
   * (RFC 8949, 4.2.1), which the commonest writer does not heed.
   */
  List<byte[]> forms() {
    return List.of(written, Cbor.deterministic(tree));
  }
}
