package dev.assay.server;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What people look at of jobs: the list, pages, pictures, texts, notes, two at once, an archive.
 */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class JobPagesTest {

  private static final String JOBS = "/v1/jobs";

  @TempDir private Path folder;

  private ServerSettings settings() {
    return ServerSettings.defaults()
        .withJobs(folder.resolve("data"), 50, Duration.ofHours(1))
        .withGrace(Duration.ZERO);
  }

  /** Sends a file, and waits until it is examined. */
  private static String done(StartedServer server, byte[] file, String query) throws Exception {
    HttpResponse<String> taken = server.post(JOBS + query, file);
    assertEquals(202, taken.statusCode(), taken.body());
    String job = taken.headers().firstValue("Location").orElseThrow();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> server.get(job + "/report").statusCode() == 200);
    return job;
  }

  private static byte[] sample(String name) throws IOException {
    return Files.readAllBytes(Path.of("../datasets/samples").resolve(name));
  }

  private static HttpResponse<String> put(StartedServer server, String path, String text)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.server().port() + path))
            .PUT(BodyPublishers.ofString(text))
            .build();
    return server.client().send(request, BodyHandlers.ofString());
  }

  @Test
  void aJobKeepsItsPageAndPictureAndNoteAcrossARestart() throws Exception {
    String job;
    try (StartedServer server = StartedServer.with(settings())) {
      job = done(server, sample("rocket.jpg"), "?name=rocket.jpg&page=zh&profile=fast");
      assertEquals(204, put(server, job + "/note", " seen before \n").statusCode());
      assertEquals(413, put(server, job + "/note", "x".repeat(20_000)).statusCode());
    }
    try (StartedServer server = StartedServer.with(settings())) {
      HttpResponse<String> page = server.get(job + "/page?lang=en");
      assertEquals(200, page.statusCode());
      assertTrue(page.body().contains("lang=\"zh-Hans\""), "in the language that it was made in");
      assertTrue(page.body().contains("data:image/jpeg"), "with pictures");
      assertTrue(
          page.headers().firstValue("Content-Security-Policy").orElse("").startsWith("sandbox"));
      HttpResponse<String> picture = server.get(job + "/thumbnail");
      assertEquals("image/jpeg", picture.headers().firstValue("Content-Type").orElse(""));
      JsonNode row = StartedServer.json(server.get(JOBS)).at("/jobs/0");
      assertEquals("rocket.jpg", row.path("name").asText());
      assertEquals("seen before", row.path("note").asText());
      assertEquals("image", row.path("kind").asText());
      assertEquals(204, put(server, job + "/note", "").statusCode());
      assertTrue(StartedServer.json(server.get(JOBS)).at("/jobs/0/note").isMissingNode());
    }
  }

  @Test
  void theListTellsAnswersAndOnlyWhatIsNew() throws Exception {
    try (StartedServer server = StartedServer.with(settings())) {
      done(server, sample("declares-comfyui.webp"), "?name=a.webp&only=metadata");
      done(server, "text".getBytes(StandardCharsets.UTF_8), "?name=b.txt&only=metadata");
      HttpResponse<String> list = server.get(JOBS);
      JsonNode rows = StartedServer.json(list);
      assertEquals(2, rows.path("total").asInt());
      assertEquals("b.txt", rows.at("/jobs/0/name").asText(), "the newest first");
      assertEquals("failed", rows.at("/jobs/0/label").asText());
      assertEquals("synthetic", rows.at("/jobs/1/label").asText());
      assertTrue(rows.at("/jobs/1/probability").asDouble() > 0.9);
      assertTrue(rows.at("/jobs/1/reason").asText().contains("ComfyUI"));
      String tag = list.headers().firstValue("ETag").orElseThrow();
      assertEquals(304, server.get(JOBS, "If-None-Match", tag).statusCode());
      HttpResponse<String> chinese = server.get(JOBS + "?lang=zh", "If-None-Match", tag);
      assertEquals(200, chinese.statusCode(), "another language is something else");
      assertFalse(chinese.body().contains("holds the ComfyUI graph"));
      assertEquals(1, StartedServer.json(server.get(JOBS + "?limit=1")).path("jobs").size());
      assertEquals(400, server.get(JOBS + "?limit=many").statusCode());
      assertEquals(400, server.get(JOBS + "?limit=5001").statusCode());
      server.delete(JOBS + "/" + rows.at("/jobs/0/id").asText());
      assertEquals(200, server.get(JOBS, "If-None-Match", tag).statusCode());
    }
  }

  @Test
  void theTextSaysNoMoreThanWasFound() throws Exception {
    try (StartedServer server = StartedServer.with(settings())) {
      String job = done(server, sample("declares-comfyui.webp"), "?name=a.webp&only=metadata");
      String text = server.get(job + "/text").body();
      String hash = StartedServer.json(server.get(job + "/report")).at("/file/sha256").asText();
      assertTrue(text.startsWith("\"a.webp\" (SHA-256 " + hash + ")"), text);
      assertTrue(text.contains("That can be forged."), text);
      assertTrue(text.contains("This is an automatic estimate and can be wrong."), text);
      assertFalse(text.contains("{"), text);
      String chinese = server.get(job + "/text?lang=zh").body();
      assertTrue(chinese.contains("\u53ef\u80fd\u6709\u8bef"), chinese);
      assertEquals(404, server.get(job + "/thumbnail").statusCode(), "no page was asked for");
    }
  }

  @Test
  void twoAreShownSideBySideWithWhatDiffers() throws Exception {
    try (StartedServer server = StartedServer.with(settings())) {
      String one = id(done(server, sample("declares-comfyui.webp"), "?name=a&only=metadata"));
      String other = id(done(server, sample("rocket.jpg"), "?name=b&only=metadata"));
      HttpResponse<String> page = server.get("/v1/compare?one=" + one + "&other=" + other);
      assertEquals(200, page.statusCode());
      assertTrue(page.body().contains("<tr class=\"differs\"><th scope=\"row\">SHA-256</th>"));
      assertTrue(page.body().contains("ComfyUI"));
      HttpResponse<String> same = server.get("/v1/compare?one=" + one + "&other=" + one);
      assertFalse(same.body().contains("<tr class=\"differs\">"));
      assertEquals(404, server.get("/v1/compare?one=" + one).statusCode());
    }
  }

  private static String id(String job) {
    return job.substring(job.lastIndexOf('/') + 1);
  }

  @Test
  void whatIsChosenOrAllIsExported() throws Exception {
    try (StartedServer server = StartedServer.with(settings())) {
      String one =
          done(server, sample("declares-comfyui.webp"), "?name=a.webp&page=en&only=metadata");
      done(server, sample("rocket.jpg"), "?name=b.jpg&only=metadata");
      put(server, one + "/note", "mine");
      Map<String, String> chosen = exported(server, "[\"" + id(one) + "\"]");
      assertEquals(
          "index.html notes.txt pages/00001.html pictures/00001.jpg reports/00001.json",
          String.join(" ", chosen.keySet().stream().sorted().toList()));
      assertTrue(chosen.get("index.html").contains("a.webp"));
      assertTrue(chosen.get("notes.txt").contains("mine"));
      Map<String, String> all = exported(server, "");
      assertTrue(all.get("index.html").contains("b.jpg"));
      assertTrue(all.containsKey("reports/00002.json"));
      assertEquals(
          400, server.post("/v1/export", "{}".getBytes(StandardCharsets.UTF_8)).statusCode());
    }
  }

  private static Map<String, String> exported(StartedServer server, String ids) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.server().port() + "/v1/export"))
            .POST(BodyPublishers.ofString(ids))
            .build();
    HttpResponse<byte[]> answer = server.client().send(request, BodyHandlers.ofByteArray());
    assertEquals(200, answer.statusCode());
    Map<String, String> files = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(answer.body()))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return files;
  }
}
