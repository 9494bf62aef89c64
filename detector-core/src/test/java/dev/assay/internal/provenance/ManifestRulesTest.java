package dev.assay.internal.provenance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.assay.internal.metadata.BytesMedia;
import dev.assay.internal.metadata.Containers;
import dev.assay.internal.provenance.check.Integrity;
import dev.assay.internal.provenance.check.Provenance;
import dev.assay.internal.provenance.check.Provenance.State;
import dev.assay.internal.provenance.status.ValidationStatus;
import dev.assay.internal.provenance.trust.TrustAnchors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What both reference validators refuse, and what they take, part by part. */
class ManifestRulesTest {

  private static final TestSigner SIGNER = TestSigner.of(-7);
  private static final byte[] UUID = HexFormat.of().parseHex("d8fec3d61b0e483c92975828877ec481");

  private static Optional<Provenance> read(byte[] file) throws IOException {
    return new ProvenanceReader(TrustAnchors::none, Clock.systemUTC()).read(new BytesMedia(file));
  }

  private static Set<String> failures(byte[] file) throws IOException {
    return read(file).orElseThrow().failures().stream()
        .map(ValidationStatus::code)
        .map(code -> code.code())
        .collect(Collectors.toSet());
  }

  private static byte[] file(UnaryOperator<TestManifest> make) {
    return SignedFile.PNG.with(
        (label, binding) ->
            TestManifest.store(
                make.apply(new TestManifest("urn:c2pa:1", SIGNER).with(label, binding)).bytes()));
  }

  private static byte[] actions(Object... actions) {
    return file(made -> made.with("c2pa.actions.v2", Map.of("actions", List.of(actions))));
  }

  private static Map<String, Object> action(String name) {
    return Map.of("action", name, "digitalSourceType", TestManifest.AI);
  }

  static Stream<byte[]> misplacedBeginnings() {
    return Stream.of(
        file(TestManifest::beginless),
        actions(action("c2pa.edited")),
        actions(action("c2pa.edited"), action("c2pa.created")),
        actions(action("c2pa.created"), action("c2pa.created")));
  }

  @ParameterizedTest
  @MethodSource("misplacedBeginnings")
  void theFirstActionAloneSaysHowTheAssetBegan(byte[] file) throws IOException {
    assertEquals(Set.of("assertion.action.malformed"), failures(file));
    assertEquals(Integrity.BROKEN, read(file).orElseThrow().integrity());
  }

  @Test
  void claimsOfTheFirstVersionBeginAsTheyLike() throws IOException {
    byte[] file =
        file(
            made ->
                made.firstVersion()
                    .with("c2pa.actions", Map.of("actions", List.of(action("c2pa.edited")))));
    assertEquals(Set.of(), failures(file));
  }

  static Stream<byte[]> actionsWithoutTheirIngredients() {
    Map<String, Object> nothing = Map.of("ingredients", List.of());
    return Stream.of(
        actions(action("c2pa.opened")),
        actions(action("c2pa.created"), action("c2pa.placed")),
        actions(action("c2pa.created"), action("c2pa.removed")),
        actions(action("c2pa.created"), Map.of("action", "c2pa.placed", "parameters", nothing)),
        actions(
            action("c2pa.created"),
            Map.of(
                "action",
                "c2pa.transcoded",
                "parameters",
                Map.of(
                    "ingredients",
                    List.of(
                        TestManifest.reference(
                            "self#jumbf=c2pa.assertions/c2pa.ingredient", new byte[32]))))));
  }

  @ParameterizedTest
  @MethodSource("actionsWithoutTheirIngredients")
  void actionsNameWhatTheyWereDoneWith(byte[] file) throws IOException {
    assertEquals(Set.of("assertion.action.ingredientMismatch"), failures(file));
  }

  @Test
  void aRedactionIsToldByTheClaimToo() throws IOException {
    assertEquals(
        Set.of("assertion.action.redactionMismatch"),
        failures(actions(action("c2pa.created"), action("c2pa.redacted"))));
  }

  /** The types of boxes that nobody hashes: store, list of assertions, signature. */
  @ParameterizedTest
  @MethodSource("boxes")
  void boxesAreOfTheirType(String type) throws IOException {
    byte[] file = SignedFile.signed(SignedFile.JPEG, SIGNER);
    String text = new String(file, StandardCharsets.ISO_8859_1);
    int at = text.indexOf("jumd" + type) + 4;
    file[at] ^= 1;
    assertEquals(Integrity.BROKEN, read(file).orElseThrow().integrity());
  }

  static Stream<String> boxes() {
    return Stream.of("c2pa", "c2as", "c2cs", "c2cl");
  }

  @Test
  void aLabelIsTextAndMayBeAskedFor() throws IOException {
    byte[] file = SignedFile.signed(SignedFile.JPEG, SIGNER);
    String text = new String(file, StandardCharsets.ISO_8859_1);
    byte[] hidden = file.clone();
    hidden[text.indexOf("c2pa.assertions") - 1] = 2;
    assertEquals(Integrity.BROKEN, read(hidden).orElseThrow().integrity());
    byte[] salted = file.clone();
    salted[text.indexOf("c2pa.assertions") - 1] = 0x13;
    assertEquals(Integrity.BROKEN, read(salted).orElseThrow().integrity(), "no salt follows");
    byte[] noText = file.clone();
    noText[text.indexOf("urn:c2pa:1")] = (byte) 0xFF;
    assertEquals(Integrity.BROKEN, read(noText).orElseThrow().integrity());
  }

  @Test
  void theClaimNamesItsSignature() throws IOException {
    byte[] file =
        file(
            made ->
                made.claim(
                    claim -> {
                      claim.put("signature", "self#jumbf=/c2pa/urn:c2pa:2/c2pa.signature");
                      return claim;
                    }));
    assertEquals(Set.of("claimSignature.missing"), failures(file));
  }

  /** C2PA 2.2, A.5.3: the update at the end of the file, the first store as it was. */
  @Test
  void anUpdateOfAFilmLiesAtItsEnd() throws IOException {
    byte[] signed = SignedFile.signed(SignedFile.MP4, SIGNER);
    byte[] original =
        replaced(signed, "manifest\0".getBytes(StandardCharsets.ISO_8859_1), "original\0");
    TestManifest first = new TestManifest("urn:c2pa:1", SIGNER);
    byte[] store = storeOf(signed);
    Map<String, Object> ingredient = new LinkedHashMap<>();
    ingredient.put("relationship", "parentOf");
    ingredient.put(
        "activeManifest",
        TestManifest.reference(
            "self#jumbf=/c2pa/" + first.label(),
            TestManifest.sha256(Arrays.copyOfRange(store, 38 + 8, store.length))));
    byte[] update =
        TestManifest.store(
            new TestManifest("urn:c2pa:2", SIGNER)
                .update()
                .with("c2pa.ingredient.v3", ingredient)
                .bytes());
    byte[] box =
        Containers.box(
            "uuid",
            UUID,
            new byte[4],
            "update\0".getBytes(StandardCharsets.ISO_8859_1),
            new byte[8],
            update);
    Provenance found = read(Containers.join(original, box)).orElseThrow();
    assertEquals(State.VALID, found.state(), found.failures().toString());
    assertEquals("urn:c2pa:2", found.active().orElseThrow().label());
    assertEquals(2, found.manifests().size());
  }

  private static byte[] storeOf(byte[] film) {
    String text = new String(film, StandardCharsets.ISO_8859_1);
    int at = text.indexOf("manifest\0") + 9 + 8;
    int length = java.nio.ByteBuffer.wrap(film).getInt(at);
    return Arrays.copyOfRange(film, at, at + length);
  }

  private static byte[] replaced(byte[] bytes, byte[] what, String by) {
    int at =
        new String(bytes, StandardCharsets.ISO_8859_1)
            .indexOf(new String(what, StandardCharsets.ISO_8859_1));
    byte[] changed = bytes.clone();
    System.arraycopy(by.getBytes(StandardCharsets.ISO_8859_1), 0, changed, at, what.length);
    return changed;
  }

  @Test
  void aBoxThatOughtToHoldAManifestIsToldWhereItHoldsNone() throws IOException {
    byte[] signed = SignedFile.signed(SignedFile.MP4, SIGNER);
    byte[] broken =
        replaced(signed, "manifest\0".getBytes(StandardCharsets.ISO_8859_1), "manifesX\0");
    assertEquals(Integrity.BROKEN, read(broken).orElseThrow().integrity());
  }

  @Test
  void hashesOfPartsAreSaidToBeThereAndNotVerified() throws IOException {
    Map<String, Object> parts = Map.of("parts", List.of());
    byte[] file = file(made -> made.with("c2pa.hash.multi-asset", parts));
    assertEquals(Integrity.INTACT, read(file).orElseThrow().integrity(), "it is no second binding");
    byte[] longer = Containers.join(file, new byte[] {1});
    Provenance found = read(longer).orElseThrow();
    assertEquals(Integrity.UNCHECKED, found.integrity());
    assertEquals(State.WELL_FORMED, found.state());
    assertEquals(true, found.leftOut().get(0).text().contains("present and not verified"));
  }

  @Test
  void aHashOfACollectionIsSaidToBeThereAndNotVerified() throws IOException {
    byte[] file =
        SignedFile.PNG.file(
            TestManifest.store(
                new TestManifest("urn:c2pa:1", SIGNER)
                    .with("c2pa.hash.collection.data", Map.of("uris", List.of()))
                    .bytes()));
    Provenance found = read(file).orElseThrow();
    assertEquals(Integrity.UNCHECKED, found.integrity());
    assertEquals(true, found.leftOut().get(0).text().contains("present and not verified"));
  }

  @Test
  void readsSvg() throws IOException {
    String head = "<svg xmlns=\"http://www.w3.org/2000/svg\"><metadata><c2pa:manifest>";
    String tail = "</c2pa:manifest></metadata><rect width=\"9\" height=\"9\"/></svg>";
    byte[] hash = TestManifest.sha256((head + tail).getBytes(StandardCharsets.UTF_8));
    int length = 0;
    byte[] store = new byte[0];
    for (int i = 0; i < 4; i++) {
      store =
          TestManifest.store(
              new TestManifest("urn:c2pa:1", SIGNER)
                  .created(TestManifest.AI)
                  .with(
                      "c2pa.hash.data",
                      Map.of(
                          "exclusions",
                          List.of(Map.of("start", (long) head.length(), "length", (long) length)),
                          "alg",
                          "sha256",
                          "hash",
                          hash))
                  .bytes());
      length = Base64.getEncoder().encode(store).length;
    }
    String text = head + Base64.getEncoder().encodeToString(store) + tail;
    assertEquals(
        Integrity.INTACT, read(text.getBytes(StandardCharsets.UTF_8)).orElseThrow().integrity());
    byte[] changed = text.replace("\"9\" height", "\"8\" height").getBytes(StandardCharsets.UTF_8);
    assertEquals(Integrity.CHANGED, read(changed).orElseThrow().integrity());
    byte[] broken = text.replace("manifest>AAA", "manifest>??A").getBytes(StandardCharsets.UTF_8);
    assertEquals(Integrity.BROKEN, read(broken).orElseThrow().integrity());
  }

  private static byte[] pdf(String attributes, byte[] store) {
    String head = "%PDF-1.7\n1 0 obj\n<<" + attributes + ">>stream\n";
    String tail =
        "\nendstream\nendobj\n4 0 obj\n<</AFRelationship/C2PA_Manifest/EF<</F 1 0 R>>"
            + "/Type/Filespec>>\nendobj\n11 0 obj\n<<>>\nendobj\n%%EOF\n";
    return Containers.join(
        head.getBytes(StandardCharsets.ISO_8859_1),
        store,
        tail.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static byte[] storeFor(String attributes) {
    byte[] bare = pdf(attributes, new byte[0]);
    long start = new String(bare, StandardCharsets.ISO_8859_1).indexOf("stream") + 7L;
    byte[] store = new byte[0];
    for (int i = 0; i < 4; i++) {
      Map<String, Object> range = Map.of("start", start, "length", (long) store.length);
      store =
          TestManifest.store(
              new TestManifest("urn:c2pa:1", SIGNER)
                  .with(
                      "c2pa.hash.data",
                      Map.of(
                          "exclusions",
                          List.of(range),
                          "alg",
                          "sha256",
                          "hash",
                          TestManifest.sha256(bare)))
                  .bytes());
    }
    return store;
  }

  @Test
  void readsDocumentsThatAreSigned() throws IOException {
    byte[] store = storeFor("/Length 9");
    byte[] file = pdf("/Length 9", store);
    assertEquals(Integrity.INTACT, read(file).orElseThrow().integrity());
    file[file.length - 20] ^= 1;
    assertEquals(Integrity.CHANGED, read(file).orElseThrow().integrity());
    byte[] packed = pdf("/Filter/FlateDecode/Length 9", storeFor("/Filter/FlateDecode/Length 9"));
    assertEquals(Integrity.BROKEN, read(packed).orElseThrow().integrity());
    byte[] plain = "%PDF-1.7\n1 0 obj\n<<>>\nendobj\n".getBytes(StandardCharsets.UTF_8);
    assertEquals(Optional.empty(), read(plain), "documents are no media");
  }
}
