package dev.assay.server.internal.jobs;

import dev.assay.internal.resource.PublicAddress;
import dev.assay.server.ServerSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tells hosts that the operator lists of jobs that are done: signed, without following redirects,
 * and at no private address unless that is listed as such. Told at least once, or given up after
 * some attempts. Thread-safe.
 */
public final class Webhooks implements AutoCloseable {

  /** Header that proves who tells, and when. */
  public static final String SIGNATURE = "X-Assay-Signature";

  private static final System.Logger LOG = System.getLogger(Webhooks.class.getName());
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final List<Integer> PAUSES = List.of(0, 1, 10, 60, 600);
  private static final Pattern LITERAL = Pattern.compile("localhost|[0-9.]+|\\[[0-9a-fA-F:.]+]");
  private static final int MIN_SECRET_BYTES = 16;

  private final Set<String> hosts;
  private final byte[] secret;
  private final Clock clock;
  private final HttpClient client;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "assay-webhooks");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * With the hosts and the secret of the settings.
   *
   * @throws IOException if the secret cannot be read, or is too short to be one; the message is a
   *     sentence
   */
  public Webhooks(ServerSettings.Webhooks settings, Clock clock) throws IOException {
    this.hosts = settings.hosts();
    this.secret = Files.readString(settings.secret()).strip().getBytes(StandardCharsets.UTF_8);
    if (secret.length < MIN_SECRET_BYTES) {
      throw new IOException(
          settings.secret() + " holds no secret of at least " + MIN_SECRET_BYTES + " characters.");
    }
    this.clock = clock;
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /** The address, if it may be told anything. */
  public Optional<URI> listed(String address) {
    try {
      URI uri = new URI(address);
      boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
      return web && uri.getRawUserInfo() == null && hosts.contains(uri.getRawAuthority())
          ? Optional.of(uri)
          : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /**
   * Tells an address, later.
   *
   * @param body JSON
   * @param done is run when it was told, or given up
   */
  void tell(URI address, String body, Runnable done) {
    attempt(address, body, done, 0);
  }

  private void attempt(URI address, String body, Runnable done, int number) {
    if (number == PAUSES.size()) {
      LOG.log(System.Logger.Level.WARNING, "a webhook of {0} was given up", address.getHost());
      done.run();
      return;
    }
    var unused =
        timer.schedule(
            () -> {
              if (told(address, body)) {
                done.run();
              } else {
                attempt(address, body, done, number + 1);
              }
            },
            PAUSES.get(number),
            TimeUnit.SECONDS);
  }

  private boolean told(URI address, String body) {
    try {
      if (!isReachable(address.getHost())) {
        return false;
      }
      HttpRequest request =
          HttpRequest.newBuilder(address)
              .timeout(PATIENCE)
              .header("Content-Type", "application/json")
              .header(SIGNATURE, signature(clock.instant().getEpochSecond(), body))
              .POST(BodyPublishers.ofString(body))
              .build();
      HttpResponse<Void> response = client.send(request, BodyHandlers.discarding());
      return response.statusCode() / 100 == 2;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Java keeps what a name stands for some seconds, so that the client asks the same address. */
  private static boolean isReachable(String host) throws IOException {
    if (LITERAL.matcher(host).matches()) {
      return true;
    }
    for (InetAddress each : InetAddress.getAllByName(host)) {
      if (!PublicAddress.is(each)) {
        return false;
      }
    }
    return true;
  }

  /** The time in seconds, and HMAC-SHA-256 of it, a dot and the body by the secret. */
  String signature(long seconds, String body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      byte[] sum = mac.doFinal((seconds + "." + body).getBytes(StandardCharsets.UTF_8));
      return "t=" + seconds + ",v1=" + HexFormat.of().formatHex(sum);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HMAC-SHA-256", e);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
