package dev.assay.cli;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that is killed while it has jobs. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
@Tag("long")
class ServeCrashTest {

  private static final int JOBS = 200;
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient client = HttpClient.newHttpClient();

  @TempDir private Path folder;

  private record Running(Process process, String address) {}

  private Running started() throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.assay.cli.Main",
                "serve",
                "--port",
                "0",
                "--data",
                folder.resolve("jobs").toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    BufferedReader err =
        new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
    String line = err.readLine();
    assertTrue(line != null && line.startsWith("Listening on "), line);
    return new Running(process, line.split(" ", -1)[2]);
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return client.send(request, BodyHandlers.ofString());
  }

  private JsonNode job(Running server, String location) {
    try {
      HttpResponse<String> response =
          send(HttpRequest.newBuilder(URI.create(server.address() + location)).build());
      assertEquals(200, response.statusCode(), response.body());
      return JSON.readTree(response.body());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void everyJobThatWasTakenHasItsReportAfterwards() throws Exception {
    byte[] picture = Files.readAllBytes(Path.of("../datasets/samples/astronaut.png"));
    Map<String, String> jobs = new LinkedHashMap<>();
    Running server = started();
    for (int i = 0; i < JOBS; i++) {
      byte[] other = Arrays.copyOf(picture, picture.length + 4);
      other[picture.length] = (byte) i;
      HttpResponse<String> response =
          send(
              HttpRequest.newBuilder(
                      URI.create(
                          server.address() + "/v1/jobs?only=metadata,forensics&name=" + i + ".png"))
                  .header("Idempotency-Key", "job-" + i)
                  .POST(BodyPublishers.ofByteArray(other))
                  .build());
      assertEquals(202, response.statusCode(), response.body());
      jobs.put(response.headers().firstValue("Location").orElseThrow(), i + ".png");
    }
    long done = jobs.keySet().stream().filter(l -> "done".equals(status(job(server, l)))).count();
    server.process().destroyForcibly().waitFor();
    assertTrue(done < JOBS, "killed too late to matter: " + done);
    Running next = started();
    try {
      for (Map.Entry<String, String> each : jobs.entrySet()) {
        await()
            .atMost(200, TimeUnit.SECONDS)
            .until(() -> "done".equals(status(job(next, each.getKey()))));
        assertEquals(each.getValue(), job(next, each.getKey()).at("/report/file/path").asText());
      }
      try (Stream<Path> folders = Files.list(folder.resolve("jobs/jobs"))) {
        assertEquals(JOBS, folders.filter(Files::isDirectory).count(), "none twice");
      }
    } finally {
      next.process().destroy();
      next.process().waitFor();
    }
  }

  private static String status(JsonNode job) {
    return job.path("status").asText();
  }
}
