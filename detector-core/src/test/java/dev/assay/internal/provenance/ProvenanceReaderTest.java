package dev.assay.internal.provenance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.Evidence.Effect;
import dev.assay.Limits;
import dev.assay.internal.media.MediaOpener;
import dev.assay.internal.media.OpenedMedia;
import dev.assay.internal.media.Source;
import dev.assay.internal.metadata.BytesMedia;
import dev.assay.internal.metadata.Containers;
import dev.assay.internal.provenance.check.Integrity;
import dev.assay.internal.provenance.check.Provenance;
import dev.assay.internal.provenance.check.Provenance.State;
import dev.assay.internal.provenance.read.HashAlgorithm;
import dev.assay.internal.provenance.read.JumbfBox;
import dev.assay.internal.provenance.status.StatusCode;
import dev.assay.internal.provenance.trust.CertificateProfile;
import dev.assay.internal.provenance.trust.TrustAnchors;
import dev.assay.spi.Budget;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProvenanceReaderTest {

  @TempDir private Path folder;

  private static final TestSigner SIGNER = TestSigner.of(-7);
  private static final Instant WITHIN = TestSigner.FROM.plusSeconds(86_400);
  private static final TrustAnchors BELIEVED =
      new TrustAnchors(
          List.of(TestSigner.root()), List.of(), List.of(), List.of(), Optional.empty());

  private static Optional<Provenance> read(byte[] file, TrustAnchors trust, Instant now)
      throws IOException {
    return new ProvenanceReader(() -> trust, Clock.fixed(now, ZoneOffset.UTC))
        .read(new BytesMedia(file));
  }

  private static Provenance read(byte[] file) throws IOException {
    return read(file, BELIEVED, WITHIN).orElseThrow();
  }

  private static Set<String> failures(byte[] file) throws IOException {
    return read(file).failures().stream()
        .map(status -> status.code().code())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static TestManifest manifest() {
    return new TestManifest("urn:c2pa:1", SIGNER);
  }

  private static byte[] file(UnaryOperator<TestManifest> change) {
    return SignedFile.PNG.with(
        (label, binding) ->
            TestManifest.store(change.apply(manifest().with(label, binding)).bytes()));
  }

  @ParameterizedTest
  @EnumSource(SignedFile.class)
  void trustsWhatATrustedSignerSigned(SignedFile kind) throws IOException {
    Provenance found = read(SignedFile.signed(kind, SIGNER));
    assertEquals(List.of(), found.failures());
    assertEquals(State.TRUSTED, found.state());
    assertEquals("Test Makers", found.active().orElseThrow().signer().orElseThrow().organisation());
  }

  @ParameterizedTest
  @EnumSource(SignedFile.class)
  void seesThatTheContentWasChanged(SignedFile kind) throws IOException {
    byte[] file = SignedFile.signed(kind, SIGNER);
    byte[] changed =
        new String(file, StandardCharsets.ISO_8859_1)
            .replace(SignedFile.CONTENT, "what was forged")
            .getBytes(StandardCharsets.ISO_8859_1);
    String code =
        kind == SignedFile.MP4 ? "assertion.bmffHash.mismatch" : "assertion.dataHash.mismatch";
    assertEquals(Set.of(code), failures(changed));
    assertFalse(read(changed).holds());
  }

  @ParameterizedTest
  @EnumSource(SignedFile.class)
  void seesThatSomethingWasAppended(SignedFile kind) throws IOException {
    byte[] file = SignedFile.signed(kind, SIGNER);
    byte[] longer = Containers.join(file, Containers.box("free", new byte[4]));
    assertEquals(State.INVALID, read(longer).state());
  }

  @ParameterizedTest
  @EnumSource(SignedFile.class)
  void survivesFilesThatEndAnywhere(SignedFile kind) throws IOException {
    byte[] file = SignedFile.signed(kind, SIGNER);
    for (int length = 0; length < file.length; length += 1 + file.length / 200) {
      Optional<Provenance> found = read(java.util.Arrays.copyOf(file, length), BELIEVED, WITHIN);
      assertTrue(found.isEmpty() || found.get().state() == State.INVALID, "cut at " + length);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-7, -35, -36, -37, -38, -39, -8})
  void verifiesEveryAlgorithm(int algorithm) throws IOException {
    byte[] file = SignedFile.signed(SignedFile.PNG, TestSigner.of(algorithm));
    assertEquals(State.TRUSTED, read(file).state());
  }

  @Test
  void doesNotTrustASignerWhomNobodyVouchesFor() throws IOException {
    byte[] file = SignedFile.signed(SignedFile.PNG, SIGNER);
    assertEquals(State.VALID, read(file, TrustAnchors.none(), WITHIN).orElseThrow().state());
  }

  @Test
  void believesThePublishedListForItsOwnPurposeOnly() throws IOException {
    byte[] file =
        SignedFile.signed(SignedFile.PNG, TestSigner.of(-7, CertificateProfile.EMAIL_PROTECTION));
    assertEquals(State.VALID, read(file).state());
    TrustAnchors chosen =
        new TrustAnchors(
            List.of(), List.of(TestSigner.root()), List.of(), List.of(), Optional.empty());
    assertEquals(State.TRUSTED, read(file, chosen, WITHIN).orElseThrow().state());
  }

  @ParameterizedTest
  @ValueSource(strings = {CertificateProfile.TIME_STAMPING, "2.5.29.37.0", "1.3.6.1.5.5.7.3.1"})
  void refusesCertificatesOfOtherPurposes(String purpose) throws IOException {
    byte[] file = SignedFile.signed(SignedFile.PNG, TestSigner.of(-7, purpose));
    assertTrue(failures(file).contains("signingCredential.invalid"));
  }

  @Test
  void tellsAnExpiredCertificateFromAChangedFile() throws IOException {
    byte[] file = SignedFile.signed(SignedFile.PNG, SIGNER);
    Provenance found =
        read(file, TrustAnchors.none(), TestSigner.UNTIL.plusSeconds(1)).orElseThrow();
    assertEquals(State.INVALID, found.state());
    assertTrue(found.holds());
  }

  @Test
  void refusesASignatureOfAnotherClaim() throws IOException {
    byte[] other = SIGNER.sign(new byte[] {1, 2, 3});
    assertEquals(
        Set.of("claimSignature.mismatch"), failures(file(m -> m.signature(signature -> other))));
  }

  @Test
  void refusesAnAttachedPayloadThatIsNotTheClaim() throws IOException {
    assertEquals(
        Set.of("claimSignature.mismatch"), failures(file(m -> m.attached(new byte[] {1}))));
  }

  @Test
  void refusesAssertionsThatNobodySigned() throws IOException {
    assertEquals(
        Set.of("assertion.undeclared"),
        failures(file(m -> m.undeclared("org.example", Map.of("a", 1)))));
  }

  @Test
  void refusesTwoClaims() throws IOException {
    assertEquals(Set.of("claim.multiple"), failures(file(m -> m.claims(2))));
    assertEquals(Set.of("claim.missing"), failures(file(m -> m.claims(0))));
  }

  @Test
  void refusesAManifestThatIsBoundToNothing() throws IOException {
    byte[] file =
        SignedFile.PNG.file(TestManifest.store(manifest().with("org.example", Map.of()).bytes()));
    assertEquals(Set.of("claim.hardBindings.missing"), failures(file));
  }

  @Test
  void refusesExclusionsBeyondTheFile() throws IOException {
    for (Object exclusions :
        List.of(
            List.of(Map.of("start", 0, "length", Long.MAX_VALUE)),
            List.of(Map.of("start", -5, "length", 10)),
            List.of(Map.of("start", 20, "length", 10), Map.of("start", 10, "length", 5)),
            List.of(Map.of("start", "here")))) {
      byte[] file =
          SignedFile.PNG.file(
              TestManifest.store(
                  manifest()
                      .with(
                          "c2pa.hash.data",
                          Map.of("exclusions", exclusions, "alg", "sha256", "hash", new byte[32]))
                      .bytes()));
      boolean beyond = exclusions.toString().contains(String.valueOf(Long.MAX_VALUE));
      assertEquals(
          Set.of(beyond ? "assertion.dataHash.mismatch" : "assertion.dataHash.malformed"),
          failures(file));
    }
  }

  @Test
  void refusesWhatLeavesOutMoreThanTheStoreAroundIt() throws IOException {
    byte[] begin = java.util.Arrays.copyOf(Containers.png(), 33);
    byte[] file =
        SignedFile.PNG.with(
            (label, binding) -> {
              int stored =
                  binding.get("exclusions") instanceof List<?> list
                          && list.get(0) instanceof Map<?, ?> range
                          && range.get("length") instanceof Long length
                      ? length.intValue()
                      : 0;
              int rest = SignedFile.PNG.file(new byte[0]).length - begin.length - 12 + stored;
              return TestManifest.store(
                  manifest()
                      .with(
                          label,
                          Map.of(
                              "exclusions",
                              List.of(Map.of("start", begin.length, "length", rest)),
                              "alg",
                              "sha256",
                              "hash",
                              TestManifest.sha256(begin)))
                      .bytes());
            });
    Provenance found = read(file);
    assertEquals(State.INVALID, found.state());
    assertEquals(Integrity.BROKEN, found.integrity(), "the hash is as it was, but of too little");
    assertTrue(found.active().orElseThrow().has(StatusCode.DATA_HASH_LEAVES_OUT));
  }

  @Test
  void refusesMoreThanOneStore() throws IOException {
    byte[] store = TestManifest.store(manifest().bytes());
    byte[] file =
        Containers.png(Containers.pngChunk("caBX", store), Containers.pngChunk("caBX", store));
    assertEquals(Set.of("general.error"), failures(file));
  }

  @Test
  void findsTheGeneratorInAnIngredient() throws IOException {
    byte[] file = withParent("parentOf");
    Provenance found = read(file);
    assertEquals(List.of(), found.failures());
    assertEquals(2, found.manifests().size());
    AiOrigin origin = AiOrigin.of(found).get(0);
    assertEquals(dev.assay.Evidence.Effect.GENERATED, origin.effect());
    assertEquals(dev.assay.internal.metadata.Strength.AUTHENTICATED, origin.strength());
    assertEquals("Test Model", origin.software());
  }

  @Test
  void doesNotCallMediaGeneratedForAPartOfIt() throws IOException {
    AiOrigin origin = AiOrigin.of(read(withParent("componentOf"))).get(0);
    assertEquals(dev.assay.Evidence.Effect.EDITED, origin.effect());
  }

  private static byte[] withParent(String relationship) {
    TestManifest parent =
        new TestManifest("urn:c2pa:parent", SIGNER)
            .created(TestManifest.AI)
            .with("c2pa.hash.data", Map.of("alg", "sha256", "hash", new byte[32]));
    return SignedFile.PNG.with(
        (label, binding) ->
            TestManifest.store(
                parent.bytes(),
                manifest()
                    .with(label, binding)
                    .with("c2pa.ingredient.v3", parent.asIngredient(relationship))
                    .bytes()));
  }

  @Test
  void seesThatAnIngredientWasChanged() throws IOException {
    byte[] file = withParent("parentOf");
    byte[] changed =
        new String(file, StandardCharsets.ISO_8859_1)
            .replace("Test Model", "Best Model")
            .getBytes(StandardCharsets.ISO_8859_1);
    assertEquals(
        Set.of("assertion.hashedURI.mismatch", "ingredient.manifest.mismatch"), failures(changed));
  }

  @Test
  void toleratesAFaultThatWasKnownWhenAnIngredientWasTakenIn() throws IOException {
    TestManifest broken =
        new TestManifest("urn:c2pa:broken", SIGNER)
            .created(TestManifest.AI)
            .with("c2pa.hash.data", Map.of("alg", "sha256", "hash", new byte[32]))
            .signature(signature -> new byte[64]);
    for (boolean recorded : new boolean[] {true, false}) {
      Map<String, Object> ingredient = new LinkedHashMap<>(broken.asIngredient("componentOf"));
      if (recorded) {
        ingredient.put(
            "validationResults",
            Map.of(
                "activeManifest",
                Map.of("failure", List.of(Map.of("code", "claimSignature.mismatch")))));
      }
      byte[] file =
          SignedFile.PNG.with(
              (label, binding) ->
                  TestManifest.store(
                      broken.bytes(),
                      manifest()
                          .with(label, binding)
                          .with("c2pa.ingredient.v3", ingredient)
                          .bytes()));
      assertEquals(recorded ? Set.of() : Set.of("claimSignature.mismatch"), failures(file));
      // What an unsigned manifest says is a hint at most.
      assertEquals(
          dev.assay.internal.metadata.Strength.HINT, AiOrigin.of(read(file)).get(0).strength());
    }
  }

  @Test
  void endsWhereIngredientsGoInACircle() throws IOException {
    Map<String, Object> self = new LinkedHashMap<>();
    self.put("relationship", "parentOf");
    self.put("activeManifest", TestManifest.reference("self#jumbf=/c2pa/urn:c2pa:1", new byte[32]));
    assertEquals(
        Set.of("ingredient.manifest.mismatch"),
        failures(file(m -> m.with("c2pa.ingredient.v3", self))));
  }

  @Test
  void followsAnUpdateToWhatItUpdates() throws IOException {
    byte[] file =
        SignedFile.PNG.with(
            (label, binding) -> {
              TestManifest standard = manifest().with(label, binding);
              return TestManifest.store(
                  standard.bytes(),
                  new TestManifest("urn:c2pa:2", SIGNER)
                      .update()
                      .with("c2pa.ingredient.v3", standard.asIngredient("parentOf"))
                      .bytes());
            });
    assertEquals(State.TRUSTED, read(file).state());
    byte[] changed =
        new String(file, StandardCharsets.ISO_8859_1)
            .replace(SignedFile.CONTENT, "what was forged")
            .getBytes(StandardCharsets.ISO_8859_1);
    assertEquals(Set.of("assertion.dataHash.mismatch"), failures(changed));
  }

  @Test
  void refusesAnUpdateThatChangesTheAsset() throws IOException {
    assertEquals(
        Set.of("manifest.update.invalid", "manifest.update.wrongParents"),
        failures(file(TestManifest::update)));
  }

  @Test
  void acceptsWhatAnotherManifestTookOut() throws IOException {
    for (boolean zeroed : new boolean[] {true, false}) {
      byte[] secret = TestManifest.cbor(Map.of("secret", "text"));
      TestManifest whole =
          new TestManifest("urn:c2pa:parent", SIGNER)
              .with("c2pa.hash.data", Map.of("alg", "sha256", "hash", new byte[32]))
              .with("org.example", secret);
      byte[] parent = whole.bytes();
      byte[] left = zeroed ? replaced(parent, secret, new byte[secret.length]) : parent;
      Map<String, Object> ingredient = new LinkedHashMap<>(whole.asIngredient("parentOf"));
      ingredient.put(
          "claimSignature",
          TestManifest.reference(
              "self#jumbf=/c2pa/urn:c2pa:parent/c2pa.signature", signatureHash(parent)));
      byte[] file =
          SignedFile.PNG.with(
              (label, binding) ->
                  TestManifest.store(
                      left,
                      manifest()
                          .with(label, binding)
                          .with("c2pa.ingredient.v3", ingredient)
                          .claim(
                              claim -> {
                                claim.put(
                                    "redacted_assertions",
                                    List.of(
                                        "self#jumbf=/c2pa/urn:c2pa:parent/c2pa.assertions/"
                                            + "org.example"));
                                return claim;
                              })
                          .bytes()));
      assertEquals(zeroed ? Set.of() : Set.of("assertion.notRedacted"), failures(file));
    }
  }

  @Test
  void letsNobodyTakeAnythingOutOfTheActiveManifest() throws IOException {
    TestManifest stranger =
        new TestManifest("urn:c2pa:stranger", TestSigner.of(-7))
            .with("c2pa.hash.data", Map.of("alg", "sha256", "hash", new byte[32]))
            .claim(
                claim -> {
                  claim.put(
                      "redacted_assertions",
                      List.of("self#jumbf=/c2pa/urn:c2pa:1/c2pa.assertions/c2pa.actions.v2"));
                  return claim;
                });
    byte[] actions =
        TestManifest.cbor(
            Map.of(
                "actions",
                List.of(Map.of("action", "c2pa.created", "digitalSourceType", TestManifest.AI))));
    byte[] file =
        SignedFile.PNG.with(
            (label, binding) ->
                TestManifest.store(
                    stranger.bytes(),
                    replaced(
                        manifest().with("c2pa.actions.v2", actions).with(label, binding).bytes(),
                        actions,
                        new byte[actions.length])));
    assertEquals(Set.of("assertion.hashedURI.mismatch"), failures(file));
  }

  @Test
  void refusesASecondAssertionOfOneLabel() throws IOException {
    byte[] file =
        SignedFile.PNG.with(
            (label, binding) ->
                TestManifest.store(
                    manifest().with(label, binding).undeclared(label, binding).bytes()));
    assertEquals(Set.of("assertion.undeclared"), failures(file));
  }

  @Test
  void hashesALargeAssertionOnceHoweverOftenItIsReferredTo() throws IOException {
    byte[] large = TestManifest.cbor(new byte[4 << 20]);
    byte[] file =
        file(
            m ->
                m.with("org.example", large)
                    .claim(
                        claim -> {
                          List<Object> references = new ArrayList<>();
                          if (claim.get("created_assertions") instanceof List<?> given) {
                            references.addAll(given);
                            for (int i = 0; i < 9_000; i++) {
                              references.add(given.get(given.size() - 1));
                            }
                          }
                          claim.put("created_assertions", references);
                          return claim;
                        }));
    // Processor time of this thread: a stalled machine is no fault of the code.
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long begin = threads.getCurrentThreadCpuTime();
    assertEquals(Set.of(), failures(file));
    long spent = threads.getCurrentThreadCpuTime() - begin;
    assertTrue(spent < 5_000_000_000L, "9,000 times 4 MiB would take longer than " + spent);
  }

  private static byte[] signatureHash(byte[] manifest) {
    try {
      JumbfBox box = JumbfBox.parse(manifest, new Budget(Duration.ofMinutes(1)));
      return box.box("c2pa.signature").orElseThrow().hash(HashAlgorithm.SHA256);
    } catch (dev.assay.spi.DamagedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] replaced(byte[] bytes, byte[] from, byte[] to) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    return text.replace(
            new String(from, StandardCharsets.ISO_8859_1),
            new String(to, StandardCharsets.ISO_8859_1))
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void inflatesCompressedManifests() throws IOException {
    byte[] file =
        SignedFile.PNG.with(
            (label, binding) ->
                TestManifest.store(
                    TestManifest.superbox(
                        "c2cm",
                        "urn:c2pa:1",
                        Containers.box(
                            "brob",
                            Containers.latin1("jumb"),
                            brotli(
                                TestManifest.payloadOf(
                                    manifest().with(label, binding).bytes()))))));
    assertEquals(State.TRUSTED, read(file).state());
  }

  @Test
  void refusesWhatDoesNotInflate() throws IOException {
    byte[] store =
        TestManifest.store(
            TestManifest.superbox(
                "c2cm", "urn:c2pa:1", Containers.box("brob", Containers.latin1("jumb????"))));
    assertEquals(Set.of("manifest.compressed.invalid"), failures(SignedFile.PNG.file(store)));
  }

  /** RFC 7932, 9.2: a window of 16 bits, one block that is not compressed, an empty last one. */
  private static byte[] brotli(byte[] plain) {
    int length = plain.length - 1;
    // Bits, least first: 0 (window), 0 (not last), 00 (4 nibbles), 16 of length, 1 (as it is).
    int head = length << 4 | 1 << 20;
    return Containers.join(
        new byte[] {(byte) head, (byte) (head >> 8), (byte) (head >> 16)}, plain, new byte[] {3});
  }

  @Test
  void boundsBoxesWithinOneAnother() throws IOException {
    byte[] box = TestManifest.superbox("c2as", "deep");
    for (int i = 0; i < 1000; i++) {
      box = TestManifest.superbox("c2as", "deep", box);
    }
    assertEquals(Set.of("general.error"), failures(SignedFile.PNG.file(TestManifest.store(box))));
    List<byte[]> many = new ArrayList<>();
    for (int i = 0; i < 30_000; i++) {
      many.add(TestManifest.superbox("c2ma", "m"));
    }
    byte[] wide = TestManifest.store(many.toArray(new byte[0][]));
    assertEquals(Set.of("general.error"), failures(SignedFile.PNG.file(wide)));
  }

  @Test
  void boundsMapsWithinOneAnother() throws IOException {
    byte[] nested = new byte[10_000];
    java.util.Arrays.fill(nested, (byte) 0x81);
    assertEquals(
        Set.of("assertion.cbor.invalid"), failures(file(m -> m.with("c2pa.soft-binding", nested))));
  }

  @Test
  void readsTheStoreBesideAFile() throws Exception {
    byte[] content = Containers.png(Containers.pngText("Comment", SignedFile.CONTENT));
    byte[] store =
        TestManifest.store(
            manifest()
                .with(
                    "c2pa.hash.data", Map.of("alg", "sha256", "hash", TestManifest.sha256(content)))
                .bytes());
    for (String name : List.of("photo.c2pa", "photo.png.c2pa")) {
      Path file = Files.write(folder.resolve("photo.png"), content);
      Path beside = Files.write(folder.resolve(name), store);
      assertEquals(State.TRUSTED, opened(file).orElseThrow().state(), name);
      Files.write(file, Containers.png(Containers.pngText("Comment", "something else")));
      assertEquals(State.INVALID, opened(file).orElseThrow().state(), name);
      Files.delete(beside);
      assertTrue(opened(file).isEmpty(), name);
    }
    Path elsewhere = Files.write(folder.resolve("elsewhere"), store);
    Files.createSymbolicLink(folder.resolve("photo.c2pa"), elsewhere);
    assertTrue(opened(folder.resolve("photo.png")).isEmpty(), "links are not followed");
  }

  private static Optional<Provenance> opened(Path file) throws Exception {
    try (OpenedMedia media = MediaOpener.open(Source.of(file, "test"), Limits.defaults())) {
      return new ProvenanceReader(() -> BELIEVED, Clock.fixed(WITHIN, ZoneOffset.UTC)).read(media);
    }
  }

  @Test
  void readsNoStoreWhereThereIsNone() throws IOException {
    for (byte[] file :
        List.of(
            Containers.png(),
            Containers.jpeg(),
            Containers.gif(),
            Containers.mp4(),
            new byte[0],
            new byte[] {1})) {
      assertTrue(read(file, BELIEVED, WITHIN).isEmpty());
    }
  }

  /** Found by fuzzing, 1. */
  @Test
  void passesOverAnEmptyObjectOfAnId3Tag() throws IOException {
    for (int length = 0; length < 5; length++) {
      byte[] tag = Containers.id3(Containers.id3Frame("GEOB", new byte[length]));
      assertTrue(read(Containers.join(tag, new byte[50]), BELIEVED, WITHIN).isEmpty());
    }
  }

  @Test
  void keepsTheHintOfABrokenStore() throws IOException {
    Provenance found =
        read(SignedFile.PNG.file(Containers.latin1("....jumb c2pa " + TestManifest.AI)));
    assertEquals(State.INVALID, found.state());
    assertEquals(dev.assay.internal.metadata.Strength.HINT, AiOrigin.of(found).get(0).strength());
  }

  @Test
  void takesATermInASignedMetadataAssertionForSigned() throws IOException {
    Provenance found =
        read(
            file(
                made -> made.created("").with("cawg.metadata", Map.of("source", TestManifest.AI))));
    assertTrue(found.holds(), found.failures().toString());
    AiOrigin origin = AiOrigin.of(found).get(0);
    assertEquals("in the assertion cawg.metadata", origin.place().orElseThrow().text());
    assertEquals(Effect.GENERATED, origin.effect());
    assertEquals(dev.assay.internal.metadata.Strength.AUTHENTICATED, origin.strength());
    assertFalse(origin.signer().isEmpty());
  }

  @Test
  void takesATermInTheParametersOfAnActionForSigned() throws IOException {
    Map<String, Object> parameters =
        Map.of("com.adobe.digitalSourceType", TestManifest.AI, "com.adobe.details", "A Model");
    Map<String, Object> opened = Map.of("action", "c2pa.opened", "parameters", parameters);
    Provenance found =
        read(file(made -> made.with("c2pa.actions.v2", Map.of("actions", List.of(opened)))));
    AiOrigin origin = AiOrigin.of(found).get(0);
    assertEquals("in an action's parameters", origin.place().orElseThrow().text());
    assertEquals("A Model", origin.software());
    assertEquals(Effect.GENERATED, origin.effect());
    Map<String, Object> placed = Map.of("action", "c2pa.placed", "parameters", parameters);
    found = read(file(made -> made.with("c2pa.actions.v2", Map.of("actions", List.of(placed)))));
    assertEquals(Effect.EDITED, AiOrigin.of(found).get(0).effect(), "a part of it");
  }

  @ParameterizedTest
  @CsvSource({"parentOf, GENERATED", "componentOf, EDITED", "inputTo, PROCESSED"})
  void saysOfAnIngredientWhatItIsToTheMedia(String relationship, Effect effect) throws IOException {
    Map<String, Object> ingredient =
        Map.of(
            "relationship",
            relationship,
            "dc:title",
            "x.jpg",
            "digitalSourceType",
            TestManifest.AI);
    Provenance found = read(file(made -> made.created("").with("c2pa.ingredient.v3", ingredient)));
    AiOrigin origin = AiOrigin.of(found).get(0);
    assertEquals(effect, origin.effect());
    assertTrue(origin.place().orElseThrow().text().contains("x.jpg"), origin.toString());
  }

  @Test
  void takesATermThatTheClaimDoesNotCoverForAHint() throws IOException {
    Provenance found =
        read(
            file(
                made ->
                    made.created("")
                        .undeclared("cawg.metadata", Map.of("source", TestManifest.AI))));
    for (AiOrigin origin : AiOrigin.of(found)) {
      assertEquals(dev.assay.internal.metadata.Strength.HINT, origin.strength());
    }
  }

  @Test
  void saysThatASignatureLeavesOutAllThatIsSeen() throws IOException {
    byte[] file =
        SignedFile.MP4.with(
            (label, binding) -> {
              List<Object> exclusions = new ArrayList<>((List<?>) binding.get("exclusions"));
              exclusions.add(Map.of("xpath", "/mdat"));
              Map<String, Object> changed = new LinkedHashMap<>(binding);
              changed.put("exclusions", exclusions);
              changed.put("hash", TestManifest.sha256());
              return TestManifest.store(
                  manifest().created(TestManifest.AI).with(label, changed).bytes());
            });
    Provenance found = read(file);
    assertEquals(State.WELL_FORMED, found.state(), found.failures().toString());
    assertEquals(Integrity.UNCHECKED, found.integrity());
    assertTrue(found.leavesMediaOut());
    assertTrue(found.leftOut().get(0).text().contains("/mdat"), found.leftOut().toString());
    assertEquals(
        dev.assay.internal.metadata.Strength.HINT,
        AiOrigin.of(found).get(0).strength(),
        "it signs nothing of what it speaks of");
    assertFalse(read(SignedFile.signed(SignedFile.MP4, SIGNER)).leavesMediaOut());
  }
}
