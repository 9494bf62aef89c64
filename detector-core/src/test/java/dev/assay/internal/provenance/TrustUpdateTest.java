package dev.assay.internal.provenance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.internal.provenance.trust.TrustAnchors;
import dev.assay.internal.provenance.trust.TrustLists;
import dev.assay.internal.provenance.trust.TrustUpdate;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fetching trust lists from a server on this machine. */
class TrustUpdateTest {

  @TempDir private Path folder;

  private LocalServer server;

  @BeforeEach
  void start() throws IOException {
    server = new LocalServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void serve(String name, String list) {
    server.serve("/lists/" + name, list.getBytes(StandardCharsets.ISO_8859_1));
  }

  private TrustUpdate update() throws IOException {
    return TrustUpdate.from(URI.create(server.at("/lists/")), folder);
  }

  private static String pem() throws CertificateEncodingException {
    return "Subject\tCN=Test Root\n-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder().encodeToString(TestSigner.root().getEncoded())
        + "\n-----END CERTIFICATE-----\n";
  }

  @Test
  void putsBothListsIntoTheFolder() throws Exception {
    serve(TrustLists.SIGNERS, pem() + pem());
    serve(TrustLists.TIME_STAMPS, pem());
    assertEquals(Map.of(TrustLists.SIGNERS, 2, TrustLists.TIME_STAMPS, 1), update().run());
    assertEquals(
        TestSigner.root(), TrustAnchors.read(folder.resolve(TrustLists.TIME_STAMPS)).get(0));
  }

  @Test
  void replacesNothingWhereOneListIsMissing() throws Exception {
    Path old = folder.resolve(TrustLists.SIGNERS);
    Files.writeString(old, "as it was");
    serve(TrustLists.SIGNERS, pem());
    IOException failure = assertThrows(IOException.class, () -> update().run());
    assertTrue(String.valueOf(failure.getMessage()).contains("404"), failure.getMessage());
    assertEquals("as it was", Files.readString(old));
  }

  @Test
  void takesNothingButCertificates() throws Exception {
    serve(TrustLists.TIME_STAMPS, pem());
    for (String page :
        new String[] {
          "<html>not found</html>", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"
        }) {
      serve(TrustLists.SIGNERS, page);
      assertThrows(IOException.class, () -> update().run());
    }
    assertFalse(Files.exists(folder.resolve(TrustLists.SIGNERS)));
  }

  @Test
  void isNotSentElsewhere() throws Exception {
    server.redirect("/lists/" + TrustLists.SIGNERS, "http://127.0.0.1:1/");
    serve(TrustLists.SIGNERS, pem());
    serve(TrustLists.TIME_STAMPS, pem());
    assertThrows(IOException.class, () -> update().run());
  }

  @Test
  void fetchesOverHttpsOnly() {
    for (String place :
        new String[] {"http://example.org/", "ftp://example.org/", "file:///etc/", "lists/"}) {
      assertThrows(IOException.class, () -> TrustUpdate.from(URI.create(place), folder), place);
    }
  }
}
