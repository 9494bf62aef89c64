package dev.assay.server;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.internal.resource.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What happens when more is asked than can be done. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class OverloadTest {

  private static final ServerSettings SMALL =
      ServerSettings.defaults()
          .withWorkers(1, ServerSettings.defaults().isolation())
          .withBounds(2, 4);

  private static byte[] picture(int number) throws IOException {
    byte[] picture = Files.readAllBytes(Path.of("../datasets/samples/astronaut.png"));
    byte[] other = java.util.Arrays.copyOf(picture, picture.length + 4);
    other[picture.length] = (byte) number;
    return other;
  }

  @Test
  void whatIsTakenIsAnsweredRightlyAndTheRestIsToldWhenToComeAgain() throws Exception {
    try (StartedServer server = StartedServer.with(SMALL)) {
      List<byte[]> pictures = new ArrayList<>();
      for (int i = 0; i < 24; i++) {
        pictures.add(picture(i));
      }
      ExecutorService senders = Executors.newFixedThreadPool(pictures.size());
      List<CompletableFuture<Optional<HttpResponse<String>>>> answers =
          pictures.stream()
              .map(picture -> CompletableFuture.supplyAsync(() -> sent(server, picture), senders))
              .toList();
      int done = 0;
      for (int i = 0; i < pictures.size(); i++) {
        Optional<HttpResponse<String>> came = answers.get(i).join();
        if (came.isEmpty()) {
          continue;
        }
        HttpResponse<String> answer = came.get();
        JsonNode body = StartedServer.json(answer);
        if (answer.statusCode() == 200) {
          assertEquals(
              Sha256.hexadecimal(pictures.get(i)), body.at("/file/sha256").asText(), "its own");
          done++;
        } else {
          assertEquals(429, answer.statusCode(), answer.body());
          assertEquals("busy", body.at("/code").asText());
          assertTrue(answer.headers().firstValueAsLong("Retry-After").orElse(0) > 0);
        }
      }
      senders.shutdown();
      assertTrue(done >= 3, "one worked on, two waited: " + done);
      assertTrue(done < pictures.size(), "not all can be taken");
      assertEquals(0, server.server().files());
    }
  }

  /** The answer; empty where the connection was closed while the body was still on its way. */
  private static Optional<HttpResponse<String>> sent(StartedServer server, byte[] picture) {
    try {
      return Optional.of(server.post("/v1/examine?profile=fast", picture));
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void bodiesThatBreakOffLeaveNothing() throws Exception {
    try (StartedServer server = StartedServer.with(SMALL)) {
      for (int i = 0; i < 6; i++) {
        try (Socket socket = begun(server, 1_000_000)) {
          socket.getOutputStream().write(new byte[70_000]);
          socket.getOutputStream().flush();
          await().until(() -> server.server().files() > 0);
        }
        await().until(() -> server.server().files() == 0);
      }
      assertEquals(200, server.post("/v1/examine?only=metadata", picture(0)).statusCode());
    }
  }

  @Test
  void bodiesThatDoNotArriveKeepOnlyOtherBodiesOut() throws Exception {
    try (StartedServer server = StartedServer.with(SMALL)) {
      List<Socket> slow = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        Socket socket = begun(server, 1000);
        socket.getOutputStream().write(1);
        socket.getOutputStream().flush();
        slow.add(socket);
      }
      await().until(() -> server.server().files() == 4);
      assertEquals(200, server.get("/v1/version").statusCode());
      assertEquals(429, server.post("/v1/examine?only=metadata", picture(0)).statusCode());
      for (Socket socket : slow) {
        socket.close();
      }
      await().until(() -> server.server().files() == 0);
      assertEquals(200, server.post("/v1/examine?only=metadata", picture(0)).statusCode());
    }
  }

  @Test
  void aThousandIdleConnectionsDoNotKeepOthersOut() throws Exception {
    try (StartedServer server = StartedServer.with(SMALL)) {
      List<Socket> idle = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        idle.add(new Socket(InetAddress.getLoopbackAddress(), server.server().port()));
      }
      assertEquals(200, server.post("/v1/examine?only=metadata", picture(0)).statusCode());
      for (Socket socket : idle) {
        socket.close();
      }
    }
  }

  @Test
  void whatIsInFlightIsAnsweredWhenTheServerIsClosed() throws Exception {
    StartedServer server = StartedServer.with(SMALL);
    CompletableFuture<HttpResponse<String>> answer =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return server.post("/v1/examine?profile=fast", picture(1));
              } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    await().until(() -> server.server().files() > 0);
    server.close();
    assertEquals(200, answer.join().statusCode());
  }

  private static Socket begun(StartedServer server, int length) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.server().port());
    OutputStream out = socket.getOutputStream();
    out.write(
        ("POST /v1/examine HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + length + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII));
    out.flush();
    return socket;
  }
}
