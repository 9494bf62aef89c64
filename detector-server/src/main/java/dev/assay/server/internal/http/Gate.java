package dev.assay.server.internal.http;

import dev.assay.server.internal.access.AccessKey;
import dev.assay.server.internal.access.AccessKeys;
import dev.assay.server.internal.access.Origins;
import dev.assay.server.internal.access.RateLimit;
import io.javalin.http.Context;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lets requests in: by where they come from, by their key, and by how often it asks. */
final class Gate {

  private static final String BEARER = "Bearer ";

  private final Origins origins;
  private final Optional<AccessKeys> keys;
  private final RateLimit rate = new RateLimit(System::nanoTime);

  Gate(Origins origins, Optional<AccessKeys> keys) {
    this.origins = origins;
    this.keys = keys;
  }

  /**
   * Lets a request in.
   *
   * @param open whether it needs no key
   * @throws ProblemException if it is not let in
   */
  void admit(Context context, boolean open) {
    String origin = context.header("Origin");
    if (!origins.admit(context.header("Host"), origin, context.header("Sec-Fetch-Site"))) {
      throw Problem.of(
              403,
              "wrong-origin",
              "Pages of other sites, and other names of this server, may not ask.")
          .thrown();
    }
    if (origins.lists(origin)) {
      context.header("Access-Control-Allow-Origin", String.valueOf(origin));
      context.header("Vary", "Origin");
    }
    if (open || keys.isEmpty()) {
      return;
    }
    AccessKey key =
        keys.get()
            .find(sent(context.header("Authorization")))
            .orElseThrow(
                () -> {
                  context.header("WWW-Authenticate", "Bearer");
                  return Problem.of(
                          401, "no-key", "Send a key as 'Authorization: Bearer KEY'; this is none.")
                      .thrown();
                });
    RequestLog.of(context).asked(key);
    int seconds = rate.waitSeconds(key);
    if (seconds > 0) {
      throw Problem.of(429, "too-often", "The key has asked as often as it may within a minute.")
          .after(seconds)
          .thrown();
    }
  }

  private static String sent(@Nullable String header) {
    return header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? header.substring(BEARER.length()).strip()
        : "";
  }
}
