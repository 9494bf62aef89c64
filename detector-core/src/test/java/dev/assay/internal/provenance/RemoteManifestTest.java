package dev.assay.internal.provenance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.Evidence;
import dev.assay.internal.metadata.BytesMedia;
import dev.assay.internal.metadata.Containers;
import dev.assay.internal.provenance.check.Integrity;
import dev.assay.internal.provenance.check.Provenance;
import dev.assay.internal.provenance.trust.TrustAnchors;
import dev.assay.internal.resource.PublicAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Manifests at addresses, from a server on this machine. */
class RemoteManifestTest {

  private LocalServer server;

  @BeforeEach
  void start() throws IOException {
    server = new LocalServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static byte[] pointing(String address) {
    String xmp =
        "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF"
            + " xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description"
            + " xmlns:dcterms=\"http://purl.org/dc/terms/\" dcterms:provenance=\""
            + address
            + "\"/></rdf:RDF></x:xmpmeta>";
    return Containers.jpeg(Containers.jpegXmp(xmp));
  }

  private static ProvenanceReader reader(Optional<RemoteManifest> remote) {
    return new ProvenanceReader(TrustAnchors::none, Clock.systemUTC(), remote);
  }

  @Test
  void isFetchedWhereThatIsAskedForAndHeldAgainstTheFile() throws IOException {
    byte[] file = pointing(server.at("/m.c2pa"));
    TestManifest manifest =
        new TestManifest("urn:c2pa:1", TestSigner.of(-7))
            .with(
                "c2pa.hash.data",
                Map.of(
                    "exclusions", List.of(), "alg", "sha256", "hash", TestManifest.sha256(file)));
    server.serve("/m.c2pa", TestManifest.store(manifest.bytes()));
    assertTrue(reader(Optional.empty()).read(new BytesMedia(file)).isEmpty(), "nobody asked");
    Provenance found =
        reader(Optional.of(new RemoteManifest(true))).read(new BytesMedia(file)).orElseThrow();
    assertEquals(Integrity.INTACT, found.integrity(), found.failures().toString());
    assertEquals("manifest at an address", found.carrier());
  }

  @Test
  void thatIsNotToBeHadIsToldWithTheReason() throws IOException {
    byte[] file = pointing(server.at("/nothing.c2pa"));
    List<Evidence> told =
        new ProvenanceExaminer(reader(Optional.of(new RemoteManifest(true))))
            .examine(new BytesMedia(file));
    assertEquals(1, told.size());
    assertEquals("provenance.c2pa-inaccessible", told.get(0).code());
    assertTrue(told.get(0).sentence().text().contains("status 404"), told.toString());
  }

  private String refusal(RemoteManifest remote, String address) {
    return assertThrows(RemoteManifest.Refusal.class, () -> remote.fetch(address)).reason().text();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://example.org/m.c2pa",
        "https://example.org:8443/m.c2pa",
        "https://user:word@example.org/m.c2pa",
        "file:///etc/passwd",
        "ftp://example.org/m.c2pa",
        "https:///m.c2pa"
      })
  void liesAtAnAddressOfHttpsAtTheUsualPort(String address) {
    assertEquals(
        "only addresses of HTTPS, at the usual port, are asked",
        refusal(new RemoteManifest(), address));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "10.1.2.3",
        "192.168.0.1",
        "172.16.5.5",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "198.18.0.1",
        "192.0.0.8",
        "[::1]",
        "[fe80::1]",
        "[fd00::1]",
        "[::ffff:10.0.0.1]",
        "[2002:a00:1::1]",
        "[2001::1]",
        "[64:ff9b::a00:1]"
      })
  void liesAtNoPrivateAddress(String host) {
    assertEquals(
        "the address is a private one",
        refusal(new RemoteManifest(), "https://" + host + "/m.c2pa"));
  }

  @Test
  void mayLieAtAPublicAddress() throws IOException {
    for (String host : new String[] {"93.184.216.34", "1.1.1.1", "2606:4700::1111"}) {
      assertTrue(PublicAddress.is(InetAddress.getByName(host)), host);
    }
    assertFalse(PublicAddress.is(InetAddress.getByName("10.0.0.1")));
  }

  @Test
  void isFollowedToNoOtherHost() throws IOException {
    RemoteManifest remote = new RemoteManifest(true);
    server.redirect("/away", "http://localhost:" + server.port() + "/m");
    assertEquals("the address leads to another host", refusal(remote, server.at("/away")));
    server.redirect("/port", "http://127.0.0.1:1/m");
    assertEquals("the address leads to another host", refusal(remote, server.at("/port")));
    server.redirect("/round", "/round");
    assertEquals("the address leads on and on", refusal(remote, server.at("/round")));
    server.redirect("/near", "/m");
    server.serve("/m", new byte[] {1, 2, 3});
    assertEquals(3, remote.fetch(server.at("/near")).length);
  }

  @Test
  void isNoLargerThanTheBound() {
    server.serve("/large", new byte[RemoteManifest.MAX_BYTES + 1]);
    assertEquals(
        "what lies there is too large", refusal(new RemoteManifest(true), server.at("/large")));
  }

  @Test
  void isNotWaitedForWhereNobodyAnswers() {
    String closed = "http://127.0.0.1:1/m.c2pa";
    assertEquals("the address does not answer", refusal(new RemoteManifest(true), closed));
  }
}
