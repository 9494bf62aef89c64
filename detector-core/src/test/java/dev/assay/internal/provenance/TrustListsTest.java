package dev.assay.internal.provenance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.Evidence;
import dev.assay.internal.metadata.BytesMedia;
import dev.assay.internal.provenance.check.Provenance;
import dev.assay.internal.provenance.check.Provenance.State;
import dev.assay.internal.provenance.trust.SignerTrust;
import dev.assay.internal.provenance.trust.TrustAnchors;
import dev.assay.internal.provenance.trust.TrustLists;
import dev.assay.internal.provenance.trust.TrustLists.Published;
import dev.assay.internal.resource.ShippedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustListsTest {

  private static final String CACHE = "assay.cache";
  private static final String SHIPPED = "/dev/assay/internal/provenance/trust/";

  @TempDir private Path cache;
  private String before = "";

  @BeforeEach
  void useAnEmptyCache() {
    before = System.getProperty(CACHE, "");
    System.setProperty(CACHE, cache.toString());
  }

  @AfterEach
  void restore() {
    if (before.isEmpty()) {
      System.clearProperty(CACHE);
    } else {
      System.setProperty(CACHE, before);
    }
  }

  private static List<Published> lists() {
    return new TrustLists(Optional.empty()).published();
  }

  private void fetched(String name, X509Certificate certificate, Instant when) throws Exception {
    Path file = Files.createDirectories(cache.resolve("trust")).resolve(name);
    Files.writeString(
        file,
        "-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
            + "\n-----END CERTIFICATE-----\n");
    Files.setLastModifiedTime(file, FileTime.from(when));
  }

  @Test
  void shipAsTheyWerePublished() throws Exception {
    JsonNode origins = new ObjectMapper().readTree(ShippedData.bytes(SHIPPED + "lists.json"));
    assertEquals(3, origins.path("lists").size());
    for (JsonNode origin : origins.path("lists")) {
      byte[] list = ShippedData.bytes(SHIPPED + origin.path("file").asText());
      assertEquals(
          origin.path("sha256").asText(),
          HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(list)));
    }
    assertEquals(
        List.of(30, 22, 20), lists().stream().map(list -> list.certificates().size()).toList());
  }

  @Test
  void theNewerOneIsInForce() throws Exception {
    fetched(TrustLists.SIGNERS, TestSigner.root(), Instant.parse("2027-01-05T00:00:00Z"));
    fetched(TrustLists.TIME_STAMPS, TestSigner.root(), Instant.parse("2026-01-05T00:00:00Z"));
    assertEquals(LocalDate.parse("2027-01-05"), lists().get(0).date());
    assertEquals(List.of(TestSigner.root()), lists().get(0).certificates());
    assertTrue(lists().get(1).place().isEmpty(), "what ships is newer than what was fetched");
  }

  @Test
  void growOldAfterHalfAYear() {
    Published list = lists().get(0);
    assertFalse(list.old(Instant.parse("2027-03-01T00:00:00Z")));
    assertTrue(list.old(Instant.parse("2027-03-25T00:00:00Z")));
  }

  private static List<Evidence> examined(TrustAnchors trust, Instant now) throws IOException {
    byte[] file = SignedFile.signed(SignedFile.PNG, TestSigner.of(-7));
    ProvenanceReader reader = new ProvenanceReader(() -> trust, Clock.fixed(now, ZoneOffset.UTC));
    return new ProvenanceExaminer(reader).examine(new BytesMedia(file));
  }

  @Test
  void areSaidToBeOldWhereANewerOneCouldVouch() throws IOException {
    TrustAnchors old =
        new TrustAnchors(
            List.of(), List.of(), List.of(), List.of(), Optional.of(LocalDate.parse("2026-09-24")));
    String warning = "'assay trust update' fetches newer ones";
    Instant soon = Instant.parse("2026-12-01T00:00:00Z");
    Instant late = Instant.parse("2027-12-01T00:00:00Z");
    assertFalse(examined(old, soon).toString().contains(warning));
    assertTrue(examined(old, late).toString().contains(warning));
  }

  @Test
  void ofNewsPublishersMakeNoManifestTrusted() throws IOException {
    TestSigner signer = TestSigner.of(-7);
    TrustAnchors publishers =
        new TrustAnchors(
            List.of(), List.of(), List.of(), List.of(signer.certificate()), Optional.empty());
    Provenance found =
        new ProvenanceReader(
                () -> publishers,
                Clock.fixed(Instant.parse("2026-12-01T00:00:00Z"), ZoneOffset.UTC))
            .read(new BytesMedia(SignedFile.signed(SignedFile.PNG, signer)))
            .orElseThrow();
    assertEquals(SignerTrust.PUBLISHER, found.trust());
    assertEquals(State.VALID, found.state());
  }
}
