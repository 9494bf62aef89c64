package dev.assay.internal.provenance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.internal.metadata.BytesMedia;
import dev.assay.internal.provenance.check.Integrity;
import dev.assay.internal.provenance.check.Provenance;
import dev.assay.internal.provenance.check.Provenance.State;
import dev.assay.internal.provenance.check.SignedManifest;
import dev.assay.internal.provenance.read.Cbor;
import dev.assay.internal.provenance.status.StatusCode;
import dev.assay.internal.provenance.trust.CertificateProfile;
import dev.assay.internal.provenance.trust.SignerTrust;
import dev.assay.internal.provenance.trust.SigningTime;
import dev.assay.internal.provenance.trust.TrustAnchors;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ocsp.RevokedInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.UnknownStatus;
import org.bouncycastle.cert.ocsp.jcajce.JcaBasicOCSPRespBuilder;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.DigestCalculator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampResponseGenerator;
import org.bouncycastle.tsp.TimeStampTokenGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Time-stamps and answers on revocation beside a signature, made by an authority of the test. */
class TimeStampTest {

  private static final TestSigner SIGNER = TestSigner.of(-7);
  private static final Instant SIGNED = TestSigner.FROM.plusSeconds(86_400);
  private static final Instant LATER = TestSigner.UNTIL.plusSeconds(3_600);
  private static final KeyPair AUTHORITY_KEY = TestSigner.keys("RSA", 2048);
  private static final X509Certificate AUTHORITY =
      TestSigner.certificate(
          AUTHORITY_KEY.getPublic(), "CN=Test Clock", CertificateProfile.TIME_STAMPING);
  private static final TrustAnchors BELIEVED =
      new TrustAnchors(
          List.of(),
          List.of(TestSigner.root()),
          List.of(TestSigner.root()),
          List.of(),
          Optional.empty());

  private static SignedManifest active(byte[] file, TrustAnchors trust, Instant now)
      throws IOException {
    return provenance(file, trust, now).active().orElseThrow();
  }

  private static Provenance provenance(byte[] file, TrustAnchors trust, Instant now)
      throws IOException {
    return new ProvenanceReader(() -> trust, Clock.fixed(now, ZoneOffset.UTC))
        .read(new BytesMedia(file))
        .orElseThrow();
  }

  private static byte[] file(String header, Object value) {
    return SignedFile.PNG.with(
        (label, binding) ->
            TestManifest.store(
                new TestManifest("urn:c2pa:1", SIGNER)
                    .with(label, binding)
                    .unprotected(header, value)
                    .bytes()));
  }

  /** A stamp of one of the two forms, at a time. */
  private static TestManifest.Stamper stamp(String form, Instant when) {
    return (protectedHeader, signature, claim) -> {
      byte[] stamped =
          Cbor.array(
              "CounterSignature",
              protectedHeader,
              new byte[0],
              form.equals("sigTst2") ? Cbor.string(signature) : claim);
      return Map.of(
          "tstTokens", List.of(Map.of("val", token(TestManifest.sha256(stamped), form, when))));
    };
  }

  private static byte[] token(byte[] digest, String form, Instant when) {
    try {
      DigestCalculator sha256 =
          new JcaDigestCalculatorProviderBuilder()
              .build()
              .get(new AlgorithmIdentifier(new ASN1ObjectIdentifier("2.16.840.1.101.3.4.2.1")));
      TimeStampTokenGenerator tokens =
          new TimeStampTokenGenerator(
              new JcaSimpleSignerInfoGeneratorBuilder()
                  .build("SHA256withRSA", AUTHORITY_KEY.getPrivate(), AUTHORITY),
              sha256,
              new ASN1ObjectIdentifier("1.2.3"));
      tokens.addCertificates(new JcaCertStore(List.of(AUTHORITY)));
      TimeStampRequestGenerator requests = new TimeStampRequestGenerator();
      requests.setCertReq(true);
      byte[] response =
          new TimeStampResponseGenerator(tokens, TSPAlgorithms.ALLOWED)
              .generate(
                  requests.generate(TSPAlgorithms.SHA256, digest), BigInteger.ONE, Date.from(when))
              .getEncoded();
      return form.equals("sigTst2")
          ? new org.bouncycastle.tsp.TimeStampResponse(response).getTimeStampToken().getEncoded()
          : response;
    } catch (GeneralSecurityException | OperatorCreationException | TSPException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A file whose second manifest says something of the first one's signature. */
  private static byte[] updated(String assertion, Function<byte[], Object> make) {
    return SignedFile.PNG.with(
        (label, binding) -> {
          List<byte[]> stamped = new ArrayList<>();
          TestManifest.Stamper noted =
              (protectedHeader, signature, claim) -> {
                stamped.add(
                    Cbor.array(
                        "CounterSignature", protectedHeader, new byte[0], Cbor.string(signature)));
                return "";
              };
          TestManifest first =
              new TestManifest("urn:c2pa:1", SIGNER.withRoot())
                  .with(label, binding)
                  .unprotected("noted", noted);
          byte[] bytes = first.bytes();
          return TestManifest.store(
              bytes,
              new TestManifest("urn:c2pa:2", SIGNER)
                  .update()
                  .with("c2pa.ingredient.v3", first.asIngredient("parentOf"))
                  .with(assertion, make.apply(stamped.get(0)))
                  .bytes());
        });
  }

  private static SignedManifest.Signer first(byte[] file, Instant now) throws IOException {
    return provenance(file, BELIEVED, now)
        .manifest("urn:c2pa:1")
        .orElseThrow()
        .signer()
        .orElseThrow();
  }

  @Test
  void aTimeStampMayBeAddedByALaterManifest() throws IOException {
    byte[] file =
        updated(
            "c2pa.time-stamp",
            stamped ->
                Map.of("urn:c2pa:1", token(TestManifest.sha256(stamped), "sigTst2", SIGNED)));
    assertEquals(SigningTime.PROVED, first(file, LATER).timing());
    byte[] ofAnother =
        updated(
            "c2pa.time-stamp",
            stamped ->
                Map.of("urn:c2pa:1", token(TestManifest.sha256(new byte[4]), "sigTst2", SIGNED)));
    assertEquals(SigningTime.EXPIRED, first(ofAnother, LATER).timing());
  }

  @Test
  void aLaterManifestMaySayThatACertificateWasRevoked() throws IOException {
    byte[] file =
        updated(
            "c2pa.certificate-status",
            stamped -> Map.of("ocspVals", List.of(response(SIGNER.certificate(), "revoked"))));
    assertEquals(SignerTrust.REVOKED, first(file, SIGNED).trust());
    assertEquals(State.INVALID, provenance(file, BELIEVED, SIGNED).state());
  }

  @Test
  void aProvedTimeOutsideTheCertificatesDoesNotHold() throws IOException {
    TestSigner late = SIGNER.validFrom(SIGNED.plusSeconds(3_600));
    byte[] file =
        SignedFile.PNG.with(
            (label, binding) ->
                TestManifest.store(
                    new TestManifest("urn:c2pa:1", late)
                        .with(label, binding)
                        .unprotected("sigTst2", stamp("sigTst2", SIGNED))
                        .bytes()));
    Provenance found = provenance(file, BELIEVED, SIGNED.plusSeconds(7_200));
    assertEquals(SigningTime.OUTSIDE, found.time());
    assertEquals(State.INVALID, found.state());
    assertEquals(Integrity.INTACT, found.integrity());
    assertFalse(found.holds(), "the certificate was not valid when it was used");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sigTst", "sigTst2"})
  void aTrustedTimeStampOutlivesTheCertificate(String form) throws IOException {
    byte[] file = file(form, stamp(form, SIGNED));
    Provenance found = provenance(file, BELIEVED, LATER);
    assertEquals(State.TRUSTED, found.state());
    SignedManifest active = found.active().orElseThrow();
    assertTrue(active.has(StatusCode.TIME_STAMP_VALIDATED));
    assertTrue(active.has(StatusCode.TIME_STAMP_TRUSTED));
    assertEquals(SIGNED, active.signer().orElseThrow().time().orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(strings = {"sigTst", "sigTst2"})
  void aTimeStampOfAnUnknownAuthorityProvesNoTime(String form) throws IOException {
    byte[] file = file(form, stamp(form, SIGNED));
    TrustAnchors signersOnly =
        new TrustAnchors(
            List.of(), List.of(TestSigner.root()), List.of(), List.of(), Optional.empty());
    Provenance found = provenance(file, signersOnly, LATER);
    assertEquals(State.INVALID, found.state());
    assertTrue(found.active().orElseThrow().has(StatusCode.TIME_STAMP_UNTRUSTED));
    assertFalse(found.active().orElseThrow().signer().orElseThrow().timeTrusted());
  }

  @ParameterizedTest
  @ValueSource(strings = {"sigTst", "sigTst2"})
  void aTimeStampOfSomethingElseProvesNoTime(String form) throws IOException {
    TestManifest.Stamper other =
        (header, signature, claim) -> stamp(form, SIGNED).stamp(header, new byte[1], new byte[1]);
    byte[] file = file(form, other);
    assertTrue(active(file, BELIEVED, SIGNED).has(StatusCode.TIME_STAMP_MISMATCH));
    assertEquals(State.INVALID, provenance(file, BELIEVED, LATER).state());
  }

  @Test
  void aTimeAtWhichTheAuthorityWasNotValidProvesNothing() throws IOException {
    Instant before = TestSigner.FROM.minusSeconds(60);
    byte[] file = file("sigTst2", stamp("sigTst2", before));
    assertTrue(active(file, BELIEVED, SIGNED).has(StatusCode.TIME_STAMP_OUTSIDE_VALIDITY));
  }

  @Test
  void brokenTimeStampsAreToldAndPassedOver() throws IOException {
    for (Object value :
        List.of(
            "text",
            Map.of(),
            Map.of("tstTokens", List.of()),
            Map.of("tstTokens", List.of(Map.of("val", new byte[] {0x30, 1, 2}))))) {
      byte[] file = file("sigTst2", value);
      assertTrue(active(file, BELIEVED, SIGNED).has(StatusCode.TIME_STAMP_MALFORMED));
      assertEquals(State.TRUSTED, provenance(file, BELIEVED, SIGNED).state());
    }
  }

  /** The signer's chain must hold its issuer for an answer to be checked. */
  @ParameterizedTest
  @CsvSource({
    "good, OCSP_NOT_REVOKED, TRUSTED",
    "revoked, OCSP_REVOKED, INVALID",
    "revoked later, OCSP_NOT_REVOKED, TRUSTED",
    "unknown, OCSP_UNKNOWN, INVALID",
    "forged, OCSP_SKIPPED, TRUSTED",
    "none, OCSP_SKIPPED, TRUSTED"
  })
  void readsWhatTheFileSaysOfRevocation(String answer, StatusCode code, State state)
      throws IOException {
    TestSigner signer = SIGNER.withRoot();
    byte[] given = response(signer.certificate(), answer);
    byte[] file =
        SignedFile.PNG.with(
            (label, binding) -> {
              TestManifest manifest = new TestManifest("urn:c2pa:1", signer).with(label, binding);
              if (!answer.equals("none")) {
                manifest.unprotected("rVals", Map.of("ocspVals", List.of(given)));
              }
              return TestManifest.store(manifest.bytes());
            });
    Provenance found = provenance(file, BELIEVED, SIGNED);
    assertTrue(found.active().orElseThrow().has(code), answer);
    assertEquals(state, found.state(), answer);
  }

  private static byte[] response(X509Certificate certificate, String answer) {
    CertificateStatus status =
        switch (answer) {
          case "revoked" ->
              new RevokedStatus(
                  new RevokedInfo(
                      new org.bouncycastle.asn1.ASN1GeneralizedTime(
                          Date.from(SIGNED.minusSeconds(60))),
                      null));
          case "revoked later" ->
              new RevokedStatus(
                  new RevokedInfo(
                      new org.bouncycastle.asn1.ASN1GeneralizedTime(
                          Date.from(SIGNED.plusSeconds(60))),
                      null));
          case "unknown" -> new UnknownStatus();
          default -> CertificateStatus.GOOD;
        };
    try {
      DigestCalculator sha1 =
          new JcaDigestCalculatorProviderBuilder().build().get(CertificateID.HASH_SHA1);
      BasicOCSPRespBuilder builder =
          new JcaBasicOCSPRespBuilder(TestSigner.root().getPublicKey(), sha1);
      builder.addResponse(
          new CertificateID(
              sha1, new JcaX509CertificateHolder(TestSigner.root()), certificate.getSerialNumber()),
          status,
          Date.from(SIGNED.minusSeconds(60)),
          Date.from(SIGNED.plusSeconds(86_400)));
      return new OCSPRespBuilder()
          .build(
              OCSPRespBuilder.SUCCESSFUL,
              builder.build(
                  answer.equals("forged")
                      ? new JcaContentSignerBuilder("SHA256withRSA")
                          .build(AUTHORITY_KEY.getPrivate())
                      : new JcaContentSignerBuilder("SHA256withECDSA").build(TestSigner.rootKey()),
                  null,
                  Date.from(SIGNED)))
          .getEncoded();
    } catch (GeneralSecurityException | OperatorCreationException | OCSPException | IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
