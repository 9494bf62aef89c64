package dev.assay.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Damaged files of every kind that there is, and requests that are none. {@code
 * -Dassay.hostile.uploads=10000} sends more.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
@Tag("long")
class HostileUploadsTest {

  private static final int COUNT = Integer.getInteger("assay.hostile.uploads", 150);
  private static final int SENDERS = 4;

  private static List<byte[]> seeds() throws IOException {
    List<byte[]> seeds = new ArrayList<>();
    for (String folder : List.of("../datasets/samples", "../detector-core/src/test/resources")) {
      try (Stream<Path> files = Files.walk(Path.of(folder))) {
        for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
          if (Files.size(file) < 2_000_000) {
            seeds.add(Files.readAllBytes(file));
          }
        }
      }
    }
    seeds.add(zipBomb());
    return seeds;
  }

  private static byte[] zipBomb() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (java.util.zip.ZipOutputStream zip = new java.util.zip.ZipOutputStream(bytes)) {
      zip.putNextEntry(new java.util.zip.ZipEntry("../../big.png"));
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 64; i++) {
        zip.write(zeros);
      }
      zip.closeEntry();
    }
    return bytes.toByteArray();
  }

  private static byte[] mutated(byte[] seed, Random random) {
    byte[] bytes = seed.clone();
    switch (random.nextInt(4)) {
      case 0 -> {
        return java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
      }
      case 1 -> {
        int at = random.nextInt(bytes.length);
        for (int i = at; i < Math.min(bytes.length, at + 64); i++) {
          bytes[i] = (byte) random.nextInt();
        }
      }
      case 2 -> {
        for (int i = 0; i < 1 + random.nextInt(20); i++) {
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
      }
      default -> {
        // As it is, but sent in a broken request.
      }
    }
    return bytes;
  }

  @Test
  void eachHasAnAnswerAndNothingIsLeft() throws Exception {
    List<byte[]> seeds = seeds();
    ServerSettings settings = ServerSettings.defaults().withBounds(64, 64);
    try (StartedServer server = StartedServer.with(settings)) {
      ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
      List<Future<Integer>> answers = new ArrayList<>();
      for (int i = 0; i < COUNT; i++) {
        Random random = new Random(i);
        byte[] seed = seeds.get(random.nextInt(seeds.size()));
        answers.add(
            senders.submit(
                () ->
                    random.nextInt(4) == 0
                        ? broken(server, mutated(seed, random), random)
                        : whole(server, mutated(seed, random), random)));
      }
      TreeMap<Integer, Integer> statuses = new TreeMap<>();
      for (Future<Integer> answer : answers) {
        statuses.merge(answer.get(), 1, Integer::sum);
      }
      senders.shutdown();
      System.out.println("hostile uploads: " + statuses);
      for (int status : statuses.keySet()) {
        assertTrue(status < 500 || status == 503, statuses.toString());
      }
      assertTrue(statuses.getOrDefault(200, 0) > 0, statuses.toString());
      assertEquals(200, server.get("/health/ready").statusCode());
      org.awaitility.Awaitility.await().until(() -> server.server().files() == 0);
    }
  }

  private static int whole(StartedServer server, byte[] body, Random random)
      throws IOException, InterruptedException {
    String path = "/v1/examine?profile=fast";
    HttpResponse<String> response =
        random.nextBoolean()
            ? server.post(path, body)
            : server.form(path, new StartedServer.Part("file", "../../../etc/x\\..\\y", body));
    return response.statusCode();
  }

  /** A request with a wrong length, a broken form, or a body that stops; 0 if it is cut off. */
  private static int broken(StartedServer server, byte[] body, Random random) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.server().port())) {
      socket.setSoTimeout(60_000);
      int declared =
          switch (random.nextInt(3)) {
            case 0 -> body.length + 1000;
            case 1 -> Math.max(0, body.length - 1000);
            default -> body.length;
          };
      String type =
          random.nextBoolean()
              ? "multipart/form-data; boundary=" + "x".repeat(random.nextInt(200))
              : "image/png\u0001";
      OutputStream out = socket.getOutputStream();
      out.write(
          ("POST /v1/examine?profile=fast HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
                  + type
                  + "\r\nContent-Length: "
                  + declared
                  + "\r\nConnection: close\r\n\r\n")
              .getBytes(StandardCharsets.ISO_8859_1));
      out.write(body);
      out.flush();
      socket.shutdownOutput();
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return answer.startsWith("HTTP/1.1 ") ? Integer.parseInt(answer.substring(9, 12)) : 0;
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (IOException e) {
      // Refused while it was still sending: the connection was cut.
      return 0;
    }
  }
}
