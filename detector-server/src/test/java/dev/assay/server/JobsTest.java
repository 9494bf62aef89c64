package dev.assay.server;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files that are examined while nobody waits. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class JobsTest {

  private static final String JOBS = "/v1/jobs";
  private static final String DECLARED = JOBS + "?only=metadata";

  @TempDir private Path folder;

  private ServerSettings settings() {
    return ServerSettings.defaults()
        .withJobs(folder.resolve("jobs"), 50, Duration.ofHours(1))
        .withGrace(Duration.ofSeconds(5));
  }

  private static byte[] picture(int number) throws IOException {
    byte[] picture = Files.readAllBytes(Path.of("../datasets/samples/astronaut.png"));
    byte[] other = Arrays.copyOf(picture, picture.length + 4);
    other[picture.length] = (byte) number;
    return other;
  }

  private static String location(HttpResponse<String> response) {
    assertEquals(202, response.statusCode(), response.body());
    return response.headers().firstValue("Location").orElseThrow();
  }

  private static JsonNode done(StartedServer server, String job, String... headers) {
    await()
        .until(
            () ->
                StartedServer.json(server.get(job, headers))
                    .path("status")
                    .asText()
                    .equals("done"));
    try {
      return StartedServer.json(server.get(job, headers));
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aJobHasItsReportAndKeepsNoMedia() throws Exception {
    try (StartedServer server = StartedServer.with(settings())) {
      JsonNode job = done(server, location(server.post(DECLARED + "&name=a.png", picture(0))));
      assertEquals("a.png", job.at("/report/file/path").asText());
      HttpResponse<String> report = server.get("/v1/jobs/" + job.at("/id").asText() + "/report");
      assertEquals(200, report.statusCode());
      assertEquals(job.at("/report"), StartedServer.json(report));
      assertTrue(job.has("forgotten"));
      try (Stream<Path> files = Files.walk(folder.resolve("jobs"))) {
        assertEquals(0, files.filter(file -> file.endsWith("media")).count());
      }
    }
  }

  @Test
  void aFileWithoutAVerdictHasAReportToo() throws Exception {
    try (StartedServer server = StartedServer.with(settings())) {
      JsonNode job = done(server, location(server.post(JOBS, new byte[100])));
      assertEquals("failed", job.at("/report/status").asText());
    }
  }

  @Test
  void askingTheSameAgainMakesNoOther() throws Exception {
    try (StartedServer server = StartedServer.with(settings())) {
      String[] key = {"Idempotency-Key", "once"};
      String job = location(server.post(DECLARED, picture(0), key));
      assertEquals(job, location(server.post(DECLARED, picture(0), key)));
      done(server, job);
      assertEquals(job, location(server.post(DECLARED, picture(0), key)));
      assertEquals(422, server.post(DECLARED, picture(1), key).statusCode());
      assertEquals(422, server.post(DECLARED + "&prior=0.2", picture(0), key).statusCode());
      assertNotEquals(job, location(server.post(DECLARED, picture(0))));
    }
  }

  @Test
  void aJobCanBeForgotten() throws Exception {
    try (StartedServer server = StartedServer.with(settings())) {
      String job = location(server.post(DECLARED, picture(0)));
      assertEquals(204, server.delete(job).statusCode());
      assertEquals(404, server.get(job).statusCode());
      assertEquals(404, server.delete(job).statusCode());
      assertEquals(404, server.get(JOBS + "/..%2Fother").statusCode());
    }
  }

  @Test
  void eventsTellHowFarItIs() throws Exception {
    try (StartedServer server = StartedServer.with(settings())) {
      String job = location(server.post(JOBS + "?profile=fast", picture(0)));
      String events = server.get(job + "/events").body();
      assertTrue(events.contains("event: running"), events);
      assertTrue(events.contains("event: done"), events);
      assertTrue(events.contains("\"report\":{"), "with the report");
    }
  }

  @Test
  void nobodySeesTheJobsOfAnotherKey() throws Exception {
    AccessKeyLine one = AccessKeyLine.random("one");
    AccessKeyLine two = AccessKeyLine.random("two");
    Path keys = Files.writeString(folder.resolve("keys"), one.line() + "\n" + two.line() + "\n");
    try (StartedServer server = StartedServer.with(settings().withKeys(keys))) {
      String[] first = {"Authorization", "Bearer " + one.key()};
      String[] second = {"Authorization", "Bearer " + two.key()};
      String job = location(server.post(DECLARED, picture(0), first));
      done(server, job, first);
      assertEquals(404, server.get(job, second).statusCode());
      assertEquals(404, server.delete(job, second).statusCode());
      assertEquals(200, server.get(job, first).statusCode());
    }
  }

  @Test
  void noMoreWaitThanMayWait() throws Exception {
    ServerSettings few =
        settings()
            .withWorkers(1, ServerSettings.defaults().isolation())
            .withJobs(folder.resolve("few"), 2, Duration.ofHours(1));
    try (StartedServer server = StartedServer.with(few)) {
      List<Integer> statuses = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        statuses.add(server.post(JOBS + "?profile=fast", picture(i)).statusCode());
      }
      assertTrue(statuses.contains(429), statuses.toString());
      assertTrue(statuses.contains(202), statuses.toString());
    }
  }

  @Test
  void jobsOutliveTheServer() throws Exception {
    List<String> jobs = new ArrayList<>();
    ServerSettings hasty = settings().withGrace(Duration.ZERO);
    try (StartedServer server = StartedServer.with(hasty)) {
      for (int i = 0; i < 5; i++) {
        jobs.add(
            location(server.post(JOBS + "?profile=fast", picture(i), "Idempotency-Key", "k" + i)));
      }
    }
    try (StartedServer server = StartedServer.with(settings())) {
      for (String job : jobs) {
        assertTrue(done(server, job).at("/report/verdict").isObject());
      }
      assertEquals(
          jobs.get(0),
          location(server.post(JOBS + "?profile=fast", picture(0), "Idempotency-Key", "k0")),
          "what it was called is known too");
    }
  }

  @Test
  void aServerThatIsStoppedFinishesNothingForTheNext() throws Exception {
    List<String> jobs = new ArrayList<>();
    for (int round = 0; round < 6; round++) {
      try (StartedServer server = StartedServer.with(settings().withGrace(Duration.ZERO))) {
        for (int i = 0; i < 4; i++) {
          jobs.add(location(server.post(JOBS + "?profile=fast", SamplePictures.png(i))));
        }
        // Stopped while one or the other is examined, or just done.
        Thread.sleep(round == 0 ? 3000 : 40 * round);
      }
    }
    try (StartedServer server = StartedServer.with(settings())) {
      for (String job : jobs) {
        JsonNode report = done(server, job).path("report");
        assertTrue(report.path("verdict").isObject(), report.toString());
      }
    }
  }

  @Test
  void reportsAreForgottenAfterTheirTime() throws Exception {
    String job;
    try (StartedServer server = StartedServer.with(settings())) {
      job = location(server.post(DECLARED, picture(0)));
      done(server, job);
    }
    ServerSettings forgetful = settings().withJobs(folder.resolve("jobs"), 50, Duration.ZERO);
    try (StartedServer server = StartedServer.with(forgetful)) {
      await().until(() -> server.get(job).statusCode() == 404);
      try (Stream<Path> files = Files.list(folder.resolve("jobs/jobs"))) {
        assertEquals(0, files.filter(Files::isDirectory).count());
      }
    }
  }

  @Test
  void whatAnEarlierProcessLeftIsRemoved() throws Exception {
    Path left = Files.createDirectories(folder.resolve("jobs/arriving")).resolve("upload1");
    Files.writeString(left, "of a process that was killed");
    Files.createDirectories(folder.resolve("jobs/jobs/half.part"));
    try (StartedServer server = StartedServer.with(settings())) {
      assertFalse(Files.exists(left));
      assertFalse(Files.exists(folder.resolve("jobs/jobs/half.part")));
      assertEquals(0, server.server().files());
    }
  }

  @Test
  void aJobThatCannotBeReadKeepsNoOtherFromBeingDone() throws Exception {
    Path other = Files.createDirectories(folder.resolve("jobs/jobs/of-another-release"));
    Files.writeString(other.resolve("job.json"), "{\"settings\":\"{\\\"speed\\\":1}\"}");
    Files.createDirectories(folder.resolve("jobs/jobs/empty"));
    try (StartedServer server = StartedServer.with(settings())) {
      done(server, location(server.post(DECLARED, picture(0))));
      assertTrue(Files.exists(other), "left for people to look at");
    }
  }

  @Test
  void onlyItsUserMayReadTheFolder() throws Exception {
    Assumptions.assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"));
    try (StartedServer server = StartedServer.with(settings())) {
      assertEquals(
          "rwx------",
          PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("jobs"))));
      assertEquals(200, server.get("/health/live").statusCode());
    }
  }

  @Test
  void twoServersDoNotShareAFolder() throws Exception {
    try (StartedServer first = StartedServer.with(settings())) {
      IOException refused =
          assertThrows(IOException.class, () -> StartedServer.with(settings()).close());
      assertTrue(refused.getMessage().contains("another server"), refused.getMessage());
      assertEquals(200, first.get("/health/ready").statusCode());
      assertFalse(first.log().isEmpty());
    }
  }
}
