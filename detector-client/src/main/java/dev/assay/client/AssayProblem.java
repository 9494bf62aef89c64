package dev.assay.client;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The server has no answer, and says why by RFC 9457. */
public final class AssayProblem extends Exception {

  private static final long serialVersionUID = 1L;

  private static final Pattern CODE = Pattern.compile("\"code\":\"([a-z0-9-]+)\"");
  private static final Pattern DETAIL = Pattern.compile("\"detail\":\"((?:[^\"\\\\]|\\\\.)*)\"");

  private final int status;
  private final String code;
  private final String json;
  private final Duration retryAfter;

  private AssayProblem(int status, String code, String detail, String json, Duration retryAfter) {
    super(detail);
    this.status = status;
    this.code = code;
    this.json = json;
    this.retryAfter = retryAfter;
  }

  static AssayProblem of(int status, String body, long retryAfterSeconds) {
    Matcher code = CODE.matcher(body);
    Matcher detail = DETAIL.matcher(body);
    return new AssayProblem(
        status,
        code.find() ? code.group(1) : "",
        detail.find() ? plain(detail.group(1)) : "The server answered with status " + status + ".",
        body,
        Duration.ofSeconds(retryAfterSeconds));
  }

  /** The text of a string of JSON, but for characters by their number. */
  private static String plain(String json) {
    return json.replace("\\\"", "\"").replace("\\n", "\n").replace("\\\\", "\\");
  }

  /** Status of HTTP. */
  public int status() {
    return status;
  }

  /** What is the matter, {@code corrupt} for example; empty where the server did not say. */
  public String code() {
    return code;
  }

  /**
   * The whole problem, as JSON; of a file that could not be examined its report is the member
   * {@code report}.
   */
  public String json() {
    return json;
  }

  /** After how long asking again is worth it; zero where that is not said. */
  public Duration retryAfter() {
    return retryAfter;
  }
}
