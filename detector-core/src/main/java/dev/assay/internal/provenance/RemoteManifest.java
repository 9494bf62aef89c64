package dev.assay.internal.provenance;

import dev.assay.Sentence;
import dev.assay.internal.resource.PublicAddress;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Fetches a manifest store from where a file says that it lies (C2PA 2.2, 15.5.3), for users who
 * ask for it. The address is a stranger's: it is asked over HTTPS alone, at the usual port, never
 * at a private address, and followed to no other host. Thread-safe.
 */
final class RemoteManifest {

  /** Largest store that is fetched, in bytes. */
  static final int MAX_BYTES = 20 << 20;

  /** Longest that one fetch may take. */
  static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final int MAX_REDIRECTS = 3;
  private static final int HTTPS_PORT = 443;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  private final boolean local;
  private final HttpClient client;

  /** Of the world. */
  RemoteManifest() {
    this(false);
  }

  /**
   * A fetcher.
   *
   * @param local for tests: whether this machine alone is asked, without encryption
   */
  RemoteManifest(boolean local) {
    this.local = local;
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(HttpClient.Builder.NO_PROXY)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
  }

  /** A manifest was not fetched. */
  static final class Refusal extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient Sentence reason;

    Refusal(Sentence reason) {
      super(reason.text());
      this.reason = reason;
    }

    Refusal(String reason) {
      this(Sentence.of(reason));
    }

    /** A clause without a full stop. */
    Sentence reason() {
      return reason;
    }
  }

  /**
   * Fetches a store.
   *
   * @param address as the file has it
   * @throws Refusal if it may not be asked, does not answer, or answers with too much
   */
  byte[] fetch(String address) throws Refusal {
    CompletableFuture<byte[]> fetched = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                fetched.complete(answer(checked(address)));
              } catch (Refusal | RuntimeException e) {
                fetched.completeExceptionally(e);
              }
            },
            "assay-manifest");
    thread.setDaemon(true);
    thread.start();
    try {
      return fetched.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      thread.interrupt();
      throw new Refusal("it takes too long");
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
      throw new Refusal("the examination was interrupted");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Refusal refusal) {
        throw refusal;
      }
      throw new Refusal("the address does not answer");
    }
  }

  private URI checked(String address) throws Refusal {
    URI uri;
    try {
      uri = new URI(address);
    } catch (URISyntaxException e) {
      throw new Refusal("the address is not valid");
    }
    boolean secure = "https".equalsIgnoreCase(uri.getScheme());
    boolean usual = uri.getPort() == -1 || uri.getPort() == HTTPS_PORT;
    if (uri.getHost() == null || uri.getUserInfo() != null || (!local && !(secure && usual))) {
      throw new Refusal("only addresses of HTTPS, at the usual port, are asked");
    }
    reachable(uri.getHost());
    return uri;
  }

  /**
   * Java keeps what a name stands for (half a minute, unless {@code networkaddress.cache.ttl} says
   * otherwise), so that the client asks the address that was looked at.
   */
  private void reachable(String host) throws Refusal {
    try {
      for (InetAddress each : InetAddress.getAllByName(host)) {
        if (local ? !each.isLoopbackAddress() : !PublicAddress.is(each)) {
          throw new Refusal("the address is a private one");
        }
      }
    } catch (UnknownHostException e) {
      throw new Refusal("the host is not known");
    }
  }

  private byte[] answer(URI first) throws Refusal {
    URI uri = first;
    for (int i = 0; i <= MAX_REDIRECTS; i++) {
      HttpRequest request = HttpRequest.newBuilder(uri).timeout(PATIENCE).build();
      try {
        HttpResponse<InputStream> response =
            client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
          Optional<String> location = response.headers().firstValue("Location");
          if (REDIRECTS.contains(response.statusCode()) && location.isPresent()) {
            uri = redirected(uri, location.get());
            continue;
          }
          return content(response.statusCode(), body);
        }
      } catch (Refusal e) {
        throw e;
      } catch (IOException e) {
        throw new Refusal("the address does not answer");
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new Refusal("the examination was interrupted");
      }
    }
    throw new Refusal("the address leads on and on");
  }

  private URI redirected(URI from, String location) throws Refusal {
    URI to;
    try {
      to = from.resolve(new URI(location));
    } catch (URISyntaxException | IllegalArgumentException e) {
      throw new Refusal("the address is not valid");
    }
    boolean same =
        String.valueOf(from.getHost()).equalsIgnoreCase(String.valueOf(to.getHost()))
            && from.getPort() == to.getPort();
    if (!same) {
      throw new Refusal("the address leads to another host");
    }
    return checked(to.toString());
  }

  private static byte[] content(int status, InputStream body) throws IOException, Refusal {
    if (status != 200) {
      throw new Refusal(Sentence.of("the address answers with status {0}", status));
    }
    byte[] bytes = body.readNBytes(MAX_BYTES);
    if (body.read() >= 0) {
      throw new Refusal("what lies there is too large");
    }
    return bytes;
  }
}
