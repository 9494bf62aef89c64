package dev.assay.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs the examples of {@code docs/server.md} against a started server. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ServerPageTest {

  private static final Path PAGE = Path.of("../docs/server.md");
  private static final Pattern BLOCK = Pattern.compile("```(\\w+)\n(.*?)```", Pattern.DOTALL);

  @TempDir private static Path folder;

  private static StartedServer server;

  @BeforeAll
  static void start() throws IOException {
    Files.copy(Path.of("../datasets/samples/astronaut.png"), folder.resolve("photo.png"));
    server = StartedServer.with(ServerSettings.defaults());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static List<String> blocks(String language) throws IOException {
    List<String> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(Files.readString(PAGE));
    while (matcher.find()) {
      if (matcher.group(1).equals(language) && matcher.group(2).contains("127.0.0.1:8087/")) {
        blocks.add(matcher.group(2).replace("8087", Integer.toString(server.server().port())));
      }
    }
    assertFalse(blocks.isEmpty(), language);
    return blocks;
  }

  private static boolean isThere(String program) throws IOException, InterruptedException {
    return new ProcessBuilder("sh", "-c", "command -v " + program).start().waitFor() == 0;
  }

  private static String ran(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), out);
    return out;
  }

  @Test
  void examplesOfTheShellRun() throws Exception {
    Assumptions.assumeTrue(isThere("curl"));
    String all = "";
    for (String block : blocks("sh")) {
      all += ran("sh", "-e", "-c", block);
    }
    assertTrue(all.contains("\"verdict\":{\"label\":"), all);
    assertTrue(all.contains("\"status\":\"done\""), all);
    assertTrue(Files.readString(folder.resolve("photo.html")).contains("photo.png"));
    assertTrue(Files.readString(folder.resolve("events.txt")).contains("event: done"));
  }

  @Test
  void examplesOfPythonRun() throws Exception {
    Assumptions.assumeTrue(isThere("python3"));
    for (String block : blocks("python")) {
      assertTrue(ran("python3", "-c", block).matches("[a-z-]+ 0[.]\\d+\\s*"));
    }
  }

  @Test
  void examplesOfJavaScriptRun() throws Exception {
    Assumptions.assumeTrue(isThere("node"));
    for (String block : blocks("js")) {
      assertTrue(ran("node", "-e", block).matches("[a-z-]+ 0[.]\\d+\\s*"));
    }
  }
}
