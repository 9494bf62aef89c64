package dev.assay.cli;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ServeCommandTest {

  private static final Pattern ADDRESS = Pattern.compile("Listening on (http://[^ ]+) until");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir private Path folder;

  private int run(String... arguments) {
    return Main.run(
        List.of(arguments),
        Terminal.piped(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8)));
  }

  @Test
  void listensUntilItIsAskedToEndAndLetsInWhoeverHasAKey() throws Exception {
    assertEquals(ExitCode.DONE, run("serve", "--new-key", "tester"));
    String key = err.toString(StandardCharsets.UTF_8).lines().skip(1).findFirst().orElseThrow();
    Path keys = Files.writeString(folder.resolve("keys"), out.toString(StandardCharsets.UTF_8));
    assertFalse(Files.readString(keys).contains(key), "the key itself is kept nowhere");
    err.reset();
    Thread server =
        new Thread(
            () ->
                run(
                    "serve",
                    "--port",
                    "0",
                    "--data",
                    folder.resolve("jobs").toString(),
                    "--keys",
                    keys.toString()));
    server.start();
    await().until(() -> ADDRESS.matcher(err.toString(StandardCharsets.UTF_8)).find());
    Matcher address = ADDRESS.matcher(err.toString(StandardCharsets.UTF_8));
    assertTrue(address.find());
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address.group(1) + "/v1/version"));
    assertEquals(401, client.send(request.build(), BodyHandlers.ofString()).statusCode());
    request.header("Authorization", "Bearer " + key);
    assertEquals(200, client.send(request.build(), BodyHandlers.ofString()).statusCode());
    HttpRequest.Builder form =
        HttpRequest.newBuilder(URI.create(address.group(1) + "/v1/examine?only=metadata"))
            .header("Authorization", "Bearer " + key)
            .header("Content-Type", "multipart/form-data; boundary=x");
    String picture =
        "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n"
            + Files.readString(
                Path.of("../datasets/samples/rocket.jpg"), StandardCharsets.ISO_8859_1)
            + "\r\n--x--\r\n";
    form.POST(BodyPublishers.ofString(picture, StandardCharsets.ISO_8859_1));
    assertEquals(
        200,
        client.send(form.build(), BodyHandlers.ofString()).statusCode(),
        "on the class path that is installed");
    server.interrupt();
    server.join();
    assertTrue(out.toString(StandardCharsets.UTF_8).contains("\"key\":\"tester\""), "its log");
  }

  @Test
  void saysWhatItDoesNotTake() {
    assertEquals(ExitCode.USAGE, run("serve", "picture.png"));
    assertEquals(ExitCode.USAGE, run("serve", "--port", "70000"));
    assertEquals(ExitCode.USAGE, run("serve", "--new-key", "no name"));
    assertEquals(ExitCode.USAGE, run("serve", "--worker-memory", "1K"));
    assertEquals(ExitCode.USAGE, run("serve", "--keep", "forever"));
    err.reset();
    assertEquals(ExitCode.BROKEN, run("serve", "--host", "0.0.0.0"));
    assertTrue(err.toString(StandardCharsets.UTF_8).contains("needs a file of keys"));
    assertEquals(ExitCode.BROKEN, run("serve", "--keys", folder.resolve("none").toString()));
  }

  @Test
  void aDeskTellsItsAddressWithAKeyAndAnswersThere() throws Exception {
    Thread desk =
        new Thread(
            () ->
                run(
                    "desk",
                    "--lang",
                    "zh",
                    "--port",
                    "0",
                    "--data",
                    folder.resolve("desk").toString()));
    desk.start();
    Pattern told =
        Pattern.compile(
            "\u5de5\u4f5c\u53f0.*(http://[^ ]+/desk/)[?]lang=zh#([A-Za-z0-9_-]{43})\\s");
    await().until(() -> told.matcher(err.toString(StandardCharsets.UTF_8)).find());
    Matcher address = told.matcher(err.toString(StandardCharsets.UTF_8));
    assertTrue(address.find());
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest page = HttpRequest.newBuilder(URI.create(address.group(1))).build();
    assertTrue(client.send(page, BodyHandlers.ofString()).body().contains("desk.js"));
    HttpRequest session =
        HttpRequest.newBuilder(URI.create(address.group(1) + "session"))
            .header("Authorization", "Bearer " + address.group(2))
            .POST(BodyPublishers.noBody())
            .build();
    assertEquals(204, client.send(session, BodyHandlers.ofString()).statusCode());
    assertEquals("", out.toString(StandardCharsets.UTF_8), "no access log");
    desk.interrupt();
    desk.join();
  }

  @Test
  void aDeskTakesNoFiles() {
    assertEquals(ExitCode.USAGE, run("desk", "photo.jpg"));
    assertTrue(err.toString(StandardCharsets.UTF_8).contains("dropped on its page"));
  }
}
