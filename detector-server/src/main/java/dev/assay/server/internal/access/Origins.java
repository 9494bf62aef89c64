package dev.assay.server.internal.access;

import java.net.URI;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps pages of other sites, and names that were made to point here, from a server without keys: a
 * browser sends what a page asks for from whoever runs it.
 *
 * @param loopback whether only names of this machine may be asked for
 * @param allowed origins of other sites that may ask
 */
public record Origins(boolean loopback, Set<String> allowed) {

  private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "[::1]");

  /**
   * Whether a request may be answered.
   *
   * @param host the header {@code Host}
   * @param origin the header {@code Origin}
   * @param site the header {@code Sec-Fetch-Site}
   */
  public boolean admit(@Nullable String host, @Nullable String origin, @Nullable String site) {
    if (!isNamed(host)) {
      return false;
    }
    if (origin != null) {
      return isSame(host, origin) || allowed.contains(origin);
    }
    return !"cross-site".equals(site) && !"same-site".equals(site);
  }

  /** Whether the server may be called so. */
  public boolean isNamed(@Nullable String host) {
    return host != null && (!loopback || HERE.contains(withoutPort(host)));
  }

  /** Whether answers may be read by a page of that origin, another than this server's. */
  public boolean lists(@Nullable String origin) {
    return origin != null && allowed.contains(origin);
  }

  private static boolean isSame(@Nullable String host, String origin) {
    try {
      return Objects.equals(host, URI.create(origin).getRawAuthority());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
  }
}
