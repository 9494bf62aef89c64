package dev.assay.server;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who is let in. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class AccessTest {

  private static final String INFO = "/v1/version";

  @TempDir private Path folder;

  @Test
  void aServerForOthersNeedsKeys() {
    IOException refused =
        assertThrows(
            IOException.class,
            () -> AssayServer.start(ServerSettings.defaults().at("0.0.0.0", 0), System.out));
    assertTrue(refused.getMessage().contains("needs a file of keys"), refused.getMessage());
  }

  @Test
  void aTakenAddressIsASentence() throws IOException {
    try (StartedServer first = StartedServer.with(ServerSettings.defaults())) {
      IOException taken =
          assertThrows(
              IOException.class,
              () ->
                  AssayServer.start(
                      ServerSettings.defaults()
                          .withJobs(folder.resolve("jobs"), 1, Duration.ofHours(1))
                          .at("127.0.0.1", first.server().port()),
                      System.out));
      assertTrue(taken.getMessage().startsWith("Nothing can listen on"), taken.getMessage());
    }
  }

  @Test
  void aKeyLetsInWithinItsLimits() throws Exception {
    AccessKeyLine many = AccessKeyLine.random("many");
    AccessKeyLine few = AccessKeyLine.random("few");
    Path keys =
        Files.writeString(
            folder.resolve("keys"),
            "# for tests\n" + many.line() + "\n\n" + few.line() + " bytes=1K perMinute=2\n");
    try (StartedServer server = StartedServer.with(ServerSettings.defaults().withKeys(keys))) {
      assertEquals(401, server.get(INFO).statusCode());
      assertEquals("Bearer", server.get(INFO).headers().firstValue("WWW-Authenticate").orElse(""));
      assertEquals(401, server.get(INFO, bearer("wrong")).statusCode());
      assertEquals(401, server.get(INFO, "Authorization", many.key()).statusCode());
      assertEquals(401, server.get("/metrics").statusCode());
      assertEquals(401, server.get("/no/such/address").statusCode());
      assertEquals(200, server.get("/health/ready").statusCode(), "for whoever starts it again");
      assertEquals(200, server.get(INFO, bearer(many.key())).statusCode());
      assertEquals(413, server.post("/v1/examine", new byte[2000], bearer(few.key())).statusCode());
      assertEquals(200, server.get(INFO, bearer(few.key())).statusCode());
      HttpResponse<String> refused = server.get(INFO, bearer(few.key()));
      assertEquals(429, refused.statusCode());
      assertTrue(refused.headers().firstValueAsLong("Retry-After").orElse(0) > 0);
    }
  }

  @Test
  void aKeyBoundsThePixelsOfAPicture() throws Exception {
    AccessKeyLine small = AccessKeyLine.random("small");
    Path keys = Files.writeString(folder.resolve("keys"), small.line() + " pixels=10K\n");
    try (StartedServer server = StartedServer.with(ServerSettings.defaults().withKeys(keys))) {
      HttpResponse<String> refused =
          server.post("/v1/examine?profile=fast", SamplePictures.png(1), bearer(small.key()));
      assertEquals(422, refused.statusCode(), refused.body());
      assertEquals("too-many-pixels", StartedServer.json(refused).path("code").asText());
    }
  }

  private static String[] bearer(String key) {
    return new String[] {"Authorization", "Bearer " + key};
  }

  @Test
  void brokenFilesOfKeysAreRefusedByLine() throws IOException {
    for (String broken : new String[] {"", "# none\n", "name\n", "name 00\n", "a b c d\n"}) {
      refused(broken);
    }
    String line = AccessKeyLine.random("twice").line();
    assertTrue(refused(line + "\n" + line + "\n").contains("line 2"));
    assertTrue(refused(line + " speed=3\n").contains("limits are bytes=N, pixels=N"));
    assertTrue(refused(line + " pixels=\n").contains("limits are"));
    assertTrue(refused(line + " pixels=0\n").contains("at least 1"));
    assertTrue(refused(line + " seconds=0\n").contains("at least 1"));
  }

  private String refused(String text) throws IOException {
    ServerSettings settings =
        ServerSettings.defaults()
            .at("127.0.0.1", 0)
            .withKeys(Files.writeString(folder.resolve("broken"), text));
    return String.valueOf(
        assertThrows(IOException.class, () -> AssayServer.start(settings, System.out))
            .getMessage());
  }

  @Test
  void pagesOfOtherSitesGetNothing() throws Exception {
    try (StartedServer server =
        StartedServer.with(
            ServerSettings.defaults().withOrigins(Set.of("https://newsroom.example")))) {
      String own = "http://127.0.0.1:" + server.server().port();
      assertEquals(200, server.get(INFO, "Origin", own).statusCode());
      assertEquals(403, server.get(INFO, "Origin", "https://evil.example").statusCode());
      assertEquals(403, server.get(INFO, "Origin", "null").statusCode());
      assertEquals(403, server.get(INFO, "Sec-Fetch-Site", "cross-site").statusCode());
      HttpResponse<String> listed = server.get(INFO, "Origin", "https://newsroom.example");
      assertEquals(200, listed.statusCode());
      assertEquals(
          "https://newsroom.example",
          listed.headers().firstValue("Access-Control-Allow-Origin").orElse(""));
      assertTrue(
          server
              .get(INFO, "Origin", own)
              .headers()
              .firstValue("Access-Control-Allow-Origin")
              .isEmpty());
    }
  }

  @Test
  void aNameThatWasMadeToPointHereGetsNothing() throws Exception {
    try (StartedServer server = StartedServer.with(ServerSettings.defaults())) {
      int port = server.server().port();
      assertTrue(raw(port, "rebound.example:" + port).startsWith("HTTP/1.1 403"));
      assertTrue(raw(port, "localhost:" + port).startsWith("HTTP/1.1 200"));
      assertTrue(raw(port, "127.0.0.1.rebound.example").startsWith("HTTP/1.1 403"));
    }
  }

  @Test
  void oversizedHeadersAreRefused() throws Exception {
    try (StartedServer server = StartedServer.with(ServerSettings.defaults())) {
      assertEquals(431, server.get(INFO, "X-Long", "x".repeat(20_000)).statusCode());
      assertEquals(200, server.get(INFO).statusCode());
    }
  }

  /** What the server answers to a request with this name as its host. */
  private static String raw(int port, String host) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      OutputStream out = socket.getOutputStream();
      out.write(
          ("GET " + INFO + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      out.flush();
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void aServerThatWarmsUpIsReadyOnceItsWorkersAre() throws Exception {
    try (StartedServer server = StartedServer.with(ServerSettings.defaults())) {
      server.server().warmUp();
      assertEquals(503, server.get("/health/ready").statusCode());
      assertEquals(200, server.get("/health/live").statusCode());
      assertEquals(200, server.get(INFO).statusCode());
      await()
          .atMost(Duration.ofSeconds(50))
          .until(() -> server.get("/health/ready").statusCode() == 200);
      assertEquals(0, server.server().files(), "nothing is left of it");
    }
  }

  @Test
  void behindAProxyItIsCalledAsTheProxySays() throws Exception {
    AccessKeyLine key = AccessKeyLine.random("proxy");
    Path keys = Files.writeString(folder.resolve("keys"), key.line());
    ServerSettings settings = ServerSettings.defaults().withKeys(keys);
    String[] forwarded = {
      "Authorization", "Bearer " + key.key(),
      "X-Forwarded-For", "203.0.113.9",
      "X-Forwarded-Host", "assay.example",
      "X-Forwarded-Proto", "https",
      "Origin", "https://assay.example"
    };
    try (StartedServer server = StartedServer.with(settings)) {
      assertEquals(403, server.get(INFO, forwarded).statusCode(), "nobody said to believe them");
      assertFalse(server.log().contains("203.0.113.9"));
    }
    try (StartedServer server = StartedServer.with(settings.withProxy(true))) {
      assertEquals(200, server.get(INFO, forwarded).statusCode());
      await().until(() -> server.log().contains("\"remote\":\"203.0.113.9\""));
    }
  }

  @Test
  void aStoppedServerListensNoMore() throws IOException {
    AssayServer server =
        AssayServer.start(
            ServerSettings.defaults()
                .withJobs(folder.resolve("jobs"), 1, Duration.ofHours(1))
                .at("127.0.0.1", 0),
            new PrintStream(OutputStream.nullOutputStream()));
    int port = server.port();
    server.close();
    server.close();
    assertThrows(
        IOException.class, () -> new Socket(InetAddress.getLoopbackAddress(), port).close());
  }
}
