package dev.assay.server;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The desk as other programs see it: what it gives away, and to whom. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class DeskTest {

  private static final String SESSION = "/desk/session";
  private static final String JOBS = "/v1/jobs";
  private static final List<String> FILES =
      List.of(
          "",
          "page.css",
          "desk.css",
          "desk.js",
          "drop.js",
          "rows.js",
          "sending.js",
          "server.js",
          "icon.svg",
          "en.json",
          "zh.json");

  @TempDir private Path folder;

  private static StartedServer desk() throws IOException {
    return StartedServer.with(ServerSettings.defaults().withDesk(true));
  }

  private static String key(URI address) {
    return String.valueOf(address.getFragment());
  }

  private static String cookie(StartedServer server, String key) throws Exception {
    HttpResponse<String> begun =
        server.post(SESSION, new byte[0], "Authorization", "Bearer " + key);
    assertEquals(204, begun.statusCode(), begun.body());
    String cookie = begun.headers().firstValue("Set-Cookie").orElseThrow();
    assertTrue(cookie.contains("; HttpOnly; SameSite=Strict"), cookie);
    return cookie.substring(0, cookie.indexOf(';'));
  }

  private static String own(StartedServer server) {
    return "http://127.0.0.1:" + server.server().port();
  }

  @Test
  void itsFilesHoldNoSecretAndAskNobodyElse() throws Exception {
    try (StartedServer server = desk()) {
      for (String name : FILES) {
        HttpResponse<String> file = server.get("/desk/" + name);
        assertEquals(200, file.statusCode(), name);
        String policy = file.headers().firstValue("Content-Security-Policy").orElse("");
        assertTrue(policy.startsWith("default-src 'none'; script-src 'self'"), policy);
        assertTrue(policy.contains("frame-ancestors 'none'"), policy);
        String told = file.body().replace("http://www.w3.org/2000/svg", "");
        assertFalse(Pattern.compile("https?:|url\\(|@import|[\"'(]//").matcher(told).find(), name);
        assertFalse(told.contains(key(server.server().deskAddress())), name);
      }
      assertEquals(404, server.get("/desk/../report.schema", bearer(server)).statusCode());
    }
  }

  private static String[] bearer(StartedServer server) {
    return new String[] {"Authorization", "Bearer " + key(server.server().deskAddress())};
  }

  @Test
  void nothingElseIsToldWithoutItsKey() throws Exception {
    try (StartedServer server = desk()) {
      for (String path : List.of(JOBS, "/v1/version", "/metrics", "/favicon.ico")) {
        assertEquals(401, server.get(path).statusCode(), path);
      }
      assertEquals(401, server.post("/v1/examine", new byte[1]).statusCode());
      assertEquals(401, server.post(SESSION, new byte[0]).statusCode());
      assertEquals(
          401, server.post(SESSION, new byte[0], "Authorization", "Bearer guess").statusCode());
      assertEquals(200, server.get(JOBS, bearer(server)).statusCode());
      String cookie = cookie(server, key(server.server().deskAddress()));
      assertEquals(200, server.get(JOBS, "Cookie", cookie).statusCode());
      String wrong = cookie.replace('=', 'x') + "=" + "guess";
      assertEquals(401, server.get(JOBS, "Cookie", wrong).statusCode());
    }
  }

  @Test
  void aCodeForABrowserOpensItOnce() throws Exception {
    try (StartedServer server = desk()) {
      String earlier = key(server.server().deskAddressOnce());
      String code = key(server.server().deskAddressOnce());
      assertEquals(
          401,
          server.post(SESSION, new byte[0], "Authorization", "Bearer " + earlier).statusCode());
      assertEquals(401, server.get(JOBS, "Authorization", "Bearer " + code).statusCode());
      String cookie = cookie(server, code);
      assertFalse(cookie.contains(code), "the session outlives the code");
      assertEquals(200, server.get(JOBS, "Cookie", cookie).statusCode());
      assertEquals(
          401, server.post(SESSION, new byte[0], "Authorization", "Bearer " + code).statusCode());
    }
  }

  @Test
  void aSessionIsOfNoUseToPagesOfOtherSites() throws Exception {
    try (StartedServer server = desk()) {
      String cookie = cookie(server, key(server.server().deskAddress()));
      String[] evil = {"Cookie", cookie, "Origin", "https://evil.example"};
      assertEquals(403, server.get(JOBS, evil).statusCode());
      assertEquals(403, server.post(JOBS, new byte[1], evil).statusCode());
      assertEquals(
          403, server.get(JOBS, "Cookie", cookie, "Sec-Fetch-Site", "cross-site").statusCode());
      assertEquals(
          403,
          server.post(JOBS, new byte[1], "Cookie", cookie).statusCode(),
          "browsers say where what changes something comes from");
      assertEquals(
          202,
          server
              .post(
                  JOBS + "?only=metadata",
                  SamplePictures.png(1),
                  "Cookie",
                  cookie,
                  "Origin",
                  own(server))
              .statusCode());
      assertEquals(
          200,
          server.get("/desk/", "Sec-Fetch-Site", "cross-site").statusCode(),
          "a browser that is started with the address comes from nowhere, or from elsewhere");
    }
  }

  @Test
  void aNameThatWasMadeToPointHereGetsNothing() throws Exception {
    try (StartedServer server = desk()) {
      String cookie = cookie(server, key(server.server().deskAddress()));
      for (String path : List.of("/desk/", "/desk/desk.js", JOBS)) {
        assertTrue(
            raw(server.server().port(), path, "rebound.example", cookie).startsWith("HTTP/1.1 403"),
            path);
        assertTrue(
            raw(server.server().port(), path, "localhost", cookie).startsWith("HTTP/1.1 200"),
            path);
      }
    }
  }

  private static String raw(int port, String path, String host, String cookie) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      OutputStream out = socket.getOutputStream();
      String request =
          String.join(
              "\r\n",
              "GET " + path + " HTTP/1.1",
              "Host: " + host + ":" + port,
              "Cookie: " + cookie,
              "Connection: close",
              "",
              "");
      out.write(request.getBytes(StandardCharsets.US_ASCII));
      out.flush();
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void withAFileOfKeysEachKeySeesItsOwn() throws Exception {
    AccessKeyLine ann = AccessKeyLine.random("ann");
    AccessKeyLine bob = AccessKeyLine.random("bob");
    Path keys = Files.writeString(folder.resolve("keys"), ann.line() + "\n" + bob.line() + "\n");
    try (StartedServer server =
        StartedServer.with(ServerSettings.defaults().withDesk(true).withKeys(keys))) {
      assertEquals(null, server.server().deskAddress().getFragment(), "keys are told to nobody");
      String[] asAnn = {"Cookie", cookie(server, ann.key()), "Origin", own(server)};
      String[] asBob = {"Cookie", cookie(server, bob.key()), "Origin", own(server)};
      String job =
          server
              .post(JOBS + "?only=metadata", SamplePictures.png(1), asAnn)
              .headers()
              .firstValue("Location")
              .orElseThrow();
      assertEquals(1, StartedServer.json(server.get(JOBS, asAnn)).path("total").asInt());
      assertEquals(0, StartedServer.json(server.get(JOBS, asBob)).path("total").asInt());
      for (String what : List.of("", "/report", "/page", "/text", "/thumbnail")) {
        assertEquals(404, server.get(job + what, asBob).statusCode(), what);
      }
      String id = job.substring(job.lastIndexOf('/') + 1);
      assertEquals(
          404,
          server
              .post("/v1/export", ("[\"" + id + "\"]").getBytes(StandardCharsets.UTF_8), asBob)
              .statusCode());
    }
  }

  @Test
  void aDeskForOthersAndAProxyNeedAFileOfKeys() {
    for (ServerSettings settings :
        List.of(
            ServerSettings.defaults().withDesk(true).at("0.0.0.0", 0),
            ServerSettings.defaults().withDesk(true).withProxy(true).at("127.0.0.1", 0))) {
      IOException refused =
          assertThrows(IOException.class, () -> AssayServer.start(settings, System.out).close());
      assertTrue(refused.getMessage().contains("needs a file of keys"), refused.getMessage());
    }
  }

  @Test
  void requestsAreTriedOnAPageThatAsksNobodyElse() throws Exception {
    try (StartedServer server = StartedServer.with(ServerSettings.defaults());
        Chromium chromium = Chromium.start(folder)) {
      chromium.open(own(server) + "/");
      await()
          .until(
              () ->
                  Integer.parseInt(
                          chromium.value("String(document.querySelectorAll('.opblock').length)"))
                      > 10);
      assertEquals(own(server) + "/api/", chromium.value("location.href"));
      assertEquals(List.of(), chromium.complaints);
      for (String address : chromium.requests) {
        assertTrue(address.startsWith(own(server)) || address.startsWith("data:"), address);
      }
    }
  }

  @Test
  void withoutADeskThereIsNone() throws Exception {
    try (StartedServer server = StartedServer.with(ServerSettings.defaults())) {
      assertEquals(404, server.get("/desk/").statusCode());
      assertEquals(404, server.post(SESSION, new byte[0]).statusCode());
    }
  }

  @Test
  void everyTextIsThereInBothLanguages() throws Exception {
    try (StartedServer server = desk()) {
      Set<String> english = names(server.get("/desk/en.json").body());
      assertEquals(english, names(server.get("/desk/zh.json").body()));
      Set<String> used = new TreeSet<>();
      Pattern inPage = Pattern.compile("data-(?:text|label)=\"([^\"]+)\"");
      Pattern inScript = Pattern.compile("say\\(\\s*(?:\\w+ \\? )?\"([a-z.]+[a-z])\"[,)]");
      add(used, inPage, server.get("/desk/").body());
      for (String script : List.of("desk.js", "rows.js")) {
        add(used, inScript, server.get("/desk/" + script).body());
      }
      assertTrue(used.size() > 50, used.toString());
      used.removeAll(english);
      assertEquals(Set.of(), used, "texts that are used and not there");
    }
  }

  private static Set<String> names(String json) throws IOException {
    Set<String> names = new TreeSet<>();
    JsonNode texts = new JsonMapper().readTree(json);
    texts.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static void add(Set<String> used, Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      used.add(matcher.group(1));
    }
  }
}
