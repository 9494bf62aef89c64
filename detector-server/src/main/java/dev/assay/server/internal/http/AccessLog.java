package dev.assay.server.internal.http;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.io.PrintStream;
import java.time.Clock;

/**
 * One line of JSON for each request. Nothing that came out of a file stands in it, and the name of
 * a file only where the operator asks for it.
 */
final class AccessLog {

  private static final JsonMapper JSON = new JsonMapper();
  private static final double NANOSECONDS_PER_MILLISECOND = 1e6;

  private final PrintStream out;
  private final boolean names;
  private final Clock clock;

  AccessLog(PrintStream out, boolean names, Clock clock) {
    this.out = out;
    this.names = names;
    this.clock = clock;
  }

  void write(Context context, String route, RequestLog request) {
    ObjectNode line = JSON.createObjectNode();
    line.put("time", clock.instant().toString());
    line.put("id", request.id());
    line.put("remote", context.ip());
    if (!request.keyName().isEmpty()) {
      line.put("key", request.keyName());
    }
    line.put("method", context.method().name());
    line.put("route", route);
    line.put("status", context.statusCode());
    request.bytes().ifPresent(bytes -> line.put("bytes", bytes));
    line.put(
        "milliseconds",
        Math.round(request.nanoseconds() / NANOSECONDS_PER_MILLISECOND * 10) / 10.0);
    String cache = context.res().getHeader(ExamineHandler.CACHE);
    if (cache != null) {
      line.put("cache", cache);
    }
    if (names && !request.name().isEmpty()) {
      line.put("name", request.name());
    }
    out.println(line);
  }
}
