package dev.assay.server.internal.http;

import dev.assay.server.internal.access.AccessKey;
import dev.assay.server.internal.access.KeyLimits;
import io.javalin.http.Context;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** What is kept of a request while it is answered, for its log line. */
final class RequestLog {

  /** Header by which every answer names its request. */
  static final String ID = "X-Request-Id";

  private static final String ATTRIBUTE = "assay.request";

  private final String id = UUID.randomUUID().toString();
  private final long begun = System.nanoTime();
  private Optional<AccessKey> key = Optional.empty();
  private OptionalLong bytes = OptionalLong.empty();
  private String name = "";

  /** Begins one. */
  static RequestLog begin(Context context) {
    RequestLog log = new RequestLog();
    context.attribute(ATTRIBUTE, log);
    context.header(ID, log.id);
    return log;
  }

  /** That of a request. */
  static RequestLog of(Context context) {
    RequestLog log = context.attribute(ATTRIBUTE);
    return log == null ? begin(context) : log;
  }

  void asked(AccessKey by) {
    key = Optional.of(by);
  }

  void received(long size, String called) {
    bytes = OptionalLong.of(size);
    name = called;
  }

  /** What its key may ask for. */
  KeyLimits limits() {
    return key.map(AccessKey::limits).orElseGet(KeyLimits::none);
  }

  String id() {
    return id;
  }

  String keyName() {
    return key.map(AccessKey::name).orElse("");
  }

  OptionalLong bytes() {
    return bytes;
  }

  String name() {
    return name;
  }

  long nanoseconds() {
    return System.nanoTime() - begun;
  }
}
