package dev.assay.internal.provenance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.Evidence;
import dev.assay.internal.metadata.BytesMedia;
import dev.assay.internal.metadata.Containers;
import dev.assay.internal.metadata.RealFiles;
import dev.assay.internal.provenance.check.Integrity;
import dev.assay.internal.provenance.check.Provenance;
import dev.assay.internal.provenance.check.Provenance.State;
import dev.assay.internal.provenance.identity.Identity;
import dev.assay.internal.provenance.identity.Identity.Answer;
import dev.assay.internal.provenance.read.Cbor;
import dev.assay.internal.provenance.status.StatusCode.Kind;
import dev.assay.internal.provenance.trust.CertificateProfile;
import dev.assay.internal.provenance.trust.TrustAnchors;
import dev.assay.internal.report.ManifestDetails;
import dev.assay.internal.report.ProvenanceAnswers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Identity assertions, made here, and those of the reference's fixtures. */
class IdentityTest {

  private static final Instant NOW = Instant.parse("2026-11-26T00:00:00Z");
  private static final TestSigner CLAIMS = TestSigner.of(-7);
  private static final TestSigner PERSON = TestSigner.of(-7, CertificateProfile.EMAIL_PROTECTION);
  private static final String X509 = "cawg.x509.cose";
  private static final String AGGREGATION = "cawg.identity_claims_aggregation";
  private static final TrustAnchors OFFICIAL =
      new TrustAnchors(
          List.of(TestSigner.root()), List.of(), List.of(), List.of(), Optional.empty());

  /** How an identity is made: each part can be spoilt. */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares them.
  private record Made(
      String type,
      UnaryOperator<Map<String, Object>> payload,
      UnaryOperator<Map<String, Object>> assertion,
      UnaryOperator<byte[]> signed,
      UnaryOperator<Map<String, Object>> credential,
      byte[] header) {

    static Made x509() {
      return new Made(
          X509,
          map -> map,
          map -> map,
          bytes -> bytes,
          map -> map,
          TestManifest.protectedHeader(PERSON));
    }

    static Made aggregated() {
      return new Made(
          AGGREGATION,
          map -> map,
          map -> map,
          bytes -> bytes,
          map -> map,
          header("application/vc"));
    }

    static byte[] header(String contentType) {
      return Containers.join(
          new byte[] {(byte) 0xA2, 0x01, 0x26, 0x03}, TestManifest.cbor(contentType));
    }

    Made payload(UnaryOperator<Map<String, Object>> change) {
      return new Made(type, change, assertion, signed, credential, header);
    }

    Made assertion(UnaryOperator<Map<String, Object>> change) {
      return new Made(type, payload, change, signed, credential, header);
    }

    Made signed(UnaryOperator<byte[]> change) {
      return new Made(type, payload, assertion, change, credential, header);
    }

    Made credential(UnaryOperator<Map<String, Object>> change) {
      return new Made(type, payload, assertion, signed, change, header);
    }

    Made contentType(String contentType) {
      return new Made(type, payload, assertion, signed, credential, header(contentType));
    }

    byte[] file() {
      try {
        return SignedFile.PNG.with(
            (label, binding) ->
                TestManifest.store(
                    new TestManifest("urn:c2pa:1", CLAIMS)
                        .created(TestManifest.AI)
                        .with(label, binding)
                        .with("cawg.identity", identity(label, binding))
                        .bytes()));
      } catch (UncheckedIOException e) {
        throw new IllegalStateException(e);
      }
    }

    private Map<String, Object> identity(String label, Map<String, Object> binding) {
      Map<String, Object> told = new LinkedHashMap<>();
      told.put("referenced_assertions", List.of(TestManifest.referenceTo(label, binding)));
      told.put("sig_type", type);
      told = payload.apply(told);
      Map<String, Object> identity = new LinkedHashMap<>();
      identity.put("signer_payload", told);
      identity.put("signature", signature(told));
      identity.put("pad1", new byte[8]);
      return assertion.apply(identity);
    }

    private byte[] signature(Map<String, Object> told) {
      boolean certified = type.equals(X509);
      byte[] content = certified ? TestManifest.cbor(told) : credential(told);
      byte[] signature =
          PERSON.sign(Cbor.array("Signature1", header, new byte[0], signed.apply(content)));
      List<Object> parts = new ArrayList<>();
      parts.add(header);
      parts.add(Map.of());
      parts.add(certified ? null : content);
      parts.add(signature);
      return TestManifest.cbor(parts);
    }

    private byte[] credential(Map<String, Object> told) {
      Map<String, Object> asset = new LinkedHashMap<>(told);
      List<Object> references = new ArrayList<>();
      for (Object reference : (List<?>) told.get("referenced_assertions")) {
        Map<String, Object> changed = new LinkedHashMap<>();
        ((Map<?, ?>) reference)
            .forEach(
                (name, value) ->
                    changed.put(
                        String.valueOf(name),
                        value instanceof byte[] hash
                            ? Base64.getEncoder().encodeToString(hash)
                            : value));
        references.add(changed);
      }
      asset.put("referenced_assertions", references);
      Map<String, Object> subject = new LinkedHashMap<>();
      subject.put(
          "verifiedIdentities",
          List.of(
              Map.of(
                  "type", "cawg.social_media",
                  "name", "Silly Cats 929",
                  "username", "cats929",
                  "provider", Map.of("name", "Example Network"),
                  "verifiedAt", "2026-01-01T00:00:00Z")));
      subject.put("c2paAsset", asset);
      Map<String, Object> credential = new LinkedHashMap<>();
      credential.put("@context", List.of("https://www.w3.org/ns/credentials/v2"));
      credential.put("type", List.of("VerifiableCredential"));
      credential.put("issuer", did(PERSON.certificate().getPublicKey()));
      credential.put("validFrom", "2026-01-01T00:00:00Z");
      credential.put("credentialSubject", subject);
      try {
        return new ObjectMapper().writeValueAsBytes(this.credential.apply(credential));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** One of each kind, for those that look for trouble. */
  static List<Map<String, Object>> assertions() {
    Map<String, Object> binding = Map.of("alg", "sha256", "hash", new byte[32]);
    return List.of(
        Made.x509().identity("c2pa.hash.data", binding),
        Made.aggregated().identity("c2pa.hash.data", binding));
  }

  private static String did(PublicKey key) {
    ECPublicKey curve = (ECPublicKey) key;
    Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
    String json =
        "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\""
            + encoder.encodeToString(curve.getW().getAffineX().toByteArray())
            + "\",\"y\":\""
            + encoder.encodeToString(curve.getW().getAffineY().toByteArray())
            + "\"}";
    return "did:jwk:" + encoder.encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  private static Provenance read(byte[] file, TrustAnchors trust, Instant now) throws IOException {
    return new ProvenanceReader(() -> trust, Clock.fixed(now, ZoneOffset.UTC))
        .read(new BytesMedia(file))
        .orElseThrow();
  }

  private static Identity identity(Made made) throws IOException {
    Provenance found = read(made.file(), OFFICIAL, NOW);
    assertEquals(Integrity.INTACT, found.integrity(), "an identity changes nothing of the file");
    assertEquals(State.TRUSTED, found.state());
    assertEquals(1, found.identities().size());
    return found.identities().get(0);
  }

  private static Set<String> failures(Identity identity) {
    Set<String> codes = new TreeSet<>();
    identity.statuses().stream()
        .filter(status -> status.code().kind() == Kind.FAILURE)
        .forEach(status -> codes.add(status.code().code()));
    codes.remove("cawg.x509.credential.untrusted");
    codes.remove("cawg.ica.untrusted_issuer");
    return codes;
  }

  @Test
  void byACertificateHoldsAndNamesThePerson() throws IOException {
    Identity identity =
        identity(
            Made.x509()
                .payload(
                    told -> {
                      told.put("role", List.of("cawg.creator"));
                      return told;
                    }));
    assertEquals(Answer.WELL_FORMED, identity.answer());
    assertEquals("Test Signer", identity.names().get(0).name());
    assertEquals(List.of("cawg.creator"), identity.roles());
  }

  @Test
  void byACertificateIsTrustedWhereTheUsersListVouches() throws IOException {
    TrustAnchors chosen =
        new TrustAnchors(
            List.of(), List.of(TestSigner.root()), List.of(), List.of(), Optional.empty());
    assertEquals(
        Answer.TRUSTED, read(Made.x509().file(), chosen, NOW).identities().get(0).answer());
    Provenance late = read(Made.x509().file(), chosen, Instant.parse("2100-01-01T00:00:00Z"));
    assertEquals(Answer.INVALID, late.identities().get(0).answer());
    assertEquals(
        Set.of("cawg.x509.signature.outside_validity"), failures(late.identities().get(0)));
  }

  @Test
  void byACertificateMayBeSignedInTheDeterministicForm() throws IOException {
    assertEquals(
        Answer.WELL_FORMED,
        identity(
                Made.x509().signed(content -> Cbor.deterministic(Cbor.read(content).orElseThrow())))
            .answer());
  }

  @Test
  void ofOtherBytesDoesNotHold() throws IOException {
    Identity identity = identity(Made.x509().signed(content -> new byte[4]));
    assertEquals(Set.of("cawg.x509.signature.mismatch"), failures(identity));
    assertEquals(Answer.INVALID, identity.answer());
  }

  @Test
  void mustReferToWhatTheClaimHolds() throws IOException {
    Map<String, Object> forged =
        TestManifest.reference("self#jumbf=c2pa.assertions/c2pa.actions.v2", new byte[32]);
    Identity identity =
        identity(
            Made.x509()
                .payload(
                    told -> {
                      List<Object> more =
                          new ArrayList<>((List<?>) told.get("referenced_assertions"));
                      more.add(forged);
                      more.add(more.get(0));
                      told.put("referenced_assertions", more);
                      return told;
                    }));
    assertEquals(
        Set.of("cawg.identity.assertion.mismatch", "cawg.identity.assertion.duplicate"),
        failures(identity));
  }

  @Test
  void mustBeBoundToTheContent() throws IOException {
    Identity identity =
        identity(
            Made.x509()
                .payload(
                    told -> {
                      told.put("referenced_assertions", List.of());
                      return told;
                    }));
    assertEquals(Set.of("cawg.identity.hard_binding_missing"), failures(identity));
  }

  @Test
  void isPaddedWithNothing() throws IOException {
    Identity identity =
        identity(
            Made.x509()
                .assertion(
                    map -> {
                      map.put("pad2", new byte[] {0, 1});
                      return map;
                    }));
    assertEquals(Set.of("cawg.identity.pad.invalid"), failures(identity));
  }

  @ParameterizedTest
  @ValueSource(strings = {"signer_payload", "signature", "pad1"})
  void isBrokenWithoutAPart(String part) throws IOException {
    Identity identity =
        identity(
            Made.x509()
                .assertion(
                    map -> {
                      map.remove(part);
                      return map;
                    }));
    assertEquals(Set.of("cawg.identity.cbor.invalid"), failures(identity));
    assertEquals(Answer.INVALID, identity.answer());
  }

  @Test
  void ofAnotherKindIsLeftOpen() throws IOException {
    Identity identity =
        identity(
            Made.x509()
                .payload(
                    told -> {
                      told.put("sig_type", "org.example.seal");
                      return told;
                    }));
    assertEquals(Set.of("cawg.identity.sig_type.unknown"), failures(identity));
    assertEquals(Answer.UNVERIFIED, identity.answer());
  }

  @Test
  void byAnAggregatorHoldsAndNamesTheAccounts() throws IOException {
    Identity identity = identity(Made.aggregated());
    assertEquals(Set.of(), failures(identity));
    assertEquals(Answer.WELL_FORMED, identity.answer());
    assertEquals("cats929", identity.names().get(0).account());
    assertTrue(identity.issuer().startsWith("did:jwk:"), identity.issuer());
  }

  private static Identity aggregated(String field, Object value) throws IOException {
    return identity(
        Made.aggregated()
            .credential(
                credential -> {
                  credential.put(field, value);
                  return credential;
                }));
  }

  @Test
  void byAnAggregatorIsCheckedPartByPart() throws IOException {
    assertEquals(
        Set.of("cawg.ica.valid_from.invalid"),
        failures(aggregated("validFrom", "2027-01-01T00:00:00Z")));
    assertEquals(Set.of("cawg.ica.valid_from.missing"), failures(aggregated("validFrom", "today")));
    assertEquals(
        Set.of("cawg.ica.valid_until.invalid"),
        failures(aggregated("validUntil", "2026-02-01T00:00:00Z")));
    assertEquals(Set.of("cawg.ica.invalid_issuer"), failures(aggregated("issuer", "somebody")));
    assertEquals(
        Set.of("cawg.ica.did_unsupported_method"), failures(aggregated("issuer", "did:key:z6Mk")));
    assertEquals(Set.of("cawg.ica.did_unavailable"), failures(aggregated("issuer", "did:jwk:e30")));
    assertEquals(
        Set.of("cawg.ica.invalid_verifiable_credential"),
        failures(aggregated("type", List.of("Poem"))));
    assertEquals(
        Set.of("cawg.ica.verified_identities.missing", "cawg.ica.signer_payload.mismatch"),
        failures(aggregated("credentialSubject", Map.of())));
    assertEquals(
        Set.of("cawg.ica.invalid_content_type"),
        failures(identity(Made.aggregated().contentType("text/plain"))));
    assertEquals(
        Set.of("cawg.ica.signature_mismatch"),
        failures(identity(Made.aggregated().signed(content -> new byte[1]))));
  }

  @Test
  void whoseKeyLiesOnANetworkIsLeftOpen() throws IOException {
    Identity identity = aggregated("issuer", "did:web:example.com");
    assertEquals(Set.of("cawg.identity.network_traffic_blocked"), failures(identity));
    assertEquals(Answer.UNVERIFIED, identity.answer());
  }

  @Test
  void isAnAnswerOfItsOwnInReports() throws IOException {
    ProvenanceReader reader =
        new ProvenanceReader(() -> OFFICIAL, Clock.fixed(NOW, ZoneOffset.UTC));
    Evidence store =
        new ProvenanceExaminer(reader)
            .examine(new BytesMedia(Made.aggregated().file())).stream()
                .filter(ManifestDetails::in)
                .findFirst()
                .orElseThrow();
    assertEquals("well-formed", store.details().get("identity"));
    List<ProvenanceAnswers.Answer> answers = ProvenanceAnswers.of(ManifestDetails.of(store));
    assertEquals(4, answers.size());
    assertTrue(
        answers.get(3).answer().text().contains("Silly Cats 929, cats929 (Example Network)"),
        answers.toString());
  }

  @Test
  void agreesWithTheReferencesFixture() throws IOException {
    RealFiles.require(IdentityTest.class);
    Path file = RealFiles.PROVENANCE.resolve("c2pa-rs").resolve("C_with_CAWG_data.jpg");
    Provenance found = read(Files.readAllBytes(file), TrustAnchors.none(), NOW);
    assertEquals(State.VALID, found.state());
    assertEquals(Answer.WELL_FORMED, found.identities().get(0).answer());
  }
}
