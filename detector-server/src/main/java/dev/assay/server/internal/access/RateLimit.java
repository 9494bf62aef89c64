package dev.assay.server.internal.access;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How many requests each key makes within a minute: a bucket for each that fills up evenly.
 * Thread-safe.
 */
public final class RateLimit {

  private static final double MINUTE = 60e9;

  private static final class Bucket {
    double tokens;
    long filled;
  }

  private final Map<String, Bucket> buckets = new HashMap<>();
  private final LongSupplier nanoseconds;

  /**
   * With every bucket full.
   *
   * @param nanoseconds a clock that only goes forward
   */
  public RateLimit(LongSupplier nanoseconds) {
    this.nanoseconds = nanoseconds;
  }

  /**
   * Counts a request.
   *
   * @return seconds after which another is allowed; 0 if this one is
   */
  public synchronized int waitSeconds(AccessKey key) {
    if (key.limits().perMinute().isEmpty()) {
      return 0;
    }
    double most = key.limits().perMinute().getAsLong();
    long now = nanoseconds.getAsLong();
    Bucket bucket = buckets.computeIfAbsent(key.name(), name -> full(most, now));
    bucket.tokens = Math.min(most, bucket.tokens + (now - bucket.filled) / MINUTE * most);
    bucket.filled = now;
    if (bucket.tokens >= 1) {
      bucket.tokens--;
      return 0;
    }
    return most == 0 ? 60 : (int) Math.ceil((1 - bucket.tokens) / most * 60);
  }

  private static Bucket full(double most, long now) {
    Bucket bucket = new Bucket();
    bucket.tokens = most;
    bucket.filled = now;
    return bucket;
  }
}
