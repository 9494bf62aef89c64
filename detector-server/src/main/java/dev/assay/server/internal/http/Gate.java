package dev.assay.server.internal.http;

import dev.assay.server.internal.access.AccessKey;
import dev.assay.server.internal.access.AccessKeys;
import dev.assay.server.internal.access.Origins;
import dev.assay.server.internal.access.RateLimit;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lets requests in: by where they come from, by their key, and by how often it asks. */
final class Gate {

  private static final String BEARER = "Bearer ";

  private final Origins origins;
  private final Optional<AccessKeys> keys;
  private final boolean proxied;
  private final RateLimit rate = new RateLimit(System::nanoTime);

  /**
   * For all.
   *
   * @param keys one of which is needed; empty for none
   * @param proxied whether requests come through a proxy, which says what they asked for
   */
  Gate(Origins origins, Optional<AccessKeys> keys, boolean proxied) {
    this.origins = origins;
    this.keys = keys;
    this.proxied = proxied;
  }

  /**
   * Lets a request in.
   *
   * @param open whether it needs no key
   * @throws ProblemException if it is not let in
   */
  void admit(Context context, boolean open) {
    String origin = context.header("Origin");
    if (!origins.admit(host(context), origin, context.header("Sec-Fetch-Site"))) {
      throw wrongOrigin();
    }
    if (origins.lists(origin)) {
      context.header("Access-Control-Allow-Origin", String.valueOf(origin));
      context.header("Vary", "Origin");
    }
    if (open || keys.isEmpty()) {
      return;
    }
    String cookie = context.cookie(cookieName(context));
    String bearer = bearer(context);
    if (bearer.isEmpty() && cookie != null && origin == null && !isGet(context)) {
      // Browsers say where what changes something comes from.
      throw wrongOrigin();
    }
    AccessKey key =
        keys.get()
            .find(bearer.isEmpty() && cookie != null ? cookie : bearer)
            .orElseThrow(
                () -> {
                  context.header("WWW-Authenticate", "Bearer");
                  return noKey();
                });
    RequestLog.of(context).asked(key);
    int seconds = rate.waitSeconds(key);
    if (seconds > 0) {
      throw Problem.of(429, "too-often", "The key has asked as often as it may within a minute.")
          .after(seconds)
          .thrown();
    }
  }

  /**
   * Lets a request in that tells nothing, by the name alone that the server is called.
   *
   * @throws ProblemException if it is not let in
   */
  void admitHost(Context context) {
    if (!origins.isNamed(host(context))) {
      throw wrongOrigin();
    }
  }

  private @Nullable String host(Context context) {
    String forwarded = proxied ? context.header("X-Forwarded-Host") : null;
    return forwarded == null ? context.header("Host") : forwarded;
  }

  private static boolean isGet(Context context) {
    return context.method().equals(HandlerType.GET) || context.method().equals(HandlerType.HEAD);
  }

  private static ProblemException wrongOrigin() {
    return Problem.of(
            403,
            "wrong-origin",
            "Pages of other sites, and other names of this server, may not ask.")
        .thrown();
  }

  /** That a key is missing, or unknown. */
  static ProblemException noKey() {
    return Problem.of(401, "no-key", "Send a key as 'Authorization: Bearer KEY'; this is none.")
        .thrown();
  }

  /** The cookie that holds a key: cookies do not tell the ports of a machine apart. */
  static String cookieName(Context context) {
    return "assay-" + context.req().getLocalPort();
  }

  /** The key in the header of a request; empty for none. */
  static String bearer(Context context) {
    String header = context.header("Authorization");
    return header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? header.substring(BEARER.length()).strip()
        : "";
  }
}
