package dev.assay.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command shows of a signed file, whom it trusts, and what it leaves out. */
class ProvenanceTest {

  private static final Path SIGNED = Path.of("../detector-core/src/test/resources/signed");
  private static final String FILE = SIGNED.resolve("generated-then-opened.png").toString();
  private static final String ROOT = SIGNED.resolve("root.pem").toString();
  private static final String CACHE = "assay.cache";

  @TempDir private Path cache;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
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

  private int assay(String... arguments) {
    out.reset();
    return Main.run(java.util.List.of(arguments), Terminals.piped(out, err));
  }

  private String shown() {
    return out.toString(UTF_8);
  }

  @Test
  void showsWhoSignedAndWhatItWasMadeFrom() {
    assertEquals(ExitCode.DONE, assay("inspect", "--only", "metadata,provenance", FILE));
    assertTrue(shown().contains("Provenance (C2PA, PNG chunk caBX): valid"), shown());
    assertTrue(shown().contains("signed by Test Signer (Test Makers)"), shown());
    assertTrue(shown().contains("made from 'an ingredient':"), shown());
    assertTrue(shown().contains("c2pa.created (Test Model, trainedAlgorithmicMedia)"), shown());
    assertTrue(shown().contains("Verdict: SYNTHETIC"), shown());
    assertTrue(shown().contains("Based on what is declared"), shown());
  }

  @Test
  void answersItsQuestionsApartAndInColourForAPerson() {
    assay("inspect", "--only", "provenance", FILE);
    assertTrue(shown().contains("Intact    + The file is as it was signed."), shown());
    assertTrue(shown().contains("Signer    - No trust list vouches"), shown());
    assertTrue(shown().contains("Time      - Nothing proves when it was signed"), shown());
    out.reset();
    Terminal watched = Terminals.watched(out, err);
    Main.run(java.util.List.of("inspect", "--only", "provenance", FILE), watched);
    boolean plain = System.getenv("NO_COLOR") != null;
    assertEquals(!plain, shown().contains("\u001B[32m+ The file is as it was signed.\u001B[0m"));
  }

  @Test
  void saysWhatIsInForce() {
    assertEquals(ExitCode.DONE, assay("trust", "list"));
    assertTrue(shown().contains("C2PA-TRUST-LIST.pem: authorities that certify signers"), shown());
    assertTrue(shown().contains("as it ships"), shown());
    assertTrue(shown().contains("they make no manifest trusted"), shown());
  }

  @Test
  void trustsTheCertificatesOfTheUser() {
    assay("inspect", "--only", "provenance", "--trust-list", ROOT, FILE);
    assertTrue(shown().contains(": trusted"), shown());
    assertTrue(shown().contains("Based on what is signed"), shown());
  }

  @Test
  void fetchesListsAndTrustsThem() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    byte[] list = Files.readAllBytes(Path.of(ROOT));
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, list.length);
          exchange.getResponseBody().write(list);
          exchange.close();
        });
    server.start();
    try {
      String place = "http://127.0.0.1:" + server.getAddress().getPort();
      assertEquals(ExitCode.DONE, assay("trust", "update", "--from", place));
      assertTrue(shown().contains("1 certificates"), shown());
    } finally {
      server.stop(0);
    }
    assertEquals(ExitCode.DONE, assay("trust", "list"));
    assertTrue(shown().contains("CN=Test Root"), shown());
    assay("inspect", "--only", "provenance", FILE);
    assertTrue(shown().contains(": trusted"), shown());
  }

  @Test
  void saysWhatKeepsAListFromBeingFetched() {
    assertEquals(ExitCode.BROKEN, assay("trust", "update", "--from", "http://example.org/"));
    assertTrue(err.toString(UTF_8).contains("HTTPS"), err.toString(UTF_8));
  }

  @Test
  void doesNotGoOnWithABrokenList() throws IOException {
    Path broken = Files.writeString(cache.resolve("x.pem"), "no certificate");
    assertEquals(
        ExitCode.BROKEN,
        assay("inspect", "--only", "provenance", "--trust-list", broken.toString(), FILE));
    assertTrue(err.toString(UTF_8).contains("x.pem"), err.toString(UTF_8));
  }

  @Test
  void leavesOutWhatMayBePrivate() throws IOException {
    assay("inspect", "--json", "--only", "provenance", FILE);
    assertTrue(shown().contains("\"title\""), shown());
    assay("inspect", "--json", "--redact", "--only", "provenance", FILE);
    assertFalse(shown().contains("\"title\""), shown());
    JsonNode report = new ObjectMapper().readTree(shown());
    assertEquals(
        "SYNTHETIC", report.at("/verdict/label").asText().toUpperCase(java.util.Locale.ROOT));
  }

  @Test
  void asksNoModelWhereOnlyDeclarationsAreWanted() throws IOException {
    assay("inspect", "--json", "--only", "metadata,provenance", FILE);
    JsonNode report = new ObjectMapper().readTree(shown());
    assertEquals(0, report.at("/tool/models").size());
    assertFalse(report.at("/timings").has("classifier"));
  }
}
