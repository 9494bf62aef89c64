package dev.assay.internal.provenance.identity;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.Sentence;
import dev.assay.internal.provenance.identity.Identity.Named;
import dev.assay.internal.provenance.read.Cbor;
import dev.assay.internal.provenance.read.CoseSign1;
import dev.assay.internal.provenance.read.CoseSign1.Algorithm;
import dev.assay.internal.provenance.read.HashedUri;
import dev.assay.internal.provenance.read.SignedText;
import dev.assay.internal.provenance.status.StatusCode;
import dev.assay.internal.provenance.status.StatusException;
import dev.assay.internal.provenance.trust.TimeStamp;
import java.security.PublicKey;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Accounts and names that an aggregator verified, in a verifiable credential: CAWG Identity
 * Assertion 1.3, 8.1. Its key is taken from {@code did:jwk}, which is one; {@code did:web} would
 * have to be fetched, and is only told. No aggregator is trusted: the CAWG names none.
 */
final class AggregatedIdentity {

  private static final Pattern DID = Pattern.compile("did:[a-z0-9]+:[A-Za-z0-9._:%=+/-]+");
  private static final Set<String> MODELS =
      Set.of("https://www.w3.org/2018/credentials/v1", "https://www.w3.org/ns/credentials/v2");
  private static final String WEB = "did:web:";
  private static final int MAX_IDENTITIES = 100;

  private final IdentityCheck check;
  private final SignerPayload payload;

  AggregatedIdentity(IdentityCheck check, SignerPayload payload) {
    this.check = check;
    this.payload = payload;
  }

  void run() {
    CoseSign1 signature;
    try {
      signature = CoseSign1.parse(payload.signature());
    } catch (StatusException e) {
      check.add(StatusCode.IDENTITY_ICA_COSE, e.at(check.url()).explanation());
      return;
    }
    Optional<Algorithm> algorithm = algorithm(signature);
    if (!signature.contentType().equals("application/vc")) {
      check.add(
          StatusCode.IDENTITY_ICA_CONTENT_TYPE,
          "What the aggregator signed is not said to be a verifiable credential.");
    }
    Optional<JsonNode> credential =
        signature.payload().flatMap(Cbor::readJson).filter(AggregatedIdentity::credible);
    if (credential.isEmpty()) {
      check.add(
          StatusCode.IDENTITY_ICA_CREDENTIAL, "The verifiable credential is missing or broken.");
      return;
    }
    JsonNode subject = credential.get().path("credentialSubject");
    String issuer = issuer(credential.get());
    identities(subject.path("verifiedIdentities"), issuer);
    issued(issuer).ifPresent(key -> signed(signature, algorithm, key));
    validity(credential.get(), stamp(signature));
    if (credential.get().has("credentialStatus")) {
      check.add(
          StatusCode.IDENTITY_ICA_REVOCATION_UNAVAILABLE,
          "Whether the credential was revoked lies on a network, which is not asked.");
    }
    if (!speaksOf(subject.path("c2paAsset"))) {
      check.add(
          StatusCode.IDENTITY_ICA_PAYLOAD_MISMATCH,
          "The verifiable credential is of other assertions than the identity refers to.");
    }
    if (!check.failed()) {
      check.add(
          StatusCode.IDENTITY_ICA_VALID,
          "The verifiable credential is as its aggregator signed it.");
    }
    check.add(
        StatusCode.IDENTITY_ICA_UNTRUSTED, "No list vouches for the aggregator of the identity.");
  }

  private Optional<Algorithm> algorithm(CoseSign1 signature) {
    try {
      return Optional.of(signature.algorithm());
    } catch (StatusException e) {
      check.add(StatusCode.IDENTITY_ICA_ALGORITHM, e.at(check.url()).explanation());
      return Optional.empty();
    }
  }

  /** The syntax of the models 1.1 and 2.0, as far as 8.1.2 asks for it. */
  private static boolean credible(JsonNode credential) {
    boolean model = false;
    for (JsonNode context : Cbor.elements(credential.path("@context"))) {
      model |= MODELS.contains(context.asText());
    }
    boolean typed = false;
    for (JsonNode type : Cbor.elements(credential.path("type"))) {
      typed |= type.asText().equals("VerifiableCredential");
    }
    return model
        && typed
        && credential.has("issuer")
        && credential.path("credentialSubject").isObject();
  }

  private static String issuer(JsonNode credential) {
    JsonNode issuer = credential.path("issuer");
    return issuer.isObject() ? issuer.path("id").asText() : issuer.asText();
  }

  /** The key of the issuer; empty where it cannot be had. */
  private Optional<PublicKey> issued(String issuer) {
    if (!DID.matcher(issuer).matches()) {
      check.add(
          StatusCode.IDENTITY_ICA_ISSUER, "The aggregator is not named by an identifier (DID).");
      return Optional.empty();
    }
    if (issuer.startsWith(WEB)) {
      check.add(
          StatusCode.IDENTITY_NETWORK,
          Sentence.of(
              "The aggregator's key lies on a network, which is not asked: {0}.",
              SignedText.shown(issuer)));
      return Optional.empty();
    }
    if (!issuer.startsWith(DidJwk.PREFIX)) {
      check.add(
          StatusCode.IDENTITY_ICA_DID_METHOD,
          Sentence.of(
              "The aggregator's identifier is of a kind that is not known here: {0}.",
              SignedText.shown(issuer)));
      return Optional.empty();
    }
    Optional<PublicKey> key = DidJwk.key(issuer);
    if (key.isEmpty()) {
      check.add(
          StatusCode.IDENTITY_ICA_DID_UNAVAILABLE, "The aggregator's identifier holds no key.");
    }
    return key;
  }

  private void signed(CoseSign1 signature, Optional<Algorithm> algorithm, PublicKey key) {
    // By an algorithm that is not allowed nothing is checked; that is told already.
    if (algorithm.isPresent()
        && !signature.verifies(algorithm.get(), key, signature.payload().orElseThrow())) {
      check.add(
          StatusCode.IDENTITY_ICA_SIGNATURE_MISMATCH,
          "The verifiable credential is not as its aggregator signed it.");
    }
  }

  /** When the aggregator signed, as far as that is proved. */
  private Optional<Instant> stamp(CoseSign1 signature) {
    Optional<TimeStamp> stamp = TimeStamp.second(signature, check.setting().trust(), check.url());
    Optional<Instant> stated = stamp.flatMap(TimeStamp::stated);
    if (stamp.flatMap(TimeStamp::time).isPresent()) {
      check.add(
          StatusCode.IDENTITY_ICA_TIME_STAMP, "The identity's time-stamp is over its signature.");
    } else if (stamp.isPresent() && !stamp.get().overTheSignature()) {
      check.add(
          StatusCode.IDENTITY_ICA_TIME_STAMP_INVALID, "The identity's time-stamp proves nothing.");
      return Optional.empty();
    }
    return stated;
  }

  private void validity(JsonNode credential, Optional<Instant> stamped) {
    List<Instant> times =
        Stream.of(Optional.of(check.setting().now()), check.setting().signed(), stamped)
            .flatMap(Optional::stream)
            .toList();
    Optional<Instant> from = time(credential, "validFrom", "issuanceDate");
    if (from.isEmpty()) {
      check.add(
          StatusCode.IDENTITY_ICA_VALID_FROM_MISSING,
          "The verifiable credential does not say from when it is valid.");
    } else if (times.stream().anyMatch(from.get()::isAfter)) {
      check.add(
          StatusCode.IDENTITY_ICA_VALID_FROM,
          Sentence.of("The verifiable credential is valid from {0} only.", from.get()));
    }
    Optional<Instant> until = time(credential, "validUntil", "expirationDate");
    if (until.isPresent() && times.stream().anyMatch(until.get()::isBefore)) {
      check.add(
          StatusCode.IDENTITY_ICA_VALID_UNTIL,
          Sentence.of("The verifiable credential was valid until {0}.", until.get()));
    }
  }

  private static Optional<Instant> time(JsonNode credential, String... names) {
    for (String name : names) {
      try {
        if (credential.has(name)) {
          return Optional.of(OffsetDateTime.parse(credential.path(name).asText()).toInstant());
        }
      } catch (DateTimeParseException e) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private void identities(JsonNode list, String issuer) {
    List<Named> names = new ArrayList<>();
    boolean valid = true;
    for (JsonNode one : Cbor.elements(list)) {
      valid &= valid(one);
      if (names.size() < MAX_IDENTITIES) {
        String account = one.path("username").asText(one.path("address").asText());
        names.add(
            new Named(
                one.path("type").asText(),
                one.path("name").asText(),
                account.isEmpty() ? one.path("uri").asText() : account,
                one.path("provider").path("name").asText(),
                one.path("verifiedAt").asText()));
      }
    }
    check.named(names, issuer);
    if (names.isEmpty()) {
      check.add(
          StatusCode.IDENTITY_ICA_IDENTITIES_MISSING,
          "The verifiable credential names no verified identity.");
    } else if (!valid) {
      check.add(
          StatusCode.IDENTITY_ICA_IDENTITIES_INVALID,
          "A verified identity lacks what its kind must have.");
    }
  }

  /** What each kind must have; a wallet had a user name up to 1.2, and has an address since. */
  private static boolean valid(JsonNode identity) {
    boolean verified =
        identity.path("verifiedAt").isTextual() && !identity.path("type").asText().isEmpty();
    return verified
        && switch (identity.path("type").asText()) {
          case "cawg.document_verification" -> told(identity, "name");
          case "cawg.web_site" -> told(identity, "uri");
          case "cawg.social_media" -> told(identity, "username");
          case "cawg.crypto_wallet" -> told(identity, "address") || told(identity, "username");
          default -> true;
        };
  }

  private static boolean told(JsonNode identity, String name) {
    return !identity.path(name).asText().isEmpty();
  }

  /**
   * Whether the credential is of what the identity refers to (8.1.3). Writers differ in the form of
   * hashes, which are Base64 by the specification, and in whether they name the algorithm; what is
   * compared is what they mean.
   */
  private boolean speaksOf(JsonNode asset) {
    JsonNode references = asset.path("referenced_assertions");
    boolean same =
        asset.path("sig_type").asText().equals(payload.type())
            && texts(asset.path("role")).equals(payload.roles())
            && references.size() == payload.references().size();
    for (int i = 0; same && i < references.size(); i++) {
      HashedUri reference = payload.references().get(i);
      same =
          references.get(i).path("url").asText().equals(reference.url())
              && Arrays.equals(hash(references.get(i).path("hash")), reference.hash());
    }
    return same;
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    Cbor.elements(list).forEach(text -> texts.add(text.asText()));
    return texts;
  }

  /** Base64, as a text or as an array of its characters. */
  private static byte[] hash(JsonNode node) {
    StringBuilder text = new StringBuilder(node.asText());
    for (JsonNode character : Cbor.elements(node)) {
      text.append((char) character.asInt());
    }
    try {
      return Base64.getDecoder().decode(text.toString());
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }
}
