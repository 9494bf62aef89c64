package dev.assay.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;

/** A server on a free port, and what is asked of it. */
record StartedServer(AssayServer server, ByteArrayOutputStream logged, HttpClient client)
    implements AutoCloseable {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String BOUNDARY = "x-boundary-x";

  /** A part of a form; one without a file's name is a field. */
  static final class Part {
    private final String name;
    private final String file;
    private final byte[] content;

    Part(String name, String file, byte[] content) {
      this.name = name;
      this.file = file;
      this.content = content;
    }
  }

  static StartedServer with(ServerSettings settings) throws IOException {
    ByteArrayOutputStream logged = new ByteArrayOutputStream();
    PrintStream log = new PrintStream(logged, true, StandardCharsets.UTF_8);
    ServerSettings alone =
        settings.data().equals(ServerSettings.defaults().data())
            ? settings.withJobs(
                Files.createTempDirectory("assay-jobs"), settings.jobs(), settings.keep())
            : settings;
    return new StartedServer(
        AssayServer.start(alone.at(alone.host(), 0), log), logged, HttpClient.newHttpClient());
  }

  static JsonNode json(HttpResponse<String> response) throws IOException {
    return JSON.readTree(response.body());
  }

  String log() {
    return logged.toString(StandardCharsets.UTF_8);
  }

  HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    return send(request(path, headers).GET().build());
  }

  HttpResponse<String> delete(String path, String... headers)
      throws IOException, InterruptedException {
    return send(request(path, headers).DELETE().build());
  }

  HttpResponse<String> post(String path, byte[] body, String... headers)
      throws IOException, InterruptedException {
    return send(request(path, headers).POST(HttpRequest.BodyPublishers.ofByteArray(body)).build());
  }

  HttpResponse<String> form(String path, Part... parts) throws IOException, InterruptedException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (Part part : parts) {
      String file = part.file.isEmpty() ? "" : "; filename=\"" + part.file + "\"";
      body.write(
          ("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + part.name + "\"")
              .getBytes(StandardCharsets.UTF_8));
      body.write((file + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
      body.write(part.content);
      body.write("\r\n".getBytes(StandardCharsets.UTF_8));
    }
    body.write(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
    return post(
        path, body.toByteArray(), "Content-Type", "multipart/form-data; boundary=" + BOUNDARY);
  }

  private HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return request;
  }

  HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() {
    server.close();
  }
}
