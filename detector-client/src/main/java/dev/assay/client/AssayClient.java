package dev.assay.client;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks a server of Assay. Files are streamed; answers are the reports as JSON, by {@code
 * report.schema.json}.
 *
 * <pre>{@code
 * AssayClient client = AssayClient.at(URI.create("http://127.0.0.1:8087"));
 * String report = client.examine(Path.of("photo.jpg"), Map.of("profile", "fast"));
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 */
public final class AssayClient {

  private static final Duration PAUSE = Duration.ofMillis(500);

  private final URI server;
  private final HttpClient http;
  private final Duration time;
  private final @Nullable String key;

  private AssayClient(URI server, HttpClient http, Duration time, @Nullable String key) {
    this.server = server;
    this.http = http;
    this.time = time;
    this.key = key;
  }

  /**
   * A client without a key, which waits five minutes for an answer.
   *
   * @param server its address, {@code http://127.0.0.1:8087} for example
   */
  public static AssayClient at(URI server) {
    return new AssayClient(server, HttpClient.newHttpClient(), Duration.ofMinutes(5), null);
  }

  /** The same with an access key. */
  public AssayClient withKey(String value) {
    return new AssayClient(server, http, time, value);
  }

  /** The same with another time for an answer. */
  public AssayClient withTime(Duration value) {
    return new AssayClient(server, http, value, key);
  }

  /** The same with a client of the caller's: for proxies, certificates or its threads. */
  public AssayClient withHttp(HttpClient value) {
    return new AssayClient(server, value, time, key);
  }

  /**
   * Examines a file.
   *
   * @param settings of the examination, {@code profile} and {@code only} for example; may be empty
   * @return the report
   * @throws AssayProblem if the server has none, also of a file that cannot be examined
   * @throws IOException if the file cannot be read, or the server not be reached
   */
  public String examine(Path file, Map<String, String> settings)
      throws AssayProblem, IOException, InterruptedException {
    return sent(upload("/v1/examine", file, settings).build()).body();
  }

  /**
   * Sends a file to be examined later.
   *
   * @param settings as of {@link #examine}
   * @param idempotencyKey the caller's name of this request: sending it again makes no other job
   * @return the address of the job
   * @throws AssayProblem if the server does not take it
   * @throws IOException as {@link #examine}
   */
  public URI submit(Path file, Map<String, String> settings, String idempotencyKey)
      throws AssayProblem, IOException, InterruptedException {
    HttpResponse<String> response =
        sent(upload("/v1/jobs", file, settings).header("Idempotency-Key", idempotencyKey).build());
    return server.resolve(
        response
            .headers()
            .firstValue("Location")
            .orElseThrow(() -> new IOException("the server named no job")));
  }

  /**
   * The report of a job, once it is there.
   *
   * @throws AssayProblem if there is no such job, or not any more
   */
  public Optional<String> report(URI job) throws AssayProblem, IOException, InterruptedException {
    HttpResponse<String> response = sent(request(URI.create(job + "/report")).GET().build());
    return response.statusCode() == 200 ? Optional.of(response.body()) : Optional.empty();
  }

  /**
   * Waits for the report of a job, and asks twice a second.
   *
   * @return empty if it is not there in time
   * @throws AssayProblem as {@link #report}
   */
  public Optional<String> await(URI job, Duration most)
      throws AssayProblem, IOException, InterruptedException {
    long until = System.nanoTime() + most.toNanos();
    Optional<String> report = report(job);
    while (report.isEmpty() && System.nanoTime() - until < 0) {
      Thread.sleep(PAUSE.toMillis());
      report = report(job);
    }
    return report;
  }

  /**
   * Forgets a job, its media and its report.
   *
   * @throws AssayProblem as {@link #report}
   */
  public void forget(URI job) throws AssayProblem, IOException, InterruptedException {
    sent(request(job).DELETE().build());
  }

  private HttpRequest.Builder upload(String path, Path file, Map<String, String> settings)
      throws IOException {
    StringBuilder query =
        new StringBuilder("?name=").append(encoded(String.valueOf(file.getFileName())));
    settings.forEach(
        (name, value) ->
            query.append('&').append(encoded(name)).append('=').append(encoded(value)));
    return request(server.resolve(path + query))
        .header("Content-Type", "application/octet-stream")
        .POST(BodyPublishers.ofFile(file));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private HttpRequest.Builder request(URI address) {
    HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(time);
    return key == null ? request : request.header("Authorization", "Bearer " + key);
  }

  private HttpResponse<String> sent(HttpRequest request)
      throws AssayProblem, IOException, InterruptedException {
    HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
    if (response.statusCode() >= 300) {
      throw AssayProblem.of(
          response.statusCode(),
          response.body(),
          response.headers().firstValueAsLong("Retry-After").orElse(0));
    }
    return response;
  }
}
