package dev.assay.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.harrel.jsonschema.ValidatorFactory;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a file that is sent comes back as. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ExamineTest {

  private static final String DECLARED = "/v1/examine?only=metadata";

  private static StartedServer server;
  private static byte[] picture;

  @BeforeAll
  static void start() throws IOException {
    server = StartedServer.with(ServerSettings.defaults());
    picture = Files.readAllBytes(Path.of("../datasets/samples/astronaut.png"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aBodyIsExaminedAndNamed() throws Exception {
    HttpResponse<String> response = server.post(DECLARED + "&name=a.png", picture);
    assertEquals(200, response.statusCode(), response.body());
    JsonNode report = StartedServer.json(response);
    assertEquals("a.png", report.at("/file/path").asText());
    assertEquals("image/png", report.at("/file/mediaType").asText());
    assertFalse(response.headers().firstValue("X-Request-Id").isEmpty());
    assertTrue(
        new ValidatorFactory()
            .validate(Files.readString(Path.of("../docs/report.schema.json")), response.body())
            .isValid());
  }

  @Test
  void aFormHoldsAFileAndSettings() throws Exception {
    HttpResponse<String> response =
        server.form(
            "/v1/examine",
            new StartedServer.Part(
                "settings", "", "{\"only\":[\"metadata\"]}".getBytes(StandardCharsets.UTF_8)),
            new StartedServer.Part("file", "b.png", picture));
    assertEquals(200, response.statusCode(), response.body());
    JsonNode report = StartedServer.json(response);
    assertEquals("b.png", report.at("/file/path").asText());
    assertEquals(0, report.at("/tool/models").size(), "no model was asked");
  }

  @Test
  void modelsAreAskedWhereNothingElseIsWanted() throws Exception {
    JsonNode report = StartedServer.json(server.post("/v1/examine?name=c.png", picture));
    assertTrue(report.at("/verdict/contributions").size() > 0, "what models say");
    assertTrue(report.at("/tool/models").size() > 0);
  }

  @Test
  void aPageIsMadeForPeople() throws Exception {
    HttpResponse<String> response =
        server.post("/v1/examine?only=metadata&lang=zh&name=d.png", picture, "Accept", "text/html");
    assertEquals(200, response.statusCode(), response.body());
    assertTrue(response.body().contains("<html lang=\"zh"), "in Chinese");
    assertTrue(response.body().contains("data:image/jpeg"), "with the picture");
  }

  @Test
  void namesAreNoPaths() throws Exception {
    for (String name :
        new String[] {"..%2F..%2Fetc%2Fpasswd", "C%3A%5CUsers%5Cpasswd", "a%2F%00%0Apasswd"}) {
      JsonNode report = StartedServer.json(server.post(DECLARED + "&name=" + name, picture));
      assertEquals("passwd", report.at("/file/path").asText());
    }
    JsonNode report = StartedServer.json(server.post(DECLARED + "&name=..", picture));
    assertEquals("upload", report.at("/file/path").asText());
  }

  @Test
  void identicalContentIsAnsweredFromMemoryUnderItsOwnName() throws Exception {
    byte[] other = picture.clone();
    other[other.length - 1] ^= 1;
    assertEquals(
        "miss", cache(server.post(DECLARED + "&prior=0.4&name=one.png", other)), "the first time");
    HttpResponse<String> again = server.post(DECLARED + "&prior=0.4&name=two.png", other);
    assertEquals("hit", cache(again));
    assertEquals("two.png", StartedServer.json(again).at("/file/path").asText());
    assertEquals(
        "miss", cache(server.post(DECLARED + "&prior=0.3&name=two.png", other)), "other settings");
  }

  private static String cache(HttpResponse<String> response) {
    return response.headers().firstValue("X-Assay-Cache").orElse("");
  }

  @Test
  void whatIsNoMediaIsAProblemWithItsReport() throws Exception {
    problem(
        415,
        "not-media",
        server.post(DECLARED, "plain text\n".repeat(50).getBytes(StandardCharsets.UTF_8)));
    problem(422, "empty-file", server.post(DECLARED, new byte[0]));
    byte[] broken = java.util.Arrays.copyOf(picture, 60);
    JsonNode problem = problem(422, "corrupt", server.post("/v1/examine", broken));
    assertEquals("failed", problem.at("/report/status").asText());
  }

  @Test
  void aWrongRequestIsAProblem() throws Exception {
    problem(400, "invalid-settings", server.post("/v1/examine?profile=fastest", picture));
    problem(400, "invalid-settings", server.post("/v1/examine?only=nobody", picture));
    problem(
        400,
        "invalid-settings",
        server.form(
            "/v1/examine",
            new StartedServer.Part("file", "b.png", picture),
            new StartedServer.Part(
                "settings", "", "{\"models\":\"/etc\"}".getBytes(StandardCharsets.UTF_8))));
    problem(
        400,
        "no-file",
        server.form(
            "/v1/examine",
            new StartedServer.Part("settings", "", "{}".getBytes(StandardCharsets.UTF_8))));
    problem(
        400,
        "broken-form",
        server.form(
            "/v1/examine",
            new StartedServer.Part("file", "a.png", picture),
            new StartedServer.Part("file", "b.png", picture)));
    problem(
        400,
        "broken-form",
        server.post("/v1/examine", picture, "Content-Type", "multipart/form-data"));
    problem(
        415, "wrong-body", server.post("/v1/examine", picture, "Content-Type", "application/json"));
    problem(404, "no-such-request", server.get("/v2/examine"));
    problem(405, "no-such-request", server.get("/v1/examine"));
  }

  private static JsonNode problem(int status, String code, HttpResponse<String> response)
      throws IOException {
    assertEquals(status, response.statusCode(), response.body());
    assertEquals(
        "application/problem+json", response.headers().firstValue("Content-Type").orElse(""));
    JsonNode problem = StartedServer.json(response);
    assertEquals(code, problem.at("/code").asText());
    assertFalse(problem.at("/detail").asText().isEmpty());
    return problem;
  }

  @Test
  void nothingOfAnUploadIsLeft() throws Exception {
    server.post(DECLARED, picture);
    server.post("/v1/examine?only=nobody", picture);
    server.post("/v1/examine", new byte[10]);
    assertEquals(0, server.server().files());
  }

  @Test
  void tellsOfItself() throws Exception {
    assertTrue(StartedServer.json(server.get("/v1/models")).size() > 3);
    assertTrue(server.get("/v1/formats").body().contains("image/webp"));
    assertEquals("assay", StartedServer.json(server.get("/v1/version")).at("/name").asText());
    assertEquals(200, server.get("/health/live").statusCode());
    assertEquals(200, server.get("/health/ready").statusCode());
    server.post(DECLARED, picture);
    String metrics = server.get("/metrics").body();
    assertTrue(metrics.contains("assay_examined_total{"), metrics);
    JsonNode api = StartedServer.json(server.get("/openapi.json"));
    assertEquals("3.1.0", api.at("/openapi").asText());
    assertTrue(api.at("/paths/~1v1~1examine/post/requestBody").isObject());
  }

  @Test
  void theLogHoldsNoNamesOfFiles() throws Exception {
    HttpResponse<String> response = server.post(DECLARED + "&name=very-secret.png", picture);
    String id = response.headers().firstValue("X-Request-Id").orElseThrow();
    String log = server.log();
    String line = log.lines().filter(text -> text.contains(id)).findFirst().orElseThrow();
    assertTrue(line.contains("\"route\":\"/v1/examine\""), line);
    assertTrue(line.contains("\"bytes\":" + picture.length), line);
    assertFalse(log.contains("very-secret"));
  }
}
