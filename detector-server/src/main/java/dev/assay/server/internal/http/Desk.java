package dev.assay.server.internal.http;

import dev.assay.server.internal.access.Access;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The page by which people use the server: files that hold no secret, and a session, which is an
 * access key in a cookie that scripts cannot read. What it shows it asks for as programs do.
 */
final class Desk {

  /** Address of the page. */
  static final String PATH = "/desk/";

  private static final String SESSION = "/desk/session";
  private static final String FOLDER = "/dev/assay/server/";
  private static final String STYLE_OF_PAGES = "/dev/assay/internal/html/page.css";

  /** The page runs its own scripts, and asks this server alone. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private static final List<String> OWN =
      List.of(
          "desk.css",
          "desk.js",
          "drop.js",
          "en.json",
          "rows.js",
          "sending.js",
          "server.js",
          "zh.json");

  /** What a cookie may hold without being quoted. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._~+/=-]{1,256}");

  private final Access access;

  Desk(Access access) {
    this.access = access;
  }

  /** Whether a request begins or ends a session: it brings its key itself. */
  static boolean isSession(Context context) {
    return context.path().equals(SESSION);
  }

  /** Its files. */
  static StaticFiles files() {
    StaticFiles files = new StaticFiles(POLICY);
    files.add(PATH, FOLDER + "desk/desk.html");
    files.add(PATH + "page.css", STYLE_OF_PAGES);
    files.add(PATH + "icon.svg", FOLDER + "icon.svg");
    OWN.forEach(name -> files.add(PATH + name, FOLDER + "desk/" + name));
    return files;
  }

  /** Adds the addresses by which sessions begin and end. */
  void addTo(RoutesConfig routes) {
    routes.post(SESSION, this::begin);
    routes.delete(SESSION, Desk::end);
  }

  /** Puts the key that a request brings into a cookie. */
  private void begin(Context context) {
    String key = access.meant(Gate.bearer(context)).orElseThrow(Gate::noKey);
    if (!PLAIN.matcher(key).matches()) {
      throw Problem.of(400, "invalid-header", "This key holds what no cookie can hold.").thrown();
    }
    cookie(context, key, "");
    context.status(204);
  }

  private static void end(Context context) {
    cookie(context, "", "; Max-Age=0");
    context.status(204);
  }

  private static void cookie(Context context, String value, String more) {
    String secure = context.req().isSecure() ? "; Secure" : "";
    context.header(
        "Set-Cookie",
        Gate.cookieName(context)
            + "="
            + value
            + "; Path=/; HttpOnly; SameSite=Strict"
            + secure
            + more);
  }
}
