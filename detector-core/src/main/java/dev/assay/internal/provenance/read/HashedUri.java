package dev.assay.internal.provenance.read;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * A reference within the store with the hash of what it points to: C2PA 2.2, 8.4.2.
 *
 * @param url as written
 * @param algorithm name of the hash; empty where that of what encloses it holds
 * @param hash of the box pointed to
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares references.
public record HashedUri(String url, String algorithm, byte[] hash) {

  private static final String SELF = "self#jumbf=";
  private static final String STORE = "/c2pa/";

  /** Reads one; empty where a field is missing or of another type. */
  public static Optional<HashedUri> of(JsonNode node) {
    String url = node.path("url").asText();
    return url.isEmpty()
        ? Optional.empty()
        : Cbor.bytes(node.path("hash"))
            .map(hash -> new HashedUri(url, node.path("alg").asText(), hash));
  }

  /** The manifest that it names; empty where it means its own. */
  public Optional<String> manifest() {
    return manifest(url);
  }

  /** The manifest that a URI names; empty where it means its own. */
  public static Optional<String> manifest(String url) {
    String path = path(url);
    if (!path.startsWith(STORE)) {
      return Optional.empty();
    }
    String rest = path.substring(STORE.length());
    int slash = rest.indexOf('/');
    return Optional.of(slash < 0 ? rest : rest.substring(0, slash));
  }

  /** What follows the name of the manifest: labels with slashes between them. */
  public String within() {
    return within(url);
  }

  /** What follows the name of the manifest in a URI. */
  public static String within(String url) {
    String path = path(url);
    if (!path.startsWith(STORE)) {
      return path.startsWith("/") ? path.substring(1) : path;
    }
    String rest = path.substring(STORE.length());
    int slash = rest.indexOf('/');
    return slash < 0 ? "" : rest.substring(slash + 1);
  }

  private static String path(String url) {
    String path = url.startsWith(SELF) ? url.substring(SELF.length()) : url;
    // Old writers leave the first slash out.
    return path.startsWith(STORE.substring(1)) ? "/" + path : path;
  }
}
