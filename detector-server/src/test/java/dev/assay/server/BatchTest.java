package dev.assay.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many files in one request. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class BatchTest {

  private static final JsonMapper JSON = new JsonMapper();

  private static StartedServer server;
  private static byte[] picture;

  @BeforeAll
  static void start() throws IOException {
    server = StartedServer.with(ServerSettings.defaults());
    picture = Files.readAllBytes(Path.of("../datasets/samples/rocket.jpg"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String line(String name, byte[] content) {
    return JSON.createObjectNode()
            .put("name", name)
            .put("content", Base64.getEncoder().encodeToString(content))
        + "\n";
  }

  private static List<JsonNode> answers(String body) throws IOException, InterruptedException {
    HttpResponse<String> response =
        server.post(
            "/v1/batch?only=metadata",
            body.getBytes(StandardCharsets.UTF_8),
            "Content-Type",
            "application/x-ndjson");
    assertEquals(200, response.statusCode(), response.body());
    List<JsonNode> answers = new ArrayList<>();
    for (String text : response.body().split("\n", -1)) {
      if (!text.isEmpty()) {
        answers.add(JSON.readTree(text));
      }
    }
    assertEquals(0, server.server().files());
    return answers;
  }

  @Test
  void eachLineIsAnsweredInItsPlace() throws Exception {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < 12; i++) {
      body.append(line("../" + i + ".jpg", i == 5 ? new byte[20] : picture));
    }
    List<JsonNode> answers = answers(body.toString());
    assertEquals(12, answers.size());
    for (int i = 0; i < 12; i++) {
      assertEquals(i + ".jpg", answers.get(i).at("/name").asText());
      assertEquals(i + ".jpg", answers.get(i).at("/report/file/path").asText());
      assertEquals(i == 5 ? "failed" : "ok", answers.get(i).at("/report/status").asText());
    }
    assertTrue(answers("").isEmpty());
  }

  @Test
  void aBrokenLineEndsTheAnswerAfterThoseBeforeIt() throws Exception {
    for (String broken :
        List.of(
            "nonsense\n",
            "[]\n",
            "{\"name\":\"x\"}\n",
            "{\"content\":\"***\"}\n",
            "{\"content\":5}\n",
            "{\"content\":\"AAAA\",\"path\":\"/etc/passwd\"}\n",
            "{\"content\":\"AAAA\",\"content\":\"AAAA\"}\n",
            "{\"content\":\"AAAA")) {
      List<JsonNode> answers = answers(line("a.jpg", picture) + broken + line("b.jpg", picture));
      assertEquals(2, answers.size(), broken);
      assertEquals("ok", answers.get(0).at("/report/status").asText());
      assertEquals("broken-line", answers.get(1).at("/problem/code").asText(), broken);
    }
  }
}
