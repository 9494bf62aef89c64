package dev.assay.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.server.AccessKeyLine;
import dev.assay.server.AssayServer;
import dev.assay.server.ServerSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class AssayClientTest {

  private static final Map<String, String> DECLARED = Map.of("only", "metadata");
  private static final Path PICTURE = Path.of("../datasets/samples/rocket.jpg");

  @TempDir private static Path folder;

  private static AssayServer server;
  private static AssayClient client;

  @BeforeAll
  static void start() throws IOException {
    AccessKeyLine key = AccessKeyLine.random("client");
    Path keys = Files.writeString(folder.resolve("keys"), key.line() + "\n");
    server =
        AssayServer.start(
            ServerSettings.defaults()
                .at("127.0.0.1", 0)
                .withKeys(keys)
                .withJobs(folder.resolve("jobs"), 10, Duration.ofHours(1)),
            new PrintStream(OutputStream.nullOutputStream()));
    client = AssayClient.at(URI.create("http://127.0.0.1:" + server.port())).withKey(key.key());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aFileComesBackAsItsReport() throws Exception {
    String report = client.examine(PICTURE, DECLARED);
    assertTrue(report.contains("\"path\":\"rocket.jpg\""), report);
    assertTrue(report.contains("\"status\":\"ok\""), report);
  }

  @Test
  void aProblemSaysWhatAndWhy() throws Exception {
    Path text = Files.writeString(folder.resolve("a b&c.txt"), "text ".repeat(100));
    AssayProblem problem = assertThrows(AssayProblem.class, () -> client.examine(text, DECLARED));
    assertEquals(415, problem.status());
    assertEquals("not-media", problem.code());
    assertTrue(problem.json().contains("a b&c.txt"), problem.json());
    assertTrue(problem.getMessage().endsWith("."), problem.getMessage());
    problem =
        assertThrows(AssayProblem.class, () -> client.withKey("wrong").examine(PICTURE, DECLARED));
    assertEquals("no-key", problem.code());
    assertThrows(
        java.io.FileNotFoundException.class,
        () -> client.examine(folder.resolve("missing"), DECLARED));
  }

  @Test
  void aJobIsSentAwaitedAndForgotten() throws Exception {
    URI job = client.submit(PICTURE, DECLARED, "one");
    assertEquals(job, client.submit(PICTURE, DECLARED, "one"));
    assertTrue(client.await(job, Duration.ofSeconds(30)).orElseThrow().contains("rocket.jpg"));
    client.forget(job);
    assertEquals("no-such-job", assertThrows(AssayProblem.class, () -> client.report(job)).code());
  }
}
