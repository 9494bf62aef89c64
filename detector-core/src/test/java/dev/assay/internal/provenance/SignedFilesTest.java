package dev.assay.internal.provenance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.Evidence;
import dev.assay.internal.metadata.BytesMedia;
import dev.assay.internal.metadata.RealFiles;
import dev.assay.internal.provenance.check.Integrity;
import dev.assay.internal.provenance.check.Provenance;
import dev.assay.internal.provenance.check.Provenance.State;
import dev.assay.internal.provenance.status.StatusCode;
import dev.assay.internal.provenance.trust.SigningTime;
import dev.assay.internal.provenance.trust.TrustAnchors;
import dev.assay.internal.provenance.trust.TrustLists;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Files that others signed, and damaged on purpose, with what is known of them: those of C2PA's
 * public test files by the results published with them. They lie where {@link RealFiles} says.
 */
class SignedFilesTest {

  private static final Path FILES = RealFiles.PROVENANCE;
  private static final Clock AUTUMN =
      Clock.fixed(Instant.parse("2026-11-26T00:00:00Z"), ZoneOffset.UTC);
  private static final Clock SUMMER =
      Clock.fixed(Instant.parse("2026-08-01T00:00:00Z"), ZoneOffset.UTC);
  private static final Set<String> EXPIRED = Set.of("claimSignature.outsideValidity");

  /** What makes a file invalid; files with a manifest that do not stand here are valid. */
  private static final Map<String, Set<String>> INVALID =
      Map.ofEntries(
          Map.entry("ai-generators/chatgpt-1.png", EXPIRED),
          Map.entry("ai-generators/firefly-1.png", EXPIRED),
          Map.entry("ai-generators/flux-1.jpg", EXPIRED),
          Map.entry("c2pa-ts/amazon-titan-g1.png", EXPIRED),
          Map.entry("c2pa-ts/trustnxt-icon-signed-v2-bmff.heic", EXPIRED),
          // Published with claimSignature.mismatch, though the signature is that of the key.
          Map.entry("c2pa-public-testfiles/files/nikon-20221019-building.jpeg", EXPIRED),
          // Published as valid; what was published since says that what is left out around the
          // manifest may hold nothing else.
          Map.entry(
              "c2pa-public-testfiles/files/truepic-20230212-camera.jpg",
              Set.of("claimSignature.outsideValidity", "assertion.dataHash.mismatch")),
          Map.entry(
              "c2pa-public-testfiles/files/adobe-20220124-XCA.jpg",
              Set.of("assertion.dataHash.mismatch")),
          Map.entry(
              "c2pa-public-testfiles/files/adobe-20220124-E-dat-CA.jpg",
              Set.of("assertion.dataHash.mismatch")),
          Map.entry(
              "c2pa-public-testfiles/files/adobe-20220124-E-sig-CA.jpg",
              Set.of("claimSignature.mismatch")),
          Map.entry(
              "c2pa-public-testfiles/files/adobe-20220124-E-uri-CA.jpg",
              Set.of("assertion.hashedURI.mismatch")),
          // Published with claim.missing of the ingredient too, which the broken assertion names.
          Map.entry(
              "c2pa-public-testfiles/files/adobe-20220124-E-clm-CAICAI.jpg",
              Set.of("assertion.hashedURI.mismatch")),
          Map.entry(
              "c2pa-rs/adobe-20220124-E-clm-CAICAI.jpg", Set.of("assertion.hashedURI.mismatch")),
          Map.entry("c2pa-rs/XCA.jpg", Set.of("assertion.dataHash.mismatch")),
          Map.entry(
              "c2pa-rs/no_alg.jpg",
              Set.of(
                  "algorithm.unsupported",
                  "claim.hardBindings.missing",
                  "claimSignature.mismatch")),
          Map.entry(
              "c2pa-rs/prerelease.jpg",
              Set.of(
                  "assertion.hashedURI.mismatch",
                  "claim.hardBindings.missing",
                  "claimSignature.mismatch")));

  private static final Set<String> VALID =
      Set.of(
          "c2pa-public-testfiles/files/adobe-20220124-C.jpg",
          "c2pa-public-testfiles/files/adobe-20220124-CA.jpg",
          "c2pa-public-testfiles/files/adobe-20220124-CACA.jpg",
          "c2pa-public-testfiles/files/adobe-20220124-CAI.jpg",
          "c2pa-public-testfiles/files/adobe-20220124-CAIAIIICAICIICAIICICA.jpg",
          "c2pa-public-testfiles/files/adobe-20220124-CAICA.jpg",
          "c2pa-public-testfiles/files/adobe-20220124-CAICAI.jpg",
          "c2pa-public-testfiles/files/adobe-20220124-CI.jpg",
          "c2pa-public-testfiles/files/adobe-20220124-CICA.jpg",
          "c2pa-public-testfiles/files/adobe-20220124-CIE-sig-CA.jpg",
          "c2pa-rs/C.jpg",
          "c2pa-rs/CA.jpg",
          "c2pa-rs/CACA.jpg",
          "c2pa-rs/CA_ct.jpg",
          "c2pa-rs/C_with_CAWG_data.jpg",
          "c2pa-rs/dashinit.mp4",
          "c2pa-rs/video1.mp4",
          "c2pa-ts/trustnxt-icon-signed-timestamp.jpg");

  @BeforeAll
  static void requireFiles() {
    RealFiles.require(SignedFilesTest.class);
  }

  private static TrustAnchors lists() {
    return new TrustLists(Optional.empty()).anchors();
  }

  private static Provenance provenance(String name, TrustAnchors trust, Clock clock)
      throws IOException {
    return new ProvenanceReader(() -> trust, clock)
        .read(new BytesMedia(Files.readAllBytes(FILES.resolve(name))))
        .orElseThrow();
  }

  @Test
  void agreesWithWhatIsKnownOfEveryFile() throws IOException {
    Map<String, Set<String>> expected = new TreeMap<>(INVALID);
    VALID.forEach(name -> expected.put(name, Set.of()));
    expected.keySet().removeIf(name -> !Files.exists(FILES.resolve(name)));
    Map<String, Set<String>> found = new TreeMap<>();
    ProvenanceReader reader = new ProvenanceReader(SignedFilesTest::lists, AUTUMN);
    try (Stream<Path> files = Files.walk(FILES)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        reader
            .read(new BytesMedia(Files.readAllBytes(file)))
            .ifPresent(
                provenance ->
                    found.put(
                        FILES.relativize(file).toString().replace('\\', '/'),
                        provenance.failures().stream()
                            .map(status -> status.code().code())
                            .collect(Collectors.toCollection(TreeSet::new))));
      }
    }
    assertTrue(found.size() > 20);
    assertEquals(expected, found);
  }

  @Test
  void theClockDecidesWhereNoTimeStampIsTrusted() throws IOException {
    for (String name : List.of("ai-generators/firefly-1.png", "ai-generators/flux-1.jpg")) {
      assertEquals(State.VALID, provenance(name, lists(), SUMMER).state(), name);
      assertTrue(provenance(name, lists(), AUTUMN).holds(), name);
    }
  }

  @Test
  void refusesASignatureThatLeavesOutWhatLiesBeforeTheManifest() throws IOException {
    Provenance found =
        provenance("c2pa-public-testfiles/files/truepic-20230212-camera.jpg", lists(), AUTUMN);
    assertTrue(found.active().orElseThrow().has(StatusCode.DATA_HASH_LEAVES_OUT));
    assertEquals(Integrity.BROKEN, found.integrity());
    assertEquals(SigningTime.EXPIRED, found.time());
  }

  @Test
  void keepsToWhatIsKnownOfTimeStamps() throws IOException {
    assertTrue(
        provenance("c2pa-public-testfiles/files/adobe-20220124-E-sig-CA.jpg", lists(), AUTUMN)
            .active()
            .orElseThrow()
            .has(StatusCode.TIME_STAMP_MISMATCH));
    assertTrue(
        provenance("c2pa-rs/CA_ct.jpg", lists(), AUTUMN)
            .active()
            .orElseThrow()
            .has(StatusCode.TIME_STAMP_MALFORMED));
  }

  @Test
  void findsTheGeneratorInAnAncestor() throws IOException {
    ProvenanceReader reader = new ProvenanceReader(SignedFilesTest::lists, SUMMER);
    try (ProvenanceExaminer examiner = new ProvenanceExaminer(reader)) {
      for (Map.Entry<String, String> file :
          Map.of(
                  "ai-generators/chatgpt-1.png", "GPT-4o",
                  "ai-generators/firefly-1.png", "Adobe Firefly",
                  "ai-generators/flux-1.jpg", "Flux.2",
                  "c2pa-ts/amazon-titan-g1.png", "Titan Image Generator G1")
              .entrySet()) {
        List<Evidence> found =
            examiner.examine(new BytesMedia(Files.readAllBytes(FILES.resolve(file.getKey()))));
        assertEquals("declared.c2pa-ai-source-type", found.get(0).code(), file.getKey());
        assertEquals("stated", found.get(0).details().get("strength"), file.getKey());
        assertEquals(file.getValue(), found.get(0).details().get("generator"), file.getKey());
      }
    }
  }
}
