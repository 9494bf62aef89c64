package dev.assay.server;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who is told of a job that is done. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class WebhookTest {

  private static final String SECRET = "a secret of some length";

  private record Told(String path, String signature, String body) {}

  @TempDir private Path folder;

  private final List<Told> told = new CopyOnWriteArrayList<>();
  private HttpServer listener;
  private int failures;

  @BeforeEach
  void listen() throws IOException {
    listener = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    listener.createContext("/", this::hear);
    listener.start();
  }

  @AfterEach
  void end() {
    listener.stop(0);
  }

  private void hear(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    told.add(new Told(path, exchange.getRequestHeaders().getFirst("X-Assay-Signature"), body));
    if (path.equals("/moved")) {
      exchange.getResponseHeaders().set("Location", "/other");
      exchange.sendResponseHeaders(302, -1);
    } else {
      exchange.sendResponseHeaders(failures-- > 0 ? 500 : 204, -1);
    }
    exchange.close();
  }

  private String host() {
    return "127.0.0.1:" + listener.getAddress().getPort();
  }

  private ServerSettings settings() throws IOException {
    return ServerSettings.defaults()
        .withJobs(folder.resolve("jobs"), 10, Duration.ofHours(1))
        .withWebhooks(
            new ServerSettings.Webhooks(
                Set.of(host()), Files.writeString(folder.resolve("secret"), SECRET + "\n")));
  }

  private HttpResponse<String> post(StartedServer server, String webhook) throws Exception {
    return server.post(
        "/v1/jobs?only=metadata&webhook=" + webhook,
        Files.readAllBytes(Path.of("../datasets/samples/rocket.jpg")));
  }

  @Test
  void theAddressIsToldAndCanTellWho() throws Exception {
    failures = 1;
    try (StartedServer server = StartedServer.with(settings())) {
      assertEquals(202, post(server, "http://" + host() + "/done").statusCode());
      await().until(() -> told.size() == 2);
      Told last = told.get(1);
      assertTrue(last.body().contains("\"status\":\"done\",\"report\":{"), last.body());
      String seconds = last.signature().substring(2, last.signature().indexOf(','));
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      byte[] sum = mac.doFinal((seconds + "." + last.body()).getBytes(StandardCharsets.UTF_8));
      assertEquals("t=" + seconds + ",v1=" + HexFormat.of().formatHex(sum), last.signature());
    }
  }

  @Test
  void noOtherHostIsTold() throws Exception {
    try (StartedServer server = StartedServer.with(settings())) {
      String port = Integer.toString(listener.getAddress().getPort());
      for (String other :
          List.of(
              "http://127.0.0.1:1/",
              "http://localhost:" + port + "/",
              "http://" + host() + "@evil.example/",
              "file:///etc/passwd",
              "no%20address")) {
        assertEquals(400, post(server, other).statusCode(), other);
      }
      assertTrue(told.isEmpty());
    }
    try (StartedServer server = StartedServer.with(ServerSettings.defaults())) {
      assertEquals(400, post(server, "http://" + host() + "/").statusCode(), "nobody is listed");
    }
  }

  @Test
  void redirectsAreNotFollowed() throws Exception {
    try (StartedServer server = StartedServer.with(settings())) {
      post(server, "http://" + host() + "/moved");
      await().until(() -> told.size() == 2);
      assertTrue(told.stream().allMatch(each -> each.path().equals("/moved")), told.toString());
    }
  }

  @Test
  void whoWasNotToldIsToldByTheNextServer() throws Exception {
    failures = 2;
    try (StartedServer server = StartedServer.with(settings())) {
      post(server, "http://" + host() + "/done");
      await().until(() -> told.size() == 1);
    }
    failures = 0;
    int before = told.size();
    try (StartedServer server = StartedServer.with(settings())) {
      await().until(() -> told.size() > before);
      assertEquals(200, server.get("/health/ready").statusCode());
    }
  }

  @Test
  void aSecretThatIsNoneIsRefused() throws Exception {
    ServerSettings settings = settings();
    Files.writeString(folder.resolve("secret"), "short");
    assertThrows(IOException.class, () -> StartedServer.with(settings).close());
  }
}
