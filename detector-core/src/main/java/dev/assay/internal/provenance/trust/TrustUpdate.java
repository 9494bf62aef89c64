package dev.assay.internal.provenance.trust;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Fetches the published lists of trusted certificates into the user's cache. The only code that
 * uses a network, and only when a user asks for it.
 *
 * <p>Over HTTPS, without following it elsewhere; where a list does not arrive whole, or holds
 * anything but certificates, all stay as they were.
 */
public final class TrustUpdate {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Map<String, URI> addresses;
  private final Path folder;

  private TrustUpdate(Map<String, URI> addresses, Path folder) {
    this.addresses = addresses;
    this.folder = folder;
  }

  /**
   * An update of all lists, from where they are published.
   *
   * @param folder where they are to lie
   */
  public static TrustUpdate published(Path folder) {
    Map<String, URI> addresses = new LinkedHashMap<>();
    TrustLists.Shipped.read().lists().forEach(list -> addresses.put(list.file(), list.address()));
    return new TrustUpdate(addresses, folder);
  }

  /**
   * An update of the C2PA's two lists, from a copy of the folder in which they are published.
   *
   * @param place the folder that holds the lists, ending with a slash; HTTPS, unless it is this
   *     machine
   * @param folder where they are to lie
   * @throws IOException if the place is neither
   */
  public static TrustUpdate from(URI place, Path folder) throws IOException {
    if (!"https".equals(place.getScheme()) && !local(place)) {
      throw new IOException("Trust lists are fetched over HTTPS only, not from " + place + ".");
    }
    Map<String, URI> addresses = new LinkedHashMap<>();
    for (String name : List.of(TrustLists.SIGNERS, TrustLists.TIME_STAMPS)) {
      addresses.put(name, place.resolve(name));
    }
    return new TrustUpdate(addresses, folder);
  }

  /** By address alone: what a name stands for is for others to say. */
  private static boolean local(URI place) {
    return "http".equals(place.getScheme())
        && ("127.0.0.1".equals(place.getHost()) || "[::1]".equals(place.getHost()));
  }

  /**
   * Fetches the lists.
   *
   * @return how many certificates each list holds, by its name
   * @throws IOException if one cannot be fetched, or holds no certificates; all stay as they were
   */
  public Map<String, Integer> run() throws IOException, InterruptedException {
    Map<String, String> lists = new LinkedHashMap<>();
    Map<String, Integer> counts = new LinkedHashMap<>();
    HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    for (Map.Entry<String, URI> list : addresses.entrySet()) {
      String pem = fetched(client, list.getValue());
      counts.put(list.getKey(), TrustAnchors.parse(pem, list.getValue().toString()).size());
      lists.put(list.getKey(), pem);
    }
    Files.createDirectories(folder);
    for (Map.Entry<String, String> list : lists.entrySet()) {
      Path part = Files.createTempFile(folder, "fetching", null);
      try {
        Files.writeString(part, list.getValue(), StandardCharsets.ISO_8859_1);
        Files.move(part, folder.resolve(list.getKey()), StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(part);
      }
    }
    return counts;
  }

  private static String fetched(HttpClient client, URI address)
      throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(address).timeout(PATIENCE).build();
    HttpResponse<InputStream> response =
        client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      if (response.statusCode() != 200) {
        throw new IOException(address + " answers with status " + response.statusCode() + ".");
      }
      byte[] bytes = body.readNBytes(TrustAnchors.MAX_LIST_BYTES);
      if (body.read() >= 0) {
        throw new IOException(address + " is too large for a list of certificates.");
      }
      return new String(bytes, StandardCharsets.ISO_8859_1);
    }
  }
}
